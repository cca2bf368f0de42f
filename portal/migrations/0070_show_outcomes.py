"""Show outcomes to everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outcome") as batch_op:
        batch_op.add_column(sa.Column("host_shown_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("partner_shown_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outcome") as batch_op:
        batch_op.drop_column("partner_shown_at")
        batch_op.drop_column("host_shown_at")
