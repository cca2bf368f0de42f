"""Keep versions of files, and how each stands with the scanner."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

# Files of one name in one place become versions of each other, in the order in which they were added.
_COUNTED = """
UPDATE file SET next_at = at, version = (
    SELECT count(*) FROM file AS other
    WHERE other.subject_type = file.subject_type AND other.subject_id = file.subject_id AND other.name = file.name
    AND coalesce(other.side_id, 0) = coalesce(file.side_id, 0) AND other.id <= file.id
)
"""
_GIVEN = (
    ("officers", sa.Boolean(), sa.false()),
    ("version", sa.Integer(), "1"),
    ("said_with", sa.String(length=40), ""),
    ("state", sa.String(length=32), "waiting"),
    ("attempts", sa.Integer(), "0"),
    ("finding", sa.String(length=200), ""),
)


def upgrade() -> None:
    with op.batch_alter_table("file") as batch_op:
        for name, kind, default in _GIVEN:
            batch_op.add_column(sa.Column(name, kind, server_default=default, nullable=False))
        batch_op.add_column(sa.Column("checked_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("next_at", sa.DateTime(), nullable=True))
    op.execute(_COUNTED)
    with op.batch_alter_table("file") as batch_op:
        for name, kind, _default in _GIVEN:
            batch_op.alter_column(name, existing_type=kind, server_default=None)
        batch_op.alter_column("next_at", existing_type=sa.DateTime(), nullable=False)
    waiting = sa.text("coalesce(state, state) IN ('waiting', 'waiting')")
    op.create_index("ix_file_waiting", "file", ["next_at"], sqlite_where=waiting, postgresql_where=waiting)


def downgrade() -> None:
    op.drop_index("ix_file_waiting", "file")
    op.execute("DELETE FROM file WHERE officers")  # an older portal would hand them out to everybody
    with op.batch_alter_table("file") as batch_op:
        for name in ("next_at", "checked_at", "finding", "attempts", "state", "said_with", "version", "officers"):
            batch_op.drop_column(name)
