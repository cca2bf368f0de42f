"""Tend vocabularies."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None
_TABLES = ("field", "skill")


def upgrade() -> None:
    for table in _TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("translations", sa.JSON(), server_default="{}", nullable=False))
            batch_op.add_column(sa.Column("edited_at", sa.DateTime(), nullable=True))
            batch_op.add_column(sa.Column("retired_at", sa.DateTime(), nullable=True))
            batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_{table}_merged_into_id_{table}"), table, ["merged_into_id"], ["id"])
            batch_op.create_index(op.f(f"ix_{table}_merged_into_id"), ["merged_into_id"])
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("translations", server_default=None)


def downgrade() -> None:
    for table in _TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_index(op.f(f"ix_{table}_merged_into_id"))
            batch_op.drop_constraint(op.f(f"fk_{table}_merged_into_id_{table}"), type_="foreignkey")
            for column in ("merged_into_id", "retired_at", "edited_at", "translations"):
                batch_op.drop_column(column)
