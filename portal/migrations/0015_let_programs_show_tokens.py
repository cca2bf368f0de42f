"""Let programs show tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("begins", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.String(32), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_token_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_token")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_account_token_fingerprint")),
    )
    with op.batch_alter_table("account_token") as batch_op:
        batch_op.create_index("ix_account_token_account", ["account_id", "ended_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_token_expires_at"), ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_table("account_token")
