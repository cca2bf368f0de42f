"""Object to minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.add_column(sa.Column("objected_number", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("meeting_minutes") as batch_op:
        batch_op.add_column(sa.Column("objection", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("objected_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("objected_at", sa.DateTime(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_meeting_minutes_objected_by_id_account"), "account", ["objected_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_meeting_minutes_objected_by_somebody"), "(objected_at IS NULL) = (objected_by_id IS NULL)"
        )
        batch_op.create_check_constraint(batch_op.f("ck_meeting_minutes_objected_by_another"), "objected_by_id <> by_id")
    for table, name, kind in (("meeting", "objected_number", sa.Integer()), ("meeting_minutes", "objection", sa.String())):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)


def downgrade() -> None:
    op.execute("UPDATE meeting SET state = 'held' WHERE state = 'objected'")
    with op.batch_alter_table("meeting_minutes") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_meeting_minutes_objected_by_another"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_meeting_minutes_objected_by_somebody"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_meeting_minutes_objected_by_id_account"), type_="foreignkey")
        for name in ("objected_at", "objected_by_id", "objection"):
            batch_op.drop_column(name)
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.drop_column("objected_number")
