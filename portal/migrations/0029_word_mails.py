"""Word mails."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=160), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_mail_wording_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_wording")),
    )
    op.create_index("ix_mail_wording_kind", "mail_wording", ["kind", "id"])
    op.create_index(op.f("ix_mail_wording_by_id"), "mail_wording", ["by_id"])


def downgrade() -> None:
    op.drop_table("mail_wording")
