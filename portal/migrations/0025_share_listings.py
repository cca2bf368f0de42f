"""Share listings with co-owners, and name who is responsible for them."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "listing_co_owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_co_owner_listing_id_listing"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_listing_co_owner_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_co_owner")),
        sa.UniqueConstraint("listing_id", "account_id", name=op.f("uq_listing_co_owner_listing_id_account_id")),
    )
    op.create_index(op.f("ix_listing_co_owner_account_id"), "listing_co_owner", ["account_id"])
    op.create_table(
        "listing_responsible",
        sa.Column("listing_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_responsible_listing_id_listing"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_listing_responsible_account_id_account")),
        sa.PrimaryKeyConstraint("listing_id", name=op.f("pk_listing_responsible")),
    )
    op.create_index(op.f("ix_listing_responsible_account_id"), "listing_responsible", ["account_id"])


def downgrade() -> None:
    op.drop_table("listing_responsible")
    op.drop_table("listing_co_owner")
