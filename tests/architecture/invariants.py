"""What has to stay true of a portal whatever people do on the road, told from its tables."""

import hashlib
import json
from typing import Any

from sqlalchemy import func, select, text

from portal import wiring
from portal.accounts.models import AccountSession, User
from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.collaborations.models import Claim, Collaboration, HandedIn, Minutes, OutcomeVersion, ReportVersion
from portal.collaborations.queries import CHANGE, CLAIM, FULL, ITEM
from portal.collaborations.states import GRANTED
from portal.kernel.events import Event, verify_chain
from portal.kernel.subjects import all_subjects
from portal.proposals.models import Proposal, ProposalVersion
from portal.proposals.states import ProposalState
from tests.architecture.stage import Stage

# Things that move on the road; the others have their own tests.
ELSEWHERE = {"organisation", "invitation", "merger", "emergency", "announcement"}
FLOWS = {flow.name: flow for flow in wiring.FLOWS if flow.name not in ELSEWHERE}
# What its steps look at, as its page loads it.
WITH = {"collaboration": FULL, "change_request": CHANGE, "check_item": ITEM, "claim": CLAIM}

# What stays as it was, with what it says.
VERSIONS: dict[Any, tuple[Any, ...]] = {
    ProposalVersion: (ProposalVersion.content,),
    HandedIn: (HandedIn.text, HandedIn.evidence),
    ReportVersion: (ReportVersion.text, ReportVersion.evidence),
    OutcomeVersion: (OutcomeVersion.title, OutcomeVersion.identifier),
    Minutes: (Minutes.text, Minutes.decisions),
}


class Invariants:
    """Of the play on `stage`; `states` are those before the step that was just taken."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.digests: dict[tuple[str, int], str] = {}
        self.sound = 0
        self.states: dict[tuple[str, int], str] = {}

    def find(self, session: Any, name: str, number: int) -> Any:
        """A thing as its page loads it."""
        subject = all_subjects()[name]
        return session.get(subject.model, number, options=[*subject.options, *WITH.get(name, ())])

    def moved_by_the_table(self, session: Any, now: dict[tuple[str, int], str]) -> None:
        """Each state was reached along rows of the table, and each step left its fact."""
        for (name, number), state in now.items():
            flow, was = FLOWS[name], self.states.get((name, number), str(FLOWS[name].start.value))
            if state == was:
                continue
            reached, front = {was}, {was}
            while front := {str(row.target.value) for row in flow.table if {str(s.value) for s in row.source} & front} - reached:
                reached |= front
            assert state in reached, (name, was, state)
            kinds = {row.fact.kind for row in flow.table if str(row.target.value) == state}
            told = select(Event.id).where(Event.subject_type == name, Event.subject_id == number, Event.kind.in_(kinds))
            assert session.scalars(told).first(), (name, was, state)

    def chained(self, session: Any) -> None:
        sound, broken = verify_chain(session, after=self.sound)
        assert broken is None
        self.sound += sound

    def versions_stay(self, session: Any) -> None:
        """What was once submitted, handed in, reported or written down is never another text afterwards."""
        for model, told in VERSIONS.items():
            for number, *said in session.execute(select(model.id, *told)):
                digest = hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
                assert self.digests.setdefault((model.__tablename__, number), digest) == digest

    def paid_within_what_was_agreed(self, session: Any) -> None:
        """However claims and changes of the sum cross each other."""
        granted = select(Claim.collaboration_id, func.sum(Claim.total_minor)).where(Claim._state.in_(GRANTED))
        for number, total in session.execute(granted.group_by(Claim.collaboration_id)):
            assert total <= session.scalar(select(Collaboration.asked_minor).where(Collaboration.id == number))

    def accepted_once(self, session: Any) -> None:
        accepted = set(session.scalars(select(Proposal.id).where(Proposal._state == ProposalState.ACCEPTED)))
        opened = sorted(session.scalars(select(Collaboration.proposal_id)))
        assert opened == sorted(accepted)
        told = select(Event.subject_id).where(Event.subject_type == "proposal", Event.kind == "proposal.accepted")
        assert sorted(session.scalars(told)) == opened

    def two_persons(self, session: Any) -> None:
        """Nobody approves what they asked for, and nobody fills two slots of one side."""
        seen = set()
        for slot in session.scalars(select(Approval).where(Approval._state == ApprovalState.APPROVED)).all():
            proposal = session.get_one(Proposal, slot.subject_id)
            assert slot.decided_by_id not in (slot.requester_id, slot.counterpart_id, proposal.author_id)
            key = slot.subject_id, slot.number, slot.organisation_id, slot.decided_by_id
            assert key not in seen
            seen.add(key)

    def read_by_parties_alone(self, session: Any, actors: dict[str, Any]) -> None:
        """Told from the tables, without the portal's rules: who may read at most."""
        seats = {
            (account, organisation): set(json.loads(roles))
            for account, organisation, roles in session.execute(
                text("SELECT account_id, organisation_id, roles FROM membership WHERE state = 'active'")
            )
        }
        for name, column in (("interest", "sent_at"), ("proposal", "submitted_at")):
            query = text(
                f"SELECT t.id, t.author_id, t.organisation_id, t.host_id, t.{column}, l.owner_id "
                f"FROM {name} t JOIN listing l ON l.id = t.listing_id"
            )
            for number, author, theirs, host, sent, owner in session.execute(query).all():
                at_most = {author} | self._officers(seats, theirs)
                if sent:
                    at_most |= {owner} | self._officers(seats, host) | self._co_owners(session, number, name)
                self._compare(self.find(session, name, number), actors, at_most)
        for number, theirs, host, first, second in session.execute(
            text("SELECT id, organisation_id, host_id, host_lead_id, partner_lead_id FROM collaboration")
        ).all():
            at_most = {first, second} | self._officers(seats, theirs) | self._officers(seats, host)
            self._compare(self.find(session, "collaboration", number), actors, at_most)

    def _officers(self, seats: dict[Any, set[str]], organisation: int | None) -> set[int]:
        return {account for (account, at), roles in seats.items() if at == organisation and "officer" in roles}

    def _co_owners(self, session: Any, number: int, name: str) -> set[int]:
        query = f"SELECT account_id FROM listing_co_owner WHERE listing_id = (SELECT listing_id FROM {name} WHERE id = {number})"
        return set(session.scalars(text(query)))

    def _compare(self, thing: Any, actors: dict[str, Any], at_most: set[int]) -> None:
        for who, actor in actors.items():
            if all_subjects()[thing.__tablename__].read.holds(actor, thing):
                assert self.stage.people[who] in at_most, (who, thing, thing.state)

    def closed_means_out(self, session: Any) -> None:
        closed = select(User.id).where(User.active.is_(False))
        live = select(AccountSession.id).where(AccountSession.account_id.in_(closed), AccountSession.ended_at.is_(None))
        assert not session.scalars(live).all()
