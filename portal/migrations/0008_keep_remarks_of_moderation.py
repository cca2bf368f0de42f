"""Keep what moderation remarks on parts of a listing."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("listing") as batch_op:
        batch_op.add_column(sa.Column("remarks", sa.JSON(), server_default="{}", nullable=False))
    with op.batch_alter_table("listing") as batch_op:
        batch_op.alter_column("remarks", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("listing") as batch_op:
        batch_op.drop_column("remarks")
