"""Say more of people, and list those who agreed to it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_LISTS = {"levels": "{}", "skills": "[]", "methods": "[]", "languages": "[]"}


def upgrade() -> None:
    with op.batch_alter_table("profile") as batch_op:
        for name, value in _LISTS.items():
            batch_op.add_column(sa.Column(name, sa.JSON(), server_default=value, nullable=False))
        batch_op.add_column(sa.Column("availability", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("contact_by", sa.String(32), server_default="office", nullable=False))
        batch_op.create_index("ix_profile_directory", ["listed", "name_key", "id"], unique=False)
    with op.batch_alter_table("profile") as batch_op:
        for name in (*_LISTS, "availability", "contact_by"):
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("profile") as batch_op:
        batch_op.drop_index("ix_profile_directory")
        for name in (*_LISTS, "availability", "contact_by"):
            batch_op.drop_column(name)
