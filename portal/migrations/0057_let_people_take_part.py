"""Let people take part in collaborations."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collaboration_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(200), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("expires_at", sa.DateTime(), nullable=True),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("named_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.CheckConstraint("(part = 'guest') = (until_on IS NOT NULL)", name=op.f("ck_participant_guests_end")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_participant_account_id_account")),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_participant_collaboration_id_collaboration")
        ),
        sa.ForeignKeyConstraint(["from_id"], ["organisation.id"], name=op.f("fk_participant_from_id_organisation")),
        sa.ForeignKeyConstraint(["named_by_id"], ["account.id"], name=op.f("fk_participant_named_by_id_account")),
        sa.ForeignKeyConstraint(["side_id"], ["organisation.id"], name=op.f("fk_participant_side_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
    )
    live = sa.text("state IN ('invited', 'active')")
    op.create_index("ix_participant_account", "participant", ["account_id", "state"])
    op.create_index("ix_participant_collaboration", "participant", ["collaboration_id", "state"])
    op.create_index("ix_participant_due", "participant", ["state", "until_on"])
    for name, column in (("uq_participant_account", "account_id"), ("uq_participant_email", "email")):
        op.create_index(name, "participant", ["collaboration_id", column], unique=True, sqlite_where=live, postgresql_where=live)

    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collaboration_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_hand_over_asked_by_id_account")),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_hand_over_collaboration_id_collaboration")
        ),
        sa.ForeignKeyConstraint(["from_id"], ["account.id"], name=op.f("fk_hand_over_from_id_account")),
        sa.ForeignKeyConstraint(["side_id"], ["organisation.id"], name=op.f("fk_hand_over_side_id_organisation")),
        sa.ForeignKeyConstraint(["to_id"], ["account.id"], name=op.f("fk_hand_over_to_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    proposed = sa.text("coalesce(state, state) IN ('proposed', 'proposed')")
    op.create_index("ix_hand_over_collaboration", "hand_over", ["collaboration_id", "state"])
    op.create_index("ix_hand_over_waiting", "hand_over", ["to_id", "state"])
    op.create_index(
        "uq_hand_over_proposed",
        "hand_over",
        ["collaboration_id", "side_id"],
        unique=True,
        sqlite_where=proposed,
        postgresql_where=proposed,
    )

    with op.batch_alter_table("change_request") as batch_op:
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_change_request_person_id_participant"), "participant", ["person_id"], ["id"])


def downgrade() -> None:
    op.execute("DELETE FROM change_consent WHERE change_id IN (SELECT id FROM change_request WHERE kind = 'people')")
    op.execute("DELETE FROM change_request WHERE kind = 'people'")  # an older portal does not know what they ask for
    with op.batch_alter_table("change_request") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_change_request_person_id_participant"), type_="foreignkey")
        batch_op.drop_column("person_id")
    op.drop_table("hand_over")
    op.drop_table("participant")
