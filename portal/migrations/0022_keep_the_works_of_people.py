"""Keep the works of people."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("profile") as batch_op:
        batch_op.add_column(sa.Column("outputs", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("profile") as batch_op:
        batch_op.alter_column("outputs", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("profile") as batch_op:
        batch_op.drop_column("outputs")
