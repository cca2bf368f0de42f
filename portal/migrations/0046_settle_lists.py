"""Settle lists before the start and the close."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collaboration_id", sa.Integer(), nullable=False),
        sa.Column("checklist", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name=op.f("ck_check_item_settled_iff_dated")),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_check_item_collaboration_id_collaboration")
        ),
        sa.ForeignKeyConstraint(["settled_by_id"], ["account.id"], name=op.f("fk_check_item_settled_by_id_account")),
        sa.ForeignKeyConstraint(["side_id"], ["organisation.id"], name=op.f("fk_check_item_side_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_item")),
    )
    with op.batch_alter_table("check_item") as batch_op:
        batch_op.create_index(batch_op.f("ix_check_item_collaboration_id"), ["collaboration_id"])
        batch_op.create_index("ix_check_item_waiting", ["state", "checklist"])

    op.create_table(
        "health_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collaboration_id", sa.Integer(), nullable=False),
        sa.Column("health", sa.String(32), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_health_note_by_id_account")),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_health_note_collaboration_id_collaboration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_note")),
    )
    with op.batch_alter_table("health_note") as batch_op:
        batch_op.create_index(batch_op.f("ix_health_note_collaboration_id"), ["collaboration_id"])

    with op.batch_alter_table("collaboration") as batch_op:
        batch_op.add_column(sa.Column("health", sa.String(32), nullable=True))
        batch_op.add_column(sa.Column("health_text", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("health_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("collaboration") as batch_op:
        batch_op.alter_column("health_text", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("collaboration") as batch_op:
        batch_op.drop_column("health_at")
        batch_op.drop_column("health_text")
        batch_op.drop_column("health")

    with op.batch_alter_table("health_note") as batch_op:
        batch_op.drop_index(batch_op.f("ix_health_note_collaboration_id"))

    op.drop_table("health_note")
    with op.batch_alter_table("check_item") as batch_op:
        batch_op.drop_index("ix_check_item_waiting")
        batch_op.drop_index(batch_op.f("ix_check_item_collaboration_id"))

    op.drop_table("check_item")
