"""Screen proposals, set conditions, keep a reserve list, pass proposals on, and hold decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None
_BEFORE = ("draft", "submitted", "in_review", "revision_requested", "in_approval", "accepted")
_AFTER = (*_BEFORE[:4], "conditional", "reserved", *_BEFORE[4:])


def upgrade() -> None:
    with op.batch_alter_table("proposal") as batch_op:
        batch_op.add_column(sa.Column("screening", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("screened_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("screening_text", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("screening_note", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("decided_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("conditions", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("objection", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reserve_rank", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reserved_until", sa.Date(), nullable=True))
    with op.batch_alter_table("proposal") as batch_op:
        for name in ("screening_text", "screening_note", "conditions", "objection"):
            batch_op.alter_column(name, server_default=None)
    _stand(_AFTER)
    with op.batch_alter_table("passed_on") as batch_op:
        batch_op.alter_column("interest_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("proposal_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_passed_on_proposal_id_proposal"), "proposal", ["proposal_id"], ["id"])
        batch_op.create_unique_constraint(op.f("uq_passed_on_proposal_id"), ["proposal_id"])
        batch_op.create_check_constraint(op.f("ck_passed_on_of_one_thing"), "(interest_id IS NULL) <> (proposal_id IS NULL)")
    op.create_table(
        "held_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_held_decision_by_id_account")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_held_decision_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_decision")),
    )
    op.create_index("ix_held_decision_proposal", "held_decision", ["proposal_id"])
    still = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_held_decision_open", "held_decision", ["proposal_id"], unique=True, sqlite_where=still, postgresql_where=still
    )


def downgrade() -> None:
    op.drop_table("held_decision")
    op.execute("DELETE FROM passed_on WHERE interest_id IS NULL")
    with op.batch_alter_table("passed_on") as batch_op:
        batch_op.drop_constraint(op.f("ck_passed_on_of_one_thing"), type_="check")
        batch_op.drop_constraint(op.f("uq_passed_on_proposal_id"), type_="unique")
        batch_op.drop_constraint(op.f("fk_passed_on_proposal_id_proposal"), type_="foreignkey")
        batch_op.drop_column("proposal_id")
        batch_op.alter_column("interest_id", existing_type=sa.Integer(), nullable=False)
    op.execute("UPDATE proposal SET state = 'in_review' WHERE state IN ('conditional', 'reserved')")
    op.execute("UPDATE proposal SET state = 'declined' WHERE state = 'redirected'")
    op.execute("UPDATE proposal SET state = 'expired' WHERE state = 'lapsed'")
    _stand(_BEFORE)
    with op.batch_alter_table("proposal") as batch_op:
        for name in ("screening", "screened_at", "screening_text", "screening_note", "decided_by_id", "conditions"):
            batch_op.drop_column(name)
        for name in ("objection", "reserve_rank", "reserved_until"):
            batch_op.drop_column(name)


def _stand(states: tuple[str, ...]) -> None:
    those = sa.text(f"state IN ({', '.join(repr(state) for state in states)})")
    op.drop_index("uq_proposal_standing", "proposal")
    op.create_index(
        *("uq_proposal_standing", "proposal", ["listing_id", "author_id"]),
        unique=True,
        sqlite_where=those,
        postgresql_where=those,
    )
