"""Plan in work packages, and keep all that was handed in."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work_package",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collaboration_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("goal", sa.String(), nullable=False),
        sa.Column("side", sa.String(32), nullable=False),
        sa.Column("lead", sa.String(160), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_work_package_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_work_package_collaboration_id_collaboration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_package")),
    )
    op.create_index(op.f("ix_work_package_collaboration_id"), "work_package", ["collaboration_id"])
    op.create_table(
        "work_package_link",
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["after_id"], ["work_package.id"], name=op.f("fk_work_package_link_after_id_work_package")),
        sa.ForeignKeyConstraint(["package_id"], ["work_package.id"], name=op.f("fk_work_package_link_package_id_work_package")),
        sa.PrimaryKeyConstraint("package_id", "after_id", name=op.f("pk_work_package_link")),
    )
    op.create_index(op.f("ix_work_package_link_after_id"), "work_package_link", ["after_id"])
    op.create_table(
        "plan_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collaboration_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(32), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_plan_move_by_id_account")),
        sa.ForeignKeyConstraint(
            ["collaboration_id"], ["collaboration.id"], name=op.f("fk_plan_move_collaboration_id_collaboration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_move")),
    )
    op.create_index(op.f("ix_plan_move_collaboration_id"), "plan_move", ["collaboration_id"])
    op.create_table(
        "handed_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliverable_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(2000), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(32), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_handed_in_answered_iff_dated")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_handed_in_answered_by_id_account")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_handed_in_by_id_account")),
        sa.ForeignKeyConstraint(["deliverable_id"], ["deliverable.id"], name=op.f("fk_handed_in_deliverable_id_deliverable")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_in")),
        sa.UniqueConstraint("deliverable_id", "number", name=op.f("uq_handed_in_deliverable_id_number")),
    )
    for table in ("milestone", "deliverable"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("package_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f"fk_{table}_package_id_work_package"), "work_package", ["package_id"], ["id"])
            batch_op.create_index(batch_op.f(f"ix_{table}_package_id"), ["package_id"])
    with op.batch_alter_table("milestone") as batch_op:
        batch_op.add_column(sa.Column("proof", sa.String(300), nullable=False, server_default=""))
    with op.batch_alter_table("milestone") as batch_op:
        batch_op.alter_column("proof", existing_type=sa.String(300), existing_nullable=False, server_default=None)
    with op.batch_alter_table("deliverable") as batch_op:
        batch_op.add_column(sa.Column("reviewer_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_deliverable_reviewer_id_account"), "account", ["reviewer_id"], ["id"])
    _keep_what_was_handed_in()


def _keep_what_was_handed_in() -> None:
    """What was handed in before is its first version; the answer is the one that stands."""
    op.execute(
        """
        INSERT INTO handed_in
            (deliverable_id, number, text, evidence, by_id, at, answer, note, answered_by_id, answered_at)
        SELECT d.id, 1, d.handed_in, d.evidence, c.partner_lead_id, d.submitted_at,
            CASE WHEN answered THEN d.state END, CASE WHEN answered THEN d.note ELSE '' END,
            CASE WHEN answered THEN d.decided_by_id END, CASE WHEN answered THEN d.decided_at END
        FROM (
            SELECT *, state IN ('accepted', 'rework') AND decided_at IS NOT NULL AS answered
            FROM deliverable WHERE submitted_at IS NOT NULL
        ) AS d JOIN collaboration AS c ON c.id = d.collaboration_id
        """
    )


def downgrade() -> None:
    op.execute("UPDATE deliverable SET state = 'submitted' WHERE state = 'under_review'")
    op.execute("UPDATE milestone SET state = 'planned' WHERE state IN ('in_progress', 'slipped')")
    with op.batch_alter_table("deliverable") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_deliverable_reviewer_id_account"), type_="foreignkey")
        batch_op.drop_column("reviewer_id")
    with op.batch_alter_table("milestone") as batch_op:
        batch_op.drop_column("proof")
    for table in ("milestone", "deliverable"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_package_id"))
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_package_id_work_package"), type_="foreignkey")
            batch_op.drop_column("package_id")
    for table in ("handed_in", "plan_move", "work_package_link", "work_package"):
        op.drop_table(table)
