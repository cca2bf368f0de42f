"""Interests, proposals and their immutable versions."""

import datetime as dt
from typing import Any, Self

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, column_property, foreign, mapped_column, relationship

from portal.accounts.models import User
from portal.approvals.models import Approval
from portal.kernel.db import Base, MinorUnits, UtcTime
from portal.kernel.ids import reference
from portal.kernel.states import enum_column
from portal.kernel.workflow import Dated
from portal.listings.models import Listing
from portal.organisations.models import Organisation
from portal.proposals.models.team import Team
from portal.proposals.models.together import Together, asked_of, kept_by, shares_of
from portal.proposals.states import STANDING, DeclineCode, InterestState, Onward, ProposalState, Screening
from portal.questionnaires.models import Questionnaire

_HELD = text("ended_at IS NULL")
_STANDING = text(f"state IN ({', '.join(repr(str(state)) for state in STANDING)})")


DECISION = "decision"  # the group of columns that tell how a proposal is decided
_DECISION: Any = {"deferred": True, "deferred_group": DECISION}


class Interest(Dated, Base):
    """One page in which somebody says why a listing concerns them."""

    __tablename__ = "interest"
    __table_args__ = (
        UniqueConstraint("listing_id", "author_id"),
        Index("ix_interest_listing", "listing_id", "state"),
        Index("ix_interest_author", "author_id", "state"),
        Index("ix_interest_host", "host_id", "state"),
        Index("ix_interest_organisation", "organisation_id", "state"),
        # A draft may be given up before anybody else knew of it.
        CheckConstraint("state = 'withdrawn' OR (state = 'draft') = (sent_at IS NULL)", "sent_iff_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey(Listing.id))
    host_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))  # the listing's organisation
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id))  # the author's, if any
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    motivation: Mapped[str] = mapped_column(default="")
    experience: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")  # what the owner wrote with the last step
    decline_code: Mapped[DeclineCode | None] = mapped_column(enum_column(DeclineCode))
    # What was asked back and said to it, the newest last: question, asked_at, reply, replied_at. Loaded for its page alone.
    asked: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, deferred=True)
    declared_at: Mapped[UtcTime | None] = mapped_column(deferred=True)  # that nothing in it is confidential
    created_at: Mapped[UtcTime]
    sent_at: Mapped[UtcTime | None]
    reply_due_at: Mapped[UtcTime | None]  # the promised reply date
    answered_at: Mapped[UtcTime | None]
    version: Mapped[int] = mapped_column()
    _state: Mapped[InterestState] = mapped_column("state", enum_column(InterestState), default=InterestState.DRAFT)

    listing: Mapped[Listing] = relationship(lazy="raise_on_sql")
    author: Mapped[User] = relationship(lazy="raise_on_sql")
    host: Mapped[Organisation] = relationship(foreign_keys=[host_id], lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(foreign_keys=[organisation_id], lazy="raise_on_sql")
    passed_on: Mapped["PassedOn | None"] = relationship(viewonly=True, uselist=False, lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}

    @property
    def reference(self) -> str:
        return reference("EI", self.id)

    @property
    def href(self) -> str:
        return f"/interests/{self.reference}"


class Proposal(Together, Dated, Base):
    """One team's answer to one listing. What is being written lies in `draft`; what was sent lies in versions."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_listing", "listing_id", "state"),
        Index("ix_proposal_author", "author_id", "state"),
        Index("ix_proposal_host", "host_id", "state"),
        Index("ix_proposal_organisation", "organisation_id", "state"),
        # One answer of one person to one listing at a time; only what ended without agreement leaves room for another.
        Index("uq_proposal_standing", "listing_id", "author_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
        CheckConstraint("(state IN ('accepted','declined')) <= (decided_at IS NOT NULL)", "decided_is_dated"),
        CheckConstraint("asked_minor >= 0 AND own_minor >= 0", "money_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey(Listing.id))
    interest_id: Mapped[int | None] = mapped_column(ForeignKey(Interest.id))
    host_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id))  # the author's side
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    title: Mapped[str] = mapped_column(String(200))
    draft: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # proposals.inputs.Content as JSON
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    asked_minor: Mapped[MinorUnits] = mapped_column(default=0)  # asked from the host, sum of its budget lines
    own_minor: Mapped[MinorUnits] = mapped_column(default=0)  # own cash and in-kind
    number: Mapped[int] = mapped_column(default=0)  # of the last submitted version; 0: none yet
    decision_note: Mapped[str] = mapped_column(default="")
    decline_code: Mapped[DeclineCode | None] = mapped_column(enum_column(DeclineCode))
    created_at: Mapped[UtcTime]
    edited_at: Mapped[UtcTime]
    submitted_at: Mapped[UtcTime | None]  # first submission; None: the other side knows nothing of it
    decided_at: Mapped[UtcTime | None]
    decide_by: Mapped[UtcTime | None]  # the promised date
    # Of its decision: loaded for its page and its steps.
    screening: Mapped[Screening | None] = mapped_column(enum_column(Screening), **_DECISION)
    screened_at: Mapped[UtcTime | None] = mapped_column(**_DECISION)
    screening_text: Mapped[str] = mapped_column(default="", **_DECISION)  # for the author
    screening_note: Mapped[str] = mapped_column(default="", **_DECISION)  # of the listing's side, for itself
    decided_by_id: Mapped[int | None] = mapped_column(**_DECISION)  # no foreign key: a decision outlives an account
    conditions: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, **_DECISION)  # text, confirmed_at once it is
    objection: Mapped[str] = mapped_column(default="", **_DECISION)  # of the author, to the conditions
    reserve_rank: Mapped[int | None] = mapped_column(**_DECISION)
    reserved_until: Mapped[dt.date | None] = mapped_column(**_DECISION)
    version: Mapped[int] = mapped_column()
    _state: Mapped[ProposalState] = mapped_column("state", enum_column(ProposalState), default=ProposalState.DRAFT)

    # What its row says of those who write it together, so that rules ask no second time; few pages ask for the last two.
    shares: Mapped[str | None] = column_property(shares_of(id))
    asked_of: Mapped[str | None] = column_property(asked_of(id), deferred=True)
    kept_by: Mapped[str | None] = column_property(kept_by(id), deferred=True)
    team: Mapped[Team | None] = relationship(viewonly=True, uselist=False, lazy="raise_on_sql")
    # Written by their ids alone: following each of them at every write costs more than the write.
    listing: Mapped[Listing] = relationship(viewonly=True, lazy="raise_on_sql")
    author: Mapped[User] = relationship(viewonly=True, lazy="raise_on_sql")
    host: Mapped[Organisation] = relationship(foreign_keys=[host_id], viewonly=True, lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], viewonly=True, lazy="raise_on_sql")
    versions: Mapped[list["ProposalVersion"]] = relationship(
        viewonly=True, lazy="raise_on_sql", order_by="ProposalVersion.number.desc()"
    )
    current: Mapped["ProposalVersion | None"] = relationship(
        primaryjoin="and_(foreign(ProposalVersion.proposal_id) == Proposal.id, ProposalVersion.number == Proposal.number)",
        viewonly=True,
        uselist=False,
        lazy="raise_on_sql",
    )
    questionnaire: Mapped[Questionnaire | None] = relationship(
        primaryjoin=lambda: foreign(Questionnaire.listing_id) == Proposal.listing_id,
        viewonly=True,
        uselist=False,
        lazy="raise_on_sql",
    )
    approvals: Mapped[list[Approval]] = relationship(
        primaryjoin="and_(Approval.subject_type == 'proposal', foreign(Approval.subject_id) == Proposal.id)",
        viewonly=True,
        lazy="raise_on_sql",
        order_by=Approval.id,
    )
    passed_on: Mapped["PassedOn | None"] = relationship(viewonly=True, uselist=False, lazy="raise_on_sql")
    held: Mapped["HeldDecision | None"] = relationship(
        primaryjoin="and_(foreign(HeldDecision.proposal_id) == Proposal.id, HeldDecision.ended_at.is_(None))",
        viewonly=True,
        uselist=False,
        lazy="raise_on_sql",
    )  # for the listing's side alone to see

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def answering(cls, listing: Listing, *, host: Organisation, organisation: Organisation, author: User, **rest: Any) -> Self:
        """A new one, with the people and organisations it is between."""
        ids = {"listing_id": listing.id, "host_id": host.id, "organisation_id": organisation.id, "author_id": author.id}
        return cls(listing=listing, host=host, organisation=organisation, author=author, **ids, **rest)

    @property
    def reference(self) -> str:
        return reference("PR", self.id)

    @property
    def href(self) -> str:
        return f"/proposals/{self.reference}"


class ProposalVersion(Base):
    """What was submitted, once and for ever: `sha256` is the fingerprint of its canonical JSON."""

    __tablename__ = "proposal_version"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    at: Mapped[UtcTime]
    proposal: Mapped[Proposal] = relationship(viewonly=True, lazy="raise_on_sql")


class PassedOn(Base):
    """Where the author of an answer was sent on to, once and for ever: a listing, a person, or neither for the role mailbox."""

    __tablename__ = "passed_on"
    __table_args__ = (
        CheckConstraint("(interest_id IS NULL) <> (proposal_id IS NULL)", "of_one_thing"),
        CheckConstraint("(kind = 'listing') = (listing_id IS NOT NULL)", "listing_iff_named"),
        CheckConstraint("(kind = 'person') = (person_id IS NOT NULL)", "person_iff_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    interest_id: Mapped[int | None] = mapped_column(ForeignKey(Interest.id), unique=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id), unique=True)
    kind: Mapped[Onward] = mapped_column(enum_column(Onward))
    listing_id: Mapped[int | None] = mapped_column(ForeignKey(Listing.id), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    listing: Mapped[Listing | None] = relationship(viewonly=True, lazy="raise_on_sql")


class HeldDecision(Base):
    """What the owner of a listing decided on one proposal and keeps back, to tell several authors together.

    The proposal itself knows nothing of it: nothing of it changes before the release.
    """

    __tablename__ = "held_decision"
    __table_args__ = (
        Index("uq_held_decision_open", "proposal_id", unique=True, sqlite_where=_HELD, postgresql_where=_HELD),
        Index("ix_held_decision_proposal", "proposal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id))
    action: Mapped[str] = mapped_column(String(32))  # a step of the proposal's workflow
    given: Mapped[dict[str, Any]] = mapped_column(JSON)  # what the step takes
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    held_at: Mapped[UtcTime]
    ended_at: Mapped[UtcTime | None]  # when it was told or given up
    proposal: Mapped[Proposal] = relationship(viewonly=True, lazy="raise_on_sql")
    by: Mapped[User] = relationship(viewonly=True, lazy="raise_on_sql")
