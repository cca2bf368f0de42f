"""People who take the road together, each step tried by whoever comes along, and what has to stay true meanwhile."""

import datetime as dt
import hashlib
import json
from collections import Counter
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy import func, select, text

from portal import wiring
from portal.accounts.closing import deactivate_account
from portal.accounts.models import AccountSession, User
from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.collaborations.inputs import Assessment
from portal.collaborations.models import Collaboration
from portal.collaborations.queries import CHANGE, CLAIM, FULL, ITEM
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.errors import Forbidden, PortalError
from portal.kernel.events import Event, verify_chain
from portal.kernel.policy import VISITOR
from portal.kernel.scopes import Scope
from portal.kernel.subjects import all_subjects, load_subject
from portal.kernel.subscribers import drain
from portal.listings.models import Listing
from portal.notifications.models import Delivery, Notification
from portal.proposals.actions import begin_interest, begin_proposal, save_content
from portal.proposals.inputs import Confirming, InterestText
from portal.proposals.models import Proposal, ProposalVersion
from portal.proposals.states import ProposalState
from portal.threads.actions import post_message
from tests import build
from tests.architecture.stage import CAST, LISTINGS, Stage

# Things that move on the road; the others have their own tests.
ELSEWHERE = {"organisation", "invitation", "merger", "emergency", "announcement"}
FLOWS = {flow.name: flow for flow in wiring.FLOWS if flow.name not in ELSEWHERE}
OFTEN = ("interest", "proposal", "approval", "collaboration", "deliverable", "milestone") * 2
LEADING_ON = 3  # times more often than a step after which nothing follows
OTHERS = ("answer", "edit", "say", "close", "wait", "tell")
# What its steps look at, as its page loads it.
WITH = {"collaboration": FULL, "change_request": CHANGE, "check_item": ITEM, "claim": CLAIM}


def given_for(row: Any, thing: Any) -> Any:
    """Something sensible of what the step takes."""
    if row.takes is None:
        return None
    own = {"Confirming": lambda: Confirming(thing.proposal.digest), "Assessment": lambda: Assessment("It costs nothing.")}
    name = row.takes.__name__
    return own[name]() if name in own else build.GIVEN[name]


class Road(RuleBasedStateMachine):
    """What people do. Each rule is one transaction, as each request is, and is followed by `_holds`."""

    stage: Stage
    taken: Counter[str] = Counter()  # over all plays: that they led somewhere

    def __init__(self) -> None:
        super().__init__()
        self.stage.begin()
        self.now = clock.now()
        self.digests: dict[int, str] = {}
        self.sound = 0
        self.states = self._states()
        self.done = 0

    @rule(data=st.data(), who=st.sampled_from(CAST), what=st.sampled_from(("step",) * 6 + OTHERS))
    def go_on(self, data: st.DataObject, who: str, what: str) -> None:
        getattr(self, what)(data, who)

    def answer(self, data: st.DataObject, who: str) -> None:
        listing, directly = data.draw(st.integers(0, LISTINGS - 1)), data.draw(st.booleans())

        def act(session: Any, actor: Any) -> None:
            found = session.scalars(select(Listing).order_by(Listing.id)).all()[listing]
            thing = load_subject(session, "listing", found.id, actor=actor)
            if directly:
                proposal = begin_proposal(session, thing, actor=actor)
                save_content(session, proposal, build.content(), actor=actor, version=proposal.version)
            else:
                begin_interest(session, thing, InterestText("It fits.", "", "1"), actor=actor)

        self._try(who, act)

    def step(self, data: st.DataObject, who: str) -> None:
        """Anything, by anybody; three times in four something that is possible, and rather not the end of something."""
        name = data.draw(st.sampled_from(OFTEN + tuple(FLOWS)).filter(lambda name: any(of == name for of, _ in self.states)))
        number = data.draw(st.sampled_from(sorted(number for of, number in self.states if of == name)))
        flow = FLOWS[name]
        able = self._able(name, number) if data.draw(st.integers(0, 3)) < 3 else []
        row, who = data.draw(st.sampled_from(able)) if able else (data.draw(st.sampled_from(flow.table)), who)

        def act(session: Any, actor: Any) -> None:
            whole = self._find(session, name, number)
            thing = load_subject(session, name, number, actor=actor)
            assert thing is whole
            flow.perform(session, thing, row.action, actor=actor, given=given_for(row, thing))
            self.taken[f"{name}.{row.action}"] += 1

        self._try(who, act)

    def edit(self, data: st.DataObject, who: str) -> None:
        numbers = [number for name, number in self.states if name == "proposal"]
        number, words = data.draw(st.sampled_from(numbers)), data.draw(st.sampled_from(("One", "Two", "Three")))

        def act(session: Any, actor: Any) -> None:
            proposal = load_subject(session, "proposal", number, actor=actor)
            save_content(session, proposal, build.content(summary=words), actor=actor, version=proposal.version)

        self._try(who, act)

    def say(self, data: st.DataObject, who: str) -> None:
        (name, number), inside = data.draw(st.sampled_from(sorted(self.states))), data.draw(st.booleans())

        def act(session: Any, actor: Any) -> None:
            scope = Scope(min(actor.organisations, default=None) if inside else None)
            post_message(session, name, number, "Hello.", actor=actor, scope=scope)

        self._try(who, act)

    def close(self, _data: st.DataObject, who: str) -> None:
        """An administrator closes an account – seldom: somebody has to go on."""
        if who == "administrator" or self.done % 3:
            return

        def act(session: Any, actor: Any) -> None:
            deactivate_account(session, session.get_one(User, self.stage.people[who]), actor=actor)

        self._try("administrator", act)

    def wait(self, data: st.DataObject, _who: str) -> None:
        """Time goes by, and what only time moves is moved."""
        self.now += dt.timedelta(days=data.draw(st.sampled_from((1, 9, 40))))
        before = self._decided()
        with clock.at(self.now):
            for move in wiring.TIMED:
                with self.stage.database.writing() as session, transaction(session):
                    move(session)
        assert self._decided() == before, "time decided something"
        self._holds()

    def tell(self, _data: st.DataObject, _who: str) -> None:
        """The news go out: each once for each person, and to those alone who may read what they are about."""
        with self.stage.database.reading() as session:
            newest = session.scalar(select(func.max(Notification.id))) or 0
        with clock.at(self.now):
            drain(self.stage.database, wiring.SUBSCRIBERS)
            drain(self.stage.database, wiring.SUBSCRIBERS)
        with self.stage.database.reading() as session:
            for told in session.scalars(select(Notification).where(Notification.id > newest)).all():
                reader = wiring.actor_for(session, told.account_id)
                assert reader is not None
                load_subject(session, told.subject_type, told.subject_id, actor=reader)
            per_event = select(func.count()).select_from(Notification).group_by(Notification.account_id, Notification.event_id)
            assert set(session.scalars(per_event)) <= {1}
            mails = select(func.count()).select_from(Delivery).where(Delivery.notification_id.is_not(None))
            assert set(session.scalars(mails.group_by(Delivery.notification_id))) <= {1}

    def _try(self, who: str, act: Any) -> None:
        """One request: all of it, or a refusal that leaves no trace."""
        before = self._newest()
        refused = False
        with clock.at(self.now), self.stage.database.writing() as session:
            try:
                with transaction(session):
                    actor = self._actor(session, who)
                    if actor is VISITOR:  # the account is closed: every form leads to signing in
                        raise Forbidden
                    act(session, actor)
            except PortalError:
                refused = True
        self.done += not refused
        if refused:
            assert self._newest() == before
            assert self._states() == self.states
        self._holds()

    def _actor(self, session: Any, who: str) -> Any:
        return wiring.actor_for(session, self.stage.people[who]) or VISITOR

    def _able(self, name: str, number: int) -> list[tuple[Any, str]]:
        """The steps that a thing may take now, with those who may take them."""
        with self.stage.database.reading() as session:
            thing = self._find(session, name, number)
            rows = FLOWS[name].rows_from(thing.state)
            likely = (*rows, *[row for row in rows if FLOWS[name].rows_from(row.target)] * LEADING_ON)
            actors = [(who, self._actor(session, who)) for who in CAST]
            return [(row, who) for who, actor in actors for row in likely if row.who.holds(actor, thing)]

    def _find(self, session: Any, name: str, number: int) -> Any:
        subject = all_subjects()[name]
        return session.get(subject.model, number, options=[*subject.options, *WITH.get(name, ())])

    def _newest(self) -> int:
        with self.stage.database.reading() as session:
            return session.scalar(select(func.max(Event.id))) or 0

    def _states(self) -> dict[tuple[str, int], str]:
        with self.stage.database.reading() as session:
            return {
                (name, number): state
                for name in FLOWS
                for number, state in session.execute(text(f"SELECT id, state FROM {name}"))
            }

    def _decided(self) -> tuple[int, int]:
        with self.stage.database.reading() as session:
            accepted = session.scalar(select(func.count(Proposal.id)).where(Proposal._state == ProposalState.ACCEPTED))
            return accepted, session.scalar(select(func.count(Approval.id)).where(Approval._state == ApprovalState.APPROVED))

    def _holds(self) -> None:
        now = self._states()
        with self.stage.database.reading() as session:
            self._moved_by_the_table(session, now)
            self._chained(session)
            self._versions_stay(session)
            self._accepted_once(session)
            self._two_persons(session)
            self._read_by_parties_alone(session, {who: self._actor(session, who) for who in CAST})
            self._closed_means_out(session)
        self.states = now

    def _moved_by_the_table(self, session: Any, now: dict[tuple[str, int], str]) -> None:
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

    def _chained(self, session: Any) -> None:
        sound, broken = verify_chain(session, after=self.sound)
        assert broken is None
        self.sound += sound

    def _versions_stay(self, session: Any) -> None:
        for version in session.scalars(select(ProposalVersion)).all():
            digest = hashlib.sha256(json.dumps(version.content, sort_keys=True).encode()).hexdigest()
            assert self.digests.setdefault(version.id, digest) == digest

    def _accepted_once(self, session: Any) -> None:
        accepted = set(session.scalars(select(Proposal.id).where(Proposal._state == ProposalState.ACCEPTED)))
        opened = sorted(session.scalars(select(Collaboration.proposal_id)))
        assert opened == sorted(accepted)
        told = select(Event.subject_id).where(Event.subject_type == "proposal", Event.kind == "proposal.accepted")
        assert sorted(session.scalars(told)) == opened

    def _two_persons(self, session: Any) -> None:
        """Nobody approves what they asked for, and nobody fills two slots of one side."""
        seen = set()
        for slot in session.scalars(select(Approval).where(Approval._state == ApprovalState.APPROVED)).all():
            proposal = session.get_one(Proposal, slot.subject_id)
            assert slot.decided_by_id not in (slot.requester_id, slot.counterpart_id, proposal.author_id)
            key = slot.subject_id, slot.number, slot.organisation_id, slot.decided_by_id
            assert key not in seen
            seen.add(key)

    def _read_by_parties_alone(self, session: Any, actors: dict[str, Any]) -> None:
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
                self._compare(self._find(session, name, number), actors, at_most)
        for number, theirs, host, first, second in session.execute(
            text("SELECT id, organisation_id, host_id, host_lead_id, partner_lead_id FROM collaboration")
        ).all():
            at_most = {first, second} | self._officers(seats, theirs) | self._officers(seats, host)
            self._compare(self._find(session, "collaboration", number), actors, at_most)

    def _officers(self, seats: dict[Any, set[str]], organisation: int | None) -> set[int]:
        return {account for (account, at), roles in seats.items() if at == organisation and "officer" in roles}

    def _co_owners(self, session: Any, number: int, name: str) -> set[int]:
        query = f"SELECT account_id FROM listing_co_owner WHERE listing_id = (SELECT listing_id FROM {name} WHERE id = {number})"
        return set(session.scalars(text(query)))

    def _compare(self, thing: Any, actors: dict[str, Any], at_most: set[int]) -> None:
        for who, actor in actors.items():
            if all_subjects()[thing.__tablename__].read.holds(actor, thing):
                assert self.stage.people[who] in at_most, (who, thing, thing.state)

    def _closed_means_out(self, session: Any) -> None:
        closed = select(User.id).where(User.active.is_(False))
        live = select(AccountSession.id).where(AccountSession.account_id.in_(closed), AccountSession.ended_at.is_(None))
        assert not session.scalars(live).all()
