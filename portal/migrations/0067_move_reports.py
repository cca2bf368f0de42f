"""Move reports."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("report") as batch_op:
        batch_op.add_column(sa.Column("wish_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("wish_text", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("wish_side", sa.String(32), nullable=True))
        batch_op.add_column(sa.Column("wish_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("wish_at", sa.DateTime(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_report_wish_by_id_account"), "account", ["wish_by_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_report_wished_by_somebody"), "(wish_on IS NULL) = (wish_by_id IS NULL)")
    with op.batch_alter_table("report") as batch_op:
        batch_op.alter_column("wish_text", existing_type=sa.String(), existing_nullable=False, server_default=None)
    op.create_table(
        "report_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("is_agreed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_report_move_answered_by_somebody")),
        sa.CheckConstraint("is_agreed OR answered_by_id IS NOT NULL", name=op.f("ck_report_move_refused_by_somebody")),
        sa.CheckConstraint("answered_by_id <> by_id", name=op.f("ck_report_move_answered_by_another")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_move_report_id_report")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_report_move_by_id_account")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["account.id"], name=op.f("fk_report_move_answered_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_move")),
    )
    op.create_index("ix_report_move_report_id", "report_move", ["report_id"])


def downgrade() -> None:
    op.drop_table("report_move")
    with op.batch_alter_table("report") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_report_wished_by_somebody"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_report_wish_by_id_account"), type_="foreignkey")
        for name in ("wish_at", "wish_by_id", "wish_side", "wish_text", "wish_on"):
            batch_op.drop_column(name)
