"""Follow listings."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "listing_follow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_listing_follow_account_id_account")),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_follow_listing_id_listing"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_follow")),
        sa.UniqueConstraint("account_id", "listing_id", name=op.f("uq_listing_follow_account_id_listing_id")),
    )
    op.create_index(op.f("ix_listing_follow_listing_id"), "listing_follow", ["listing_id"])


def downgrade() -> None:
    op.drop_table("listing_follow")
