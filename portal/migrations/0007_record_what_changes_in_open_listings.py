"""Record what changes in open listings."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COLUMNS = ("answered_at", "clarified_at")


def upgrade() -> None:
    with op.batch_alter_table("listing") as batch_op:
        for name in _COLUMNS:
            batch_op.add_column(sa.Column(name, sa.DateTime(), nullable=True))
    op.create_table(
        "listing_clarification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_clarification_listing_id_listing"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_clarification")),
        sa.UniqueConstraint("listing_id", "number", name="uq_listing_clarification_number"),
    )
    # Whoever proposed before relies on what the listing says as well.
    op.execute("UPDATE listing SET answered_at = (SELECT min(p.submitted_at) FROM proposal p WHERE p.listing_id = listing.id)")


def downgrade() -> None:
    op.drop_table("listing_clarification")
    with op.batch_alter_table("listing") as batch_op:
        for name in _COLUMNS:
            batch_op.drop_column(name)
