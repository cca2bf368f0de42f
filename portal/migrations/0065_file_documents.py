"""File documents."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("collaboration_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("access", sa.String(32), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("moved_by_id", sa.Integer(), nullable=True),
        sa.Column("moved_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.CheckConstraint("(state = 'open') OR (moved_at IS NOT NULL)", name=op.f("ck_document_moved_iff_dated")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_document_by_id_account")),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_document_collaboration_id_collaboration")
        ),
        sa.ForeignKeyConstraint(["moved_by_id"], ["account.id"], name=op.f("fk_document_moved_by_id_account")),
        sa.ForeignKeyConstraint(["side_id"], ["organisation.id"], name=op.f("fk_document_side_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_collaboration_id"), "document", ["collaboration_id"])


def downgrade() -> None:
    op.execute("DELETE FROM file WHERE subject_type = 'document'")
    op.drop_table("document")
