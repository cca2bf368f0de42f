"""Announce listings before they open."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("listing") as batch_op:
        batch_op.add_column(sa.Column("announces", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("announced_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("listing") as batch_op:
        batch_op.alter_column("announces", server_default=None)


def downgrade() -> None:
    op.execute("UPDATE listing SET state = 'scheduled' WHERE state = 'announced'")
    with op.batch_alter_table("listing") as batch_op:
        batch_op.drop_column("announced_at")
        batch_op.drop_column("announces")
