"""Find what waits in its order, facts by their kind and organisations by theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None
_WAITING = (("listing", "in_review", "updated_at"), ("membership", "requested", "created_at"))


def upgrade() -> None:
    for table, state, column in _WAITING:
        those = sa.text(f"state = '{state}'")
        op.create_index(f"ix_{table}_{state}", table, ["state", column], sqlite_where=those, postgresql_where=those)
    op.create_index("ix_event_kind", "event", ["kind", "id"])
    op.create_index("ix_organisation_kind", "organisation", ["kind", "name_key", "id"])


def downgrade() -> None:
    op.drop_index("ix_organisation_kind", "organisation")
    op.drop_index("ix_event_kind", "event")
    for table, state, _column in _WAITING:
        op.drop_index(f"ix_{table}_{state}", table)
