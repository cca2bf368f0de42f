"""Let accounts change their address."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account_ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("new_address", sa.String(length=255), server_default="", nullable=False))
    with op.batch_alter_table("account_ticket", schema=None) as batch_op:
        batch_op.alter_column("new_address", server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM account_ticket WHERE new_address <> ''")
    with op.batch_alter_table("account_ticket", schema=None) as batch_op:
        batch_op.drop_column("new_address")
