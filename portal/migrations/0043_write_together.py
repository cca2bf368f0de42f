"""Write together."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal_team",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["proposal.id"], name=op.f("fk_proposal_team_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_team")),
    )
    op.create_table(
        "co_author",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("permission", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_co_author_account_id_account")),
        sa.ForeignKeyConstraint(["from_id"], ["organisation.id"], name=op.f("fk_co_author_from_id_organisation")),
        sa.ForeignKeyConstraint(["invited_by_id"], ["account.id"], name=op.f("fk_co_author_invited_by_id_account")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_co_author_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_co_author_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_author")),
    )
    op.create_index("ix_co_author_account", "co_author", ["account_id", "state"])
    op.create_index("ix_co_author_due", "co_author", ["state", "expires_at"])
    op.create_index("ix_co_author_proposal", "co_author", ["proposal_id", "state"])
    op.create_index(op.f("ix_co_author_email"), "co_author", ["email"])
    live = sa.text("state IN ('invited', 'active')")
    op.create_index(
        "uq_co_author_live", "co_author", ["proposal_id", "email"], unique=True, sqlite_where=live, postgresql_where=live
    )


def downgrade() -> None:
    op.drop_table("co_author")
    op.drop_table("proposal_team")
