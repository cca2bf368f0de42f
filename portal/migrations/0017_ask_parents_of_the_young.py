"""Ask parents of the young."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account") as batch_op:
        batch_op.add_column(sa.Column("born_in", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("guardian_email", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("guardian_agreed_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("account") as batch_op:
        batch_op.drop_column("guardian_agreed_at")
        batch_op.drop_column("guardian_email")
        batch_op.drop_column("born_in")
