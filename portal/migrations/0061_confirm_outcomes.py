"""Confirm outcomes."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

# Reported by the host where its lead recorded it, else by the partner; waiting to be confirmed since then.
_FILL = """
UPDATE outcome SET asked_at = at, side_id = (
  SELECT CASE WHEN collaboration.host_lead_id = outcome.recorded_by_id THEN host_id ELSE organisation_id END
  FROM collaboration WHERE collaboration.id = outcome.collaboration_id)
"""
_FIRST = """
INSERT INTO outcome_version (outcome_id, number, kind, title, address, identifier, reason, by_id, at)
SELECT id, 1, kind, title, address, identifier, '', recorded_by_id, at FROM outcome
"""


def upgrade() -> None:
    with op.batch_alter_table("outcome") as batch_op:
        batch_op.add_column(sa.Column("side_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("note", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("state", sa.String(32), nullable=False, server_default="reported"))
    op.execute(_FILL)
    with op.batch_alter_table("outcome") as batch_op:
        batch_op.alter_column("side_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("asked_at", existing_type=sa.DateTime(), nullable=False)
        for name, kind in (("note", sa.String()), ("version", sa.Integer()), ("state", sa.String(32))):
            batch_op.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
        batch_op.create_foreign_key(batch_op.f("fk_outcome_side_id_organisation"), "organisation", ["side_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_outcome_confirmed_by_id_account"), "account", ["confirmed_by_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_outcome_confirmed_iff_dated"), "(state = 'confirmed') = (confirmed_at IS NOT NULL)"
        )
    op.create_table(
        "outcome_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("address", sa.String(2000), nullable=False),
        sa.Column("identifier", sa.String(320), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name=op.f("ck_outcome_version_confirmed_by_somebody")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_outcome_version_by_id_account")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["account.id"], name=op.f("fk_outcome_version_confirmed_by_id_account")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcome.id"], name=op.f("fk_outcome_version_outcome_id_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_version")),
        sa.UniqueConstraint("outcome_id", "number", name=op.f("uq_outcome_version_outcome_id_number")),
    )
    op.execute(_FIRST)


def downgrade() -> None:
    op.drop_table("outcome_version")
    op.execute("DELETE FROM outcome WHERE state = 'withdrawn'")
    with op.batch_alter_table("outcome") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_outcome_confirmed_iff_dated"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_outcome_confirmed_by_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_outcome_side_id_organisation"), type_="foreignkey")
        for name in ("state", "version", "confirmed_by_id", "confirmed_at", "note", "asked_at", "side_id"):
            batch_op.drop_column(name)
