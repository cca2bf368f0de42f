"""Keep of which dates somebody was reminded, and when whose dates are looked at next."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None
_OF = ["source", "thing_id", "due_at"]


def upgrade() -> None:
    op.create_table(
        "desk_look",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_desk_look_account_id_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name="pk_desk_look"),
    )
    op.create_index("ix_desk_look_next_at", "desk_look", ["next_at"])
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_reminder_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
    )
    for name, columns, those in (
        ("uq_reminder_person", ["account_id", *_OF, "step"], "account_id IS NOT NULL"),
        ("uq_reminder_office", _OF, "account_id IS NULL"),
    ):
        where = sa.text(those)
        op.create_index(name, "reminder", columns, unique=True, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_table("reminder")
    op.drop_table("desk_look")
