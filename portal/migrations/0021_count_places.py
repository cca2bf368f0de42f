"""Let listings count their places."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("listing") as batch_op:
        batch_op.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("filled", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("listing") as batch_op:
        batch_op.alter_column("filled", server_default=None)
    op.execute("UPDATE listing SET capacity = (SELECT places FROM listing_internship d WHERE d.listing_id = listing.id)")


def downgrade() -> None:
    with op.batch_alter_table("listing") as batch_op:
        batch_op.drop_column("filled")
        batch_op.drop_column("capacity")
