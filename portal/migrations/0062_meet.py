"""Meet: invite, write minutes, note what was agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collaboration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("time_zone", sa.String(64), nullable=False),
        sa.Column("lasts_minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(500), nullable=False),
        sa.Column("agenda", sa.String(), nullable=False),
        sa.Column("others", sa.String(300), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("called_by_id", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(), nullable=False),
        sa.Column("minutes_number", sa.Integer(), nullable=False),
        sa.Column("minutes_side", sa.String(32), nullable=True),
        sa.Column("minutes_by_id", sa.Integer(), nullable=True),
        sa.Column("minutes_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name=op.f("ck_meeting_confirmed_iff_dated")),
        sa.CheckConstraint("(minutes_number = 0) = (minutes_at IS NULL)", name=op.f("ck_meeting_minutes_iff_dated")),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_meeting_collaboration_id_collaboration")
        ),
        sa.ForeignKeyConstraint(["called_by_id"], ["account.id"], name=op.f("fk_meeting_called_by_id_account")),
        sa.ForeignKeyConstraint(["minutes_by_id"], ["account.id"], name=op.f("fk_meeting_minutes_by_id_account")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["account.id"], name=op.f("fk_meeting_confirmed_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_collaboration", "meeting", ["collaboration_id", "state"])
    op.create_index("ix_meeting_caller", "meeting", ["called_by_id", "state"])
    op.create_table(
        "meeting_invitee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_invitee_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_meeting_invitee_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_invitee")),
        sa.UniqueConstraint("account_id", "meeting_id", name=op.f("uq_meeting_invitee_account_id_meeting_id")),
    )
    op.create_index("ix_meeting_invitee_meeting_id", "meeting_invitee", ["meeting_id"])
    op.create_table(
        "meeting_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("decisions", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_minutes_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_meeting_minutes_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_minutes")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_meeting_minutes_meeting_id_number")),
    )
    op.create_table(
        "meeting_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("collaboration_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name=op.f("ck_meeting_action_settled_iff_dated")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_action_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_meeting_action_collaboration_id_collaboration")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_meeting_action_owner_id_account")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["account.id"], name=op.f("fk_meeting_action_noted_by_id_account")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["account.id"], name=op.f("fk_meeting_action_settled_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_action")),
    )
    op.create_index("ix_meeting_action_owner", "meeting_action", ["owner_id", "state"])
    op.create_index("ix_meeting_action_collaboration", "meeting_action", ["collaboration_id", "state"])
    op.create_index("ix_meeting_action_meeting_id", "meeting_action", ["meeting_id"])


def downgrade() -> None:
    for table in ("meeting_action", "meeting_minutes", "meeting_invitee", "meeting"):
        op.drop_table(table)
