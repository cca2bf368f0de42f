"""Find interests by their two sides."""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_interest_host", "interest", ["host_id", "state"])
    op.create_index("ix_interest_organisation", "interest", ["organisation_id", "state"])


def downgrade() -> None:
    op.drop_index("ix_interest_organisation", "interest")
    op.drop_index("ix_interest_host", "interest")
