"""Name what waits in a way that leaves other statements alone (see `those_in`)."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None
_WAITING = (("listing", "in_review", "updated_at"), ("membership", "requested", "created_at"))


def upgrade() -> None:
    _index(lambda state: f"coalesce(state, state) IN ('{state}', '{state}')", with_state=False)


def downgrade() -> None:
    _index(lambda state: f"state = '{state}'", with_state=True)


def _index(condition: Callable[[str], str], *, with_state: bool) -> None:
    op.drop_index("uq_merger_open", "merger")
    asked = sa.text(condition("asked"))
    op.create_index("uq_merger_open", "merger", ["gone_id"], unique=True, sqlite_where=asked, postgresql_where=asked)
    for table, state, column in _WAITING:
        those = sa.text(condition(state))
        op.drop_index(f"ix_{table}_{state}", table)
        columns = ["state", column] if with_state else [column]
        op.create_index(f"ix_{table}_{state}", table, columns, sqlite_where=those, postgresql_where=those)
