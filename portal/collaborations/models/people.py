"""Who takes part in a collaboration beside its leads, and how one lead followed another."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, cast, func, select, text, type_coerce
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.collaborations.states import HandOverState, Part, PartState
from portal.kernel.db import Base, UtcTime, those_in
from portal.kernel.states import enum_column, member_of
from portal.kernel.workflow import Stateful
from portal.organisations.models import Organisation

_ENOUGH = String(4000)  # no long text: accounts are looked up with it
_LIVE = text(f"state IN ('{PartState.INVITED}', '{PartState.ACTIVE}')")
_PROPOSED = those_in(HandOverState.PROPOSED)


class Participant(Stateful, Base):
    """One part beside the leads. A member is named by their own side, with or without an account; a guest belongs to neither,
    is invited by an address, and takes part up to a last day.
    """

    __tablename__ = "participant"
    __table_args__ = (
        Index("ix_participant_collaboration", "collaboration_id", "state"),
        Index("ix_participant_account", "account_id", "state"),
        Index("ix_participant_due", "state", "until_on"),
        Index(
            "uq_participant_account",
            *("collaboration_id", "account_id"),
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("uq_participant_email", "collaboration_id", "email", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        CheckConstraint("(part = 'guest') = (until_on IS NOT NULL)", "guests_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey("collaboration.id"))
    part: Mapped[Part] = mapped_column(enum_column(Part))
    side_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))  # the member's own side, or the one that invited the guest
    from_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id))  # the guest's own organisation
    account_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    email: Mapped[str | None] = mapped_column(String(254))  # where a guest was invited, in lower case
    name: Mapped[str] = mapped_column(String(200), default="")  # of somebody without an account
    role: Mapped[str] = mapped_column(String(200), default="")  # in the work
    is_key: Mapped[bool] = mapped_column(default=False)  # agreed by both leads to be a key person
    reason: Mapped[str] = mapped_column(default="")  # why a guest is needed
    until_on: Mapped[dt.date | None]  # a guest's last day
    expires_at: Mapped[UtcTime | None]  # of the invitation
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))  # None: carried over from the proposal
    named_at: Mapped[UtcTime]
    ended_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[PartState] = mapped_column("state", enum_column(PartState), default=PartState.INVITED)
    collaboration: Mapped["Collaboration"] = relationship(lazy="raise_on_sql")  # type: ignore[name-defined]  # noqa: F821 - made above it
    side: Mapped[Organisation] = relationship(foreign_keys=[side_id], viewonly=True, lazy="raise_on_sql")
    from_organisation: Mapped[Organisation | None] = relationship(foreign_keys=[from_id], viewonly=True, lazy="raise_on_sql")
    account: Mapped[User | None] = relationship(foreign_keys=[account_id], viewonly=True, lazy="raise_on_sql")
    named_by: Mapped[User | None] = relationship(foreign_keys=[named_by_id], viewonly=True, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about a part belong to the side that named or invited them."""
        return self.side_id

    @property
    def called(self) -> str:
        """Their name; a guest who has not answered is called by the address that was entered."""
        if self.part is Part.GUEST and self._state is PartState.INVITED:
            return self.email or ""
        return self.account.name if self.account else self.name or self.email or ""

    @property
    def href(self) -> str:
        return f"/participants/{self.id}"


class HandOver(Stateful, Base):
    """One lead of one side and who was asked to follow. Both stay readable on it."""

    __tablename__ = "hand_over"
    __table_args__ = (
        Index("ix_hand_over_collaboration", "collaboration_id", "state"),
        Index("ix_hand_over_waiting", "to_id", "state"),
        Index(
            "uq_hand_over_proposed",
            *("collaboration_id", "side_id"),
            unique=True,
            sqlite_where=_PROPOSED,
            postgresql_where=_PROPOSED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey("collaboration.id"))
    side_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    from_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    to_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    text: Mapped[str]  # why, and what the successor should know
    note: Mapped[str] = mapped_column(default="")  # why it was declined
    asked_at: Mapped[UtcTime]
    decided_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[HandOverState] = mapped_column("state", enum_column(HandOverState), default=HandOverState.PROPOSED)
    collaboration: Mapped["Collaboration"] = relationship(lazy="raise_on_sql")  # type: ignore[name-defined]  # noqa: F821 - made above it
    side: Mapped[Organisation] = relationship(viewonly=True, lazy="raise_on_sql")
    from_person: Mapped[User] = relationship(foreign_keys=[from_id], viewonly=True, lazy="raise_on_sql")
    to_person: Mapped[User] = relationship(foreign_keys=[to_id], viewonly=True, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about it belong to the side whose lead it is."""
        return self.side_id

    @property
    def href(self) -> str:
        return f"/hand-overs/{self.id}"


@dataclass(frozen=True)
class Mark:
    """What the row of a collaboration says of one person who takes part."""

    part: Part
    side_id: int
    until_on: dt.date | None


class Peopled:
    """Mixin of the collaboration, over the column that `marks_of` fills."""

    marks: Any

    @property
    def team(self) -> dict[int, Mark]:
        """Members and guests with an account, by its number."""
        marks = (mark.split(":") for mark in (self.marks or "").split())
        return {
            int(number): Mark(member_of(Part, part), int(side), dt.date.fromisoformat(until) if until else None)
            for number, part, side, until in marks
        }


def marks_of(collaboration_id: Any) -> Any:
    """Account, part, side and last day of those who take part: `7:member:3: 9:guest:3:2027-01-15`."""
    until = func.coalesce(cast(Participant.until_on, String), "")
    who = cast(Participant.account_id, String) + ":" + cast(Participant.part, String)
    mark = who + ":" + cast(Participant.side_id, String) + ":" + until
    active = Participant.account_id.is_not(None), Participant._state == PartState.ACTIVE
    query = select(func.aggregate_strings(mark, " ")).where(Participant.collaboration_id == collaboration_id, *active)
    return type_coerce(query.correlate_except(Participant).scalar_subquery(), _ENOUGH)
