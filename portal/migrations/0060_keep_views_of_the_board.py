"""Let officers keep views of the board."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("address", sa.String(400), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_board_view_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_board_view"),
        sa.UniqueConstraint("account_id", "name", name="uq_board_view_account_id_name"),
    )


def downgrade() -> None:
    op.drop_table("board_view")
