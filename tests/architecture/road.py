"""People who take the road together, each step tried by whoever comes along, and what has to stay true meanwhile."""

import datetime as dt
from collections import Counter
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy import func, select, text

from portal import wiring
from portal.accounts.closing import deactivate_account
from portal.accounts.models import User
from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.collaborations.inputs import Assessment
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.errors import Forbidden, PortalError
from portal.kernel.events import Event
from portal.kernel.policy import VISITOR
from portal.kernel.scopes import Scope
from portal.kernel.subjects import load_subject
from portal.kernel.subscribers import drain
from portal.listings.models import Listing
from portal.notifications.models import Delivery, Notification
from portal.proposals.actions import begin_interest, begin_proposal, save_content
from portal.proposals.inputs import Confirming, InterestText
from portal.proposals.models import Proposal
from portal.proposals.states import ProposalState
from portal.threads.actions import post_message
from tests import build
from tests.architecture.invariants import FLOWS, Invariants
from tests.architecture.stage import CAST, LISTINGS

OFTEN = ("interest", "proposal", "approval", "collaboration", "deliverable", "milestone") * 2
LEADING_ON = 3  # times more often than a step after which nothing follows
OTHERS = ("answer", "edit", "say", "close", "wait", "tell")


def given_for(row: Any, thing: Any) -> Any:
    """Something sensible of what the step takes."""
    if row.takes is None:
        return None
    own = {"Confirming": lambda: Confirming(thing.proposal.digest), "Assessment": lambda: Assessment("It costs nothing.")}
    name = row.takes.__name__
    return own[name]() if name in own else build.GIVEN[name]


class Road(Invariants, RuleBasedStateMachine):
    """What people do. Each rule is one transaction, as each request is, and is followed by `_holds`."""

    taken: Counter[str] = Counter()  # over all plays: that they led somewhere

    def __init__(self) -> None:
        super().__init__()
        self.stage.begin()
        self.now = clock.now()
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
            whole = self.find(session, name, number)
            thing = load_subject(session, name, number, actor=actor)
            assert thing is whole
            about = Event.subject_type == name, Event.subject_id == number, Event.kind == row.fact.kind
            told = select(func.count(Event.id)).where(*about)
            before = session.scalar(told)
            flow.perform(session, thing, row.action, actor=actor, given=given_for(row, thing))
            assert session.scalar(told) == before + 1, "one step, one fact"
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
            thing = self.find(session, name, number)
            rows = FLOWS[name].rows_from(thing.state)
            likely = (*rows, *[row for row in rows if FLOWS[name].rows_from(row.target)] * LEADING_ON)
            actors = [(who, self._actor(session, who)) for who in CAST]
            return [(row, who) for who, actor in actors for row in likely if row.who.holds(actor, thing)]

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
            self.moved_by_the_table(session, now)
            self.chained(session)
            self.versions_stay(session)
            self.accepted_once(session)
            self.paid_within_what_was_agreed(session)
            self.two_persons(session)
            self.read_by_parties_alone(session, {who: self._actor(session, who) for who in CAST})
            self.closed_means_out(session)
        self.states = now
