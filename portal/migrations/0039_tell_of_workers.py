"""Tell of workers."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "timed_run",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("ran_at", sa.DateTime(), nullable=True),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(), nullable=True),
        sa.Column("error", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_timed_run")),
    )
    with op.batch_alter_table("cursor") as batch_op:
        batch_op.add_column(sa.Column("moved_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("dead_letter") as batch_op:
        batch_op.add_column(sa.Column("note", sa.String(length=2000), server_default="", nullable=False))
    with op.batch_alter_table("dead_letter") as batch_op:
        batch_op.alter_column("note", server_default=None)
    unsolved = sa.text("solved_at IS NULL")
    op.create_index("ix_dead_letter_open", "dead_letter", ["id"], sqlite_where=unsolved, postgresql_where=unsolved)


def downgrade() -> None:
    op.drop_index("ix_dead_letter_open", "dead_letter")
    with op.batch_alter_table("dead_letter") as batch_op:
        batch_op.drop_column("note")
    with op.batch_alter_table("cursor") as batch_op:
        batch_op.drop_column("moved_at")
    op.drop_table("timed_run")
