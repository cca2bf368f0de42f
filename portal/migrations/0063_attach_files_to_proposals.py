"""Let files go with the text of a proposal, and the same bytes belong to several things."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal_folder",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["proposal.id"], name="fk_proposal_folder_id_proposal"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal_folder"),
    )
    with op.batch_alter_table("file") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_file_stored_as"), type_="unique")
    op.create_index("ix_file_stored_as", "file", ["stored_as"])


def downgrade() -> None:
    op.drop_index("ix_file_stored_as", table_name="file")
    op.execute("DELETE FROM file WHERE subject_type IN ('proposal_folder', 'proposal_version')")
    with op.batch_alter_table("file") as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_file_stored_as"), ["stored_as"])
    op.drop_table("proposal_folder")
