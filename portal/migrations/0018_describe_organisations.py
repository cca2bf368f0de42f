"""Describe organisations: further names, units, and what was checked."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_LISTS = ("names", "units", "checks")


def upgrade() -> None:
    with op.batch_alter_table("organisation") as batch_op:
        for name in _LISTS:
            batch_op.add_column(sa.Column(name, sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("other_keys", sa.String(length=2200), server_default="", nullable=False))
    with op.batch_alter_table("organisation") as batch_op:
        for name in (*_LISTS, "other_keys"):
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("organisation") as batch_op:
        for name in (*_LISTS, "other_keys"):
            batch_op.drop_column(name)
