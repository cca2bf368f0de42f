"""Identify outcomes."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outcome") as batch_op:
        batch_op.add_column(sa.Column("identifier", sa.String(320), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_outcome_collaboration_id_identifier"), ["collaboration_id", "identifier"]
        )


def downgrade() -> None:
    op.execute("UPDATE outcome SET kind = 'other' WHERE kind IN ('licence', 'spin_out', 'funding')")
    with op.batch_alter_table("outcome") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_outcome_collaboration_id_identifier"), type_="unique")
        batch_op.drop_column("identifier")
