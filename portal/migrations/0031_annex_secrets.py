"""Give listings a confidential annex."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annex",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name=op.f("fk_annex_listing_id_listing"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex")),
        sa.UniqueConstraint("listing_id", name=op.f("uq_annex_listing_id")),
    )
    with op.batch_alter_table("listing") as batch_op:
        batch_op.add_column(sa.Column("has_annex", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("listing") as batch_op:
        batch_op.alter_column("has_annex", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("listing") as batch_op:
        batch_op.drop_column("has_annex")
    op.drop_table("annex")
