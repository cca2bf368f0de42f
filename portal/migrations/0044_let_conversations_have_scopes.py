"""Let conversations have scopes, earlier texts, locks, readers' places and notes."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

# Until now each message was for all readers or for one side.
_COUNTED = """
UPDATE message SET number = (
    SELECT count(*) FROM message AS other
    WHERE other.subject_type = message.subject_type AND other.subject_id = message.subject_id
    AND coalesce(other.side_id, 0) = coalesce(message.side_id, 0) AND other.id <= message.id
)
"""


def upgrade() -> None:
    with op.batch_alter_table("message") as batch_op:
        batch_op.add_column(sa.Column("officers", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("number", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("edited_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("taken_back_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("mentioned", sa.JSON(), server_default="[]", nullable=False))
    op.execute(_COUNTED)
    with op.batch_alter_table("message") as batch_op:
        for column in ("officers", "number", "mentioned"):
            batch_op.alter_column(column, server_default=None)
    op.create_table(
        "message_earlier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_earlier_message_id_message")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_message_earlier_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_earlier")),
    )
    op.create_index(op.f("ix_message_earlier_message_id"), "message_earlier", ["message_id"])
    op.create_index(op.f("ix_message_earlier_by_id"), "message_earlier", ["by_id"])
    op.create_table(
        "thread_lock",
        sa.Column("subject_type", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_thread_lock_by_id_account")),
        sa.PrimaryKeyConstraint("subject_type", "subject_id", name=op.f("pk_thread_lock")),
    )
    op.create_index(op.f("ix_thread_lock_by_id"), "thread_lock", ["by_id"])
    op.create_table(
        "thread_place",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("read_to", sa.Integer(), nullable=False),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_thread_place_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "subject_type", "subject_id", name=op.f("pk_thread_place")),
    )
    op.create_table(
        "side_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_side_note_author_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_side_note")),
    )
    op.create_index("ix_side_note_subject", "side_note", ["subject_type", "subject_id", "side_id"])
    op.create_index(op.f("ix_side_note_author_id"), "side_note", ["author_id"])


def downgrade() -> None:
    for table in ("side_note", "thread_place", "thread_lock", "message_earlier"):
        op.drop_table(table)
    op.execute("DELETE FROM message WHERE officers")  # an older portal would show them to everybody
    with op.batch_alter_table("message") as batch_op:
        for column in ("mentioned", "taken_back_at", "edited_at", "number", "officers"):
            batch_op.drop_column(column)
