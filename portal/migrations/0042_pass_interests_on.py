"""Pass interests on, and ask back."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("interest") as batch_op:
        batch_op.add_column(sa.Column("asked", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("declared_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("interest") as batch_op:
        batch_op.alter_column("asked", server_default=None)
    op.create_table(
        "passed_on",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interest_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(kind = 'listing') = (listing_id IS NOT NULL)", name=op.f("ck_passed_on_listing_iff_named")),
        sa.CheckConstraint("(kind = 'person') = (person_id IS NOT NULL)", name=op.f("ck_passed_on_person_iff_named")),
        sa.ForeignKeyConstraint(["interest_id"], ["interest.id"], name=op.f("fk_passed_on_interest_id_interest")),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name=op.f("fk_passed_on_listing_id_listing")),
        sa.ForeignKeyConstraint(["person_id"], ["account.id"], name=op.f("fk_passed_on_person_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_on")),
        sa.UniqueConstraint("interest_id", name=op.f("uq_passed_on_interest_id")),
    )
    op.create_index(op.f("ix_passed_on_listing_id"), "passed_on", ["listing_id"])


def downgrade() -> None:
    op.drop_table("passed_on")
    with op.batch_alter_table("interest") as batch_op:
        batch_op.drop_column("declared_at")
        batch_op.drop_column("asked")
