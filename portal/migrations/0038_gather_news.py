"""Let people choose how they are told of each kind of news, and gather some of it."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None
_CHANNELS = ("at_once", "daily", "weekly", "listed", "off")


def upgrade() -> None:
    op.create_table(
        "digest_item",
        sa.Column("notification_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("often", sa.Enum(*_CHANNELS, name="channel", native_enum=False, length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_digest_item_{column}_{table}"), ondelete="CASCADE")
            for column, table in (("notification_id", "notification"), ("account_id", "account"), ("delivery_id", "delivery"))
        ),
        sa.PrimaryKeyConstraint("notification_id", name=op.f("pk_digest_item")),
    )
    waits = sa.text("delivery_id IS NULL")
    op.create_index("ix_digest_item_waiting", "digest_item", ["account_id", "often"], sqlite_where=waits, postgresql_where=waits)
    op.create_index("ix_digest_item_delivery", "digest_item", ["delivery_id"])
    with op.batch_alter_table("preference") as batch_op:
        batch_op.add_column(sa.Column("channels", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("quiet_from", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("quiet_until", sa.Integer(), nullable=True))
    with op.batch_alter_table("preference") as batch_op:
        batch_op.alter_column("channels", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("preference") as batch_op:
        for name in ("quiet_until", "quiet_from", "channels"):
            batch_op.drop_column(name)
    op.drop_table("digest_item")
