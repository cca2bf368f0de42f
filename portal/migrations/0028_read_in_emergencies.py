"""Let administrators read in an emergency."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "emergency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("ends_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("asked", "open", "ended", "declined", name="emergencystate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name=op.f("ck_emergency_decided_iff_dated")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_emergency_asked_by_id_account")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_emergency_decided_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency")),
    )
    open_ones = sa.text("state IN ('asked', 'open')")
    op.create_index(
        "uq_emergency_open",
        "emergency",
        ["subject_type", "subject_id", "asked_by_id"],
        unique=True,
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )
    op.create_table(
        "emergency_party",
        sa.Column("emergency_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["emergency_id"], ["emergency.id"], name=op.f("fk_emergency_party_emergency_id_emergency"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_emergency_party_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("emergency_id", "account_id", name=op.f("pk_emergency_party")),
    )
    op.create_index(op.f("ix_emergency_party_account_id"), "emergency_party", ["account_id"])


def downgrade() -> None:
    op.drop_table("emergency_party")
    op.drop_table("emergency")
