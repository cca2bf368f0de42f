"""What partners of a proposal stand behind, and who of the team writes which part of it."""

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.kernel.db import Base, UtcTime
from portal.kernel.ids import reference
from portal.kernel.states import enum_column
from portal.kernel.workflow import Stateful
from portal.organisations.models import Organisation
from portal.proposals.states import ConfirmationState

# Written as a list for SQLite's sake, see `those_in`.
_LIVE = text(
    f"state IN ({', '.join(repr(str(state)) for state in ConfirmationState if state is not ConfirmationState.LEFT_OUT)})"
)


class Confirmation(Stateful, Base):
    """The word of one partner organisation on exactly what a proposal says, given by the person who leads for it.

    `organisation_id` is the author's side. `digest` names what was confirmed; any other text was not.
    """

    __tablename__ = "confirmation"
    __table_args__ = (
        Index("ix_confirmation_lead", "lead_id", "state"),
        Index("ix_confirmation_proposal", "proposal_id", "state"),
        Index("uq_confirmation_partner", "proposal_id", "partner_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    partner_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    lead_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    digest: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(default="")  # why they object
    asked_at: Mapped[UtcTime | None]
    reminded_at: Mapped[UtcTime | None]
    answered_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[ConfirmationState] = mapped_column("state", enum_column(ConfirmationState), default=ConfirmationState.OPEN)
    proposal: Mapped["Proposal"] = relationship(viewonly=True, lazy="raise_on_sql")  # type: ignore[name-defined]  # noqa: F821
    partner: Mapped[Organisation] = relationship(foreign_keys=[partner_id], viewonly=True, lazy="raise_on_sql")
    lead: Mapped[User] = relationship(viewonly=True, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def called(self) -> str:
        """What its steps are about."""
        return reference("PR", self.proposal_id)

    @property
    def href(self) -> str:
        return f"/confirmations/{self.id}"


class Section(Base):
    """Who of the team writes one part of a proposal, and whether they are done with it."""

    __tablename__ = "proposal_section"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True)
    done_at: Mapped[UtcTime | None]
