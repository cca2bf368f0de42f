"""Find what partners say by the proposal, and name those who take part in a way that leaves other statements alone."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_confirmation_proposal", "confirmation", ["proposal_id", "state"])
    _unique("state IN ('open', 'asked', 'confirmed', 'objected')")


def downgrade() -> None:
    _unique("state <> 'left_out'")
    op.drop_index("ix_confirmation_proposal", "confirmation")


def _unique(condition: str) -> None:
    name, live = "uq_confirmation_partner", sa.text(condition)
    op.drop_index(name, "confirmation")
    op.create_index(name, "confirmation", ["proposal_id", "partner_id"], unique=True, sqlite_where=live, postgresql_where=live)
