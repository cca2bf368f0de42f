"""Let trusted organisations publish at once, and owners appeal against a suspension."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "listing_trust",
        sa.Column("organisation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["given_by_id"], ["account.id"], name=op.f("fk_listing_trust_given_by_id_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_listing_trust_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_listing_trust")),
    )
    with op.batch_alter_table("listing") as batch_op:
        batch_op.add_column(sa.Column("unchecked_since", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("suspended_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("appeal", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("appealed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("appeal_answered_at", sa.DateTime(), nullable=True))
        batch_op.create_index("ix_listing_unchecked", ["state", "unchecked_since"])
        batch_op.create_foreign_key(op.f("fk_listing_suspended_by_id_account"), "account", ["suspended_by_id"], ["id"])
    with op.batch_alter_table("listing") as batch_op:
        batch_op.alter_column("appeal", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("listing") as batch_op:
        batch_op.drop_constraint(op.f("fk_listing_suspended_by_id_account"), type_="foreignkey")
        batch_op.drop_index("ix_listing_unchecked")
        for name in ("unchecked_since", "suspended_by_id", "appeal", "appealed_at", "appeal_answered_at"):
            batch_op.drop_column(name)
    op.drop_table("listing_trust")
