"""Requests to change what was agreed, and who agreed to them."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.collaborations.models.collaboration import Collaboration
from portal.collaborations.models.people import Participant
from portal.collaborations.states import MUST_AGREE, ChangeKind, ChangeState, Stand
from portal.kernel.db import Base, MinorUnits, UtcTime
from portal.kernel.states import enum_column
from portal.kernel.text import Words
from portal.kernel.workflow import Stateful


class ChangeRequest(Stateful, Base):
    """One wish to change what was agreed. What it replaced stays on it once it is in force."""

    __tablename__ = "change_request"
    __table_args__ = (Index("ix_change_request_waiting", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collaboration_id: Mapped[int] = mapped_column(ForeignKey(Collaboration.id), index=True)
    kind: Mapped[ChangeKind] = mapped_column(enum_column(ChangeKind))
    text: Mapped[str]
    until_on: Mapped[dt.date | None]
    amount_minor: Mapped[MinorUnits | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Participant.id))  # who becomes a key person
    before_on: Mapped[dt.date | None]
    before_minor: Mapped[MinorUnits | None]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    submitted_at: Mapped[UtcTime | None]
    due_at: Mapped[UtcTime | None]  # until when an answer is hoped for
    assessment: Mapped[str] = mapped_column(default="")
    assessed_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    yeses: Mapped[int] = mapped_column(default=0)  # written with each, so that of two at once the second is told
    note: Mapped[str] = mapped_column(default="")  # why it was refused
    decided_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[ChangeState] = mapped_column("state", enum_column(ChangeState), default=ChangeState.DRAFT)
    collaboration: Mapped[Collaboration] = relationship(lazy="raise_on_sql")
    person: Mapped[Participant | None] = relationship(lazy="raise_on_sql")
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id], lazy="raise_on_sql")
    assessed_by: Mapped[User | None] = relationship(foreign_keys=[assessed_by_id], lazy="raise_on_sql")
    consents: Mapped[list["ChangeConsent"]] = relationship(lazy="raise_on_sql", order_by="ChangeConsent.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def organisation_id(self) -> int:
        """Facts about a change belong to the partner who does the work."""
        return self.collaboration.organisation_id

    @property
    def called(self) -> Words:
        return Words(self.kind.label)

    @property
    def missing(self) -> tuple[Stand, ...]:
        """Who has still to agree."""
        given = {consent.stand for consent in self.consents}
        return tuple(stand for stand in MUST_AGREE[self.kind] if stand not in given)


class ChangeConsent(Base):
    """One yes. Nobody gives two for the same change."""

    __tablename__ = "change_consent"
    __table_args__ = (UniqueConstraint("change_id", "stand"), UniqueConstraint("change_id", "by_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey(ChangeRequest.id))
    stand: Mapped[Stand] = mapped_column(enum_column(Stand))
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    by: Mapped[User] = relationship(lazy="raise_on_sql")
