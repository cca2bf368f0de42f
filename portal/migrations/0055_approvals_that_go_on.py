"""Let approvals say which earlier version they were given for, and what of it changed."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("approval") as batch_op:
        batch_op.add_column(sa.Column("given_for", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("touched", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("approval") as batch_op:
        batch_op.alter_column("touched", existing_type=sa.JSON(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("approval") as batch_op:
        batch_op.drop_column("touched")
        batch_op.drop_column("given_for")
