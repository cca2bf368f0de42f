"""Announce things."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("tone", sa.Enum("bad", "turn", "info", name="tone", native_enum=False, length=32), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "everybody", "signed_in", "student", "professor", "company", "officer",
                name="audience", native_enum=False, length=32,
            ),
            nullable=False,
        ),
        sa.Column("link_label", sa.String(length=60), nullable=False),
        sa.Column("link_href", sa.String(length=500), nullable=False),
        sa.Column("dismissible", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("coming", "running", "ended", "taken_back", name="announcementstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_announcement_ends_after_start")),
        sa.CheckConstraint("(link_label = '') = (link_href = '')", name=op.f("ck_announcement_link_is_whole")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_announcement_made_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )  # fmt: skip
    op.create_index(op.f("ix_announcement_made_by_id"), "announcement", ["made_by_id"])
    op.create_table(
        "announcement_dismissal",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_dismissal_announcement_id_announcement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_announcement_dismissal_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("announcement_id", "account_id", name=op.f("pk_announcement_dismissal")),
    )
    op.create_index(op.f("ix_announcement_dismissal_account_id"), "announcement_dismissal", ["account_id"])


def downgrade() -> None:
    op.drop_table("announcement_dismissal")
    op.drop_table("announcement")
