"""Let people ask questions about listings."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("listing") as batch_op:
        batch_op.add_column(sa.Column("questions_until", sa.Date(), nullable=True))
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("asked_as", sa.String(32), nullable=False),
        sa.Column("asked_from", sa.String(32), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name=op.f("ck_question_answered_iff_dated")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_question_author_id_account")),
        sa.ForeignKeyConstraint(["host_id"], ["organisation.id"], name=op.f("fk_question_host_id_organisation")),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name=op.f("fk_question_listing_id_listing"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    with op.batch_alter_table("question") as batch_op:
        batch_op.create_index("ix_question_listing", ["listing_id", "answered_at"], unique=False)
        batch_op.create_index("ix_question_author", ["author_id", "asked_at"], unique=False)


def downgrade() -> None:
    op.drop_table("question")
    with op.batch_alter_table("listing") as batch_op:
        batch_op.drop_column("questions_until")
