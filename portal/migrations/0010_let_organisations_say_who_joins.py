"""Let organisations say who joins, posts and writes; keep dates, limits and first words of memberships."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SETTINGS = {"admission": "at_once", "posting": "everybody", "contact": "registered"}
_TEXTS: dict[str, Any] = {"introduction": sa.String(), "limit_currency": sa.String(length=3)}
_OPEN: dict[str, Any] = {"answer_by": sa.DateTime(), "limit_minor": sa.BigInteger(), "began_on": sa.Date(), "ends_on": sa.Date()}


def upgrade() -> None:
    with op.batch_alter_table("organisation") as batch_op:
        for name, value in _SETTINGS.items():
            batch_op.add_column(sa.Column(name, sa.String(32), server_default=value, nullable=False))
    with op.batch_alter_table("organisation") as batch_op:
        for name in _SETTINGS:
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("membership") as batch_op:
        for name, kind in _TEXTS.items():
            batch_op.add_column(sa.Column(name, kind, server_default="", nullable=False))
        for name, kind in _OPEN.items():
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.add_column(sa.Column("is_main", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(op.f("ck_membership_limit_not_negative"), "limit_minor >= 0")
    with op.batch_alter_table("membership") as batch_op:
        for name in (*_TEXTS, "is_main"):
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("membership") as batch_op:
        batch_op.drop_constraint(op.f("ck_membership_limit_not_negative"), type_="check")
        for name in (*_TEXTS, *_OPEN, "is_main"):
            batch_op.drop_column(name)
    with op.batch_alter_table("organisation") as batch_op:
        for name in _SETTINGS:
            batch_op.drop_column(name)
