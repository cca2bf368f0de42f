"""Change what was agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collaboration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("before_on", sa.Date(), nullable=True),
        sa.Column("before_minor", sa.BigInteger(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("assessment", sa.String(), nullable=False),
        sa.Column("assessed_by_id", sa.Integer(), nullable=True),
        sa.Column("yeses", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_change_request_asked_by_id_account")),
        sa.ForeignKeyConstraint(["assessed_by_id"], ["account.id"], name=op.f("fk_change_request_assessed_by_id_account")),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_change_request_collaboration_id_collaboration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_request")),
    )
    with op.batch_alter_table("change_request") as batch_op:
        batch_op.create_index(batch_op.f("ix_change_request_collaboration_id"), ["collaboration_id"])
        batch_op.create_index("ix_change_request_waiting", ["state", "due_at"])

    op.create_table(
        "change_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("stand", sa.String(32), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_change_consent_by_id_account")),
        sa.ForeignKeyConstraint(["change_id"], ["change_request.id"], name=op.f("fk_change_consent_change_id_change_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_consent")),
        sa.UniqueConstraint("change_id", "by_id", name=op.f("uq_change_consent_change_id_by_id")),
        sa.UniqueConstraint("change_id", "stand", name=op.f("uq_change_consent_change_id_stand")),
    )


def downgrade() -> None:
    op.drop_table("change_consent")
    with op.batch_alter_table("change_request") as batch_op:
        batch_op.drop_index("ix_change_request_waiting")
        batch_op.drop_index(batch_op.f("ix_change_request_collaboration_id"))

    op.drop_table("change_request")
