"""Let both sides of a collaboration release it for the public."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_RELEASED = ("host_released_at", "partner_released_at")


def upgrade() -> None:
    with op.batch_alter_table("collaboration") as batch_op:
        for name in _RELEASED:
            batch_op.add_column(sa.Column(name, sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("collaboration") as batch_op:
        for name in _RELEASED:
            batch_op.drop_column(name)
