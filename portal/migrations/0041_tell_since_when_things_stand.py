"""Tell since when interests, proposals and collaborations are in their states."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None
_BEGUN = {"interest": "created_at", "proposal": "created_at", "collaboration": "opened_at"}


def upgrade() -> None:
    for table, begun in _BEGUN.items():
        op.add_column(table, sa.Column("moved_at", sa.DateTime(), nullable=True))
        last = f"SELECT max(at) FROM event WHERE subject_type = '{table}' AND subject_id = {table}.id"  # noqa: S608 - names of ours
        op.execute(f"UPDATE {table} SET moved_at = coalesce(({last}), {begun})")  # noqa: S608 - names of ours


def downgrade() -> None:
    for table in _BEGUN:
        op.drop_column(table, "moved_at")
