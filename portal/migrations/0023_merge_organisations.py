"""Merge organisations that stand here twice."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisation") as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_organisation_merged_into_id_organisation"), "organisation", ["merged_into_id"], ["id"]
        )
    op.create_table(
        "merger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_version", sa.Integer(), nullable=False),
        sa.Column("kept_version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state", sa.Enum("asked", "merged", "declined", name="mergerstate", native_enum=False, length=32), nullable=False
        ),
        sa.CheckConstraint("gone_id <> kept_id", name=op.f("ck_merger_of_two")),
        sa.CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name=op.f("ck_merger_decided_iff_dated")),
        sa.ForeignKeyConstraint(["gone_id"], ["organisation.id"], name=op.f("fk_merger_gone_id_organisation")),
        sa.ForeignKeyConstraint(["kept_id"], ["organisation.id"], name=op.f("fk_merger_kept_id_organisation")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_merger_asked_by_id_account")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_merger_decided_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merger")),
    )
    open_ones = sa.text("state = 'asked'")
    op.create_index("uq_merger_open", "merger", ["gone_id"], unique=True, sqlite_where=open_ones, postgresql_where=open_ones)
    op.create_table(
        "merger_ended_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merger_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("limit_minor", sa.BigInteger(), nullable=True),
        sa.Column("limit_currency", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(
            ["merger_id"], ["merger.id"], name=op.f("fk_merger_ended_roles_merger_id_merger"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_merger_ended_roles_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merger_ended_roles")),
    )
    op.create_index("ix_merger_ended_roles_merger", "merger_ended_roles", ["merger_id"])
    op.create_index(op.f("ix_merger_ended_roles_account_id"), "merger_ended_roles", ["account_id"])


def downgrade() -> None:
    op.drop_table("merger_ended_roles")
    op.drop_table("merger")
    with op.batch_alter_table("organisation") as batch_op:
        batch_op.drop_constraint(op.f("fk_organisation_merged_into_id_organisation"), type_="foreignkey")
        batch_op.drop_column("merged_into_id")
