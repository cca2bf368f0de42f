"""Let listings name their readers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "listing_reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(organisation_id IS NULL) <> (email IS NULL)", name=op.f("ck_listing_reader_one_of_both")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_listing_reader_account_id_account")),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_reader_listing_id_listing"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_listing_reader_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_reader")),
        sa.UniqueConstraint("listing_id", "email", name="uq_listing_reader_email"),
        sa.UniqueConstraint("listing_id", "organisation_id", name="uq_listing_reader_organisation"),
    )
    with op.batch_alter_table("listing_reader") as batch_op:
        for column in ("account_id", "email", "organisation_id"):
            batch_op.create_index(batch_op.f(f"ix_listing_reader_{column}"), [column], unique=False)


def downgrade() -> None:
    op.drop_table("listing_reader")
