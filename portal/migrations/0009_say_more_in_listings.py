"""Say more in listings: phases, sessions, permits, licences, costs, the carbon of a grid."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TEXT = sa.String()
_COLUMNS: dict[str, tuple[tuple[str, Any, str | None], ...]] = {
    "listing_project": (("results", _TEXT, ""), ("ip_stance", sa.String(32), "open")),
    "listing_challenge": (("out_of_scope", _TEXT, ""), ("phases", sa.JSON(), "[]")),
    "listing_internship": (("visa", sa.String(32), "unsaid"), ("eligibility", _TEXT, "")),
    "listing_training": (("licence", sa.String(120), ""), ("sessions", sa.JSON(), "[]")),
    "listing_compute": (("carbon_intensity", sa.Integer(), None), ("cost_minor", sa.BigInteger(), None)),
}


def upgrade() -> None:
    for table, columns in _COLUMNS.items():
        with op.batch_alter_table(table) as batch_op:
            for name, kind, default in columns:
                batch_op.add_column(sa.Column(name, kind, server_default=default, nullable=default is None))
        with op.batch_alter_table(table) as batch_op:
            for name, _kind, default in columns:
                if default is not None:
                    batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    for table, columns in _COLUMNS.items():
        with op.batch_alter_table(table) as batch_op:
            for name, _kind, _default in columns:
                batch_op.drop_column(name)
