"""Ask people what only some are asked, and keep when an ORCID iD was shown."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None
_TEXTS = {"group": sa.String(length=200), "seeks": sa.String(length=500), "study": sa.String(length=200)}
_LEVELS = ("bachelor", "master", "doctoral", "other")


def upgrade() -> None:
    with op.batch_alter_table("profile") as batch_op:
        for name, kind in _TEXTS.items():
            batch_op.add_column(sa.Column(name, kind, server_default="", nullable=False))
        batch_op.add_column(sa.Column("duties", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(
            sa.Column("study_level", sa.Enum(*_LEVELS, name="studylevel", native_enum=False, length=32), nullable=True)
        )
        batch_op.add_column(sa.Column("finishes_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("orcid_shown_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("profile") as batch_op:
        for name in (*_TEXTS, "duties"):
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("profile") as batch_op:
        for name in ("orcid_shown_at", "finishes_on", "study_level", "duties", *_TEXTS):
            batch_op.drop_column(name)
