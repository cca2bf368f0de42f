"""Let listings open on a day and expire unless they are renewed."""

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COLUMNS = ("opens_at", "renewed_at", "reminded_at")
_INDEXES = {"ix_listing_opening": "opens_at", "ix_listing_renewal": "renewed_at"}


def upgrade() -> None:
    with op.batch_alter_table("listing") as batch_op:
        for name in _COLUMNS:
            batch_op.add_column(sa.Column(name, sa.DateTime(), nullable=True))
        for index, column in _INDEXES.items():
            batch_op.create_index(index, ["state", column], unique=False)
    # What was opened before has a year from now: nobody was ever reminded of it.
    listing = sa.table("listing", sa.column("published_at", sa.DateTime()), sa.column("renewed_at", sa.DateTime()))
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    op.execute(listing.update().where(listing.c.published_at.is_not(None)).values(renewed_at=now))


def downgrade() -> None:
    with op.batch_alter_table("listing") as batch_op:
        for index in _INDEXES:
            batch_op.drop_index(index)
        for name in _COLUMNS:
            batch_op.drop_column(name)
