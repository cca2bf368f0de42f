"""The life of the demonstration's collaborations: work handed in and accepted, now and then late, closed with outcomes."""

import datetime as dt
from typing import Any

from sqlalchemy import select

from portal.collaborations.inputs import HandIn
from portal.collaborations.models import Collaboration, Deliverable, Milestone
from portal.collaborations.queries import FULL
from portal.collaborations.seeds.changes import ask_for_pause, ask_for_time
from portal.collaborations.seeds.documents import file_papers, show
from portal.collaborations.seeds.lists import judge, settle
from portal.collaborations.seeds.meetings import meet
from portal.collaborations.seeds.money import settle_claims, spend
from portal.collaborations.seeds.outcomes import ask_the_personas, report
from portal.collaborations.seeds.people import hand_over, name_teams
from portal.collaborations.seeds.plan import begin_next, slip
from portal.collaborations.seeds.reports import finish, schedule
from portal.collaborations.seeds.risks import watch
from portal.collaborations.states import AHEAD, Checklist, CollaborationState
from portal.collaborations.workflow import COLLABORATION_FLOW, DELIVERABLE_FLOW, MILESTONE_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage
from portal.threads.actions import post_message

_WEEK = 7


def seed(stage: Stage) -> None:
    """Look every week for collaborations that opened since, and give each its own appointments."""
    for days in range(700, 0, -_WEEK):
        stage.plan(stage.ago(days), lambda: _welcome_new(stage))
    stage.plan(stage.today - dt.timedelta(hours=2), lambda: _welcome_new(stage))
    stage.plan(stage.today - dt.timedelta(days=3), lambda: _busy_weeks(stage))


def _busy_weeks(stage: Stage) -> None:
    """What is new for those who can be tried: something to confirm with what shows it, and papers."""
    for collaboration in dict.fromkeys(ask_the_personas(stage)):
        file_papers(stage, collaboration, _leads(stage, collaboration))
        show(stage, collaboration)


def _welcome_new(stage: Stage) -> None:
    known = [one.id for (what, _), one in stage.made.items() if what == "collaboration"]
    fresh = select(Collaboration).options(*FULL).where(Collaboration.id.not_in(known)).order_by(Collaboration.id)
    for collaboration in stage.session.scalars(fresh).unique().all():
        stage.made["collaboration", str(collaboration.id)] = collaboration
        stage.later(stage.random.uniform(1, 9), lambda one=collaboration: _start(stage, one))  # type: ignore[misc]


def _start(stage: Stage, collaboration: Collaboration) -> None:
    if collaboration.id % 12 == 5:
        hand_over(stage, collaboration, _leads(stage, collaboration)[1])
    host, partner = _leads(stage, collaboration)
    settle(stage, collaboration, Checklist.SET_UP, (host, partner))
    COLLABORATION_FLOW.perform(stage.session, collaboration, "start", actor=host)
    name_teams(stage, collaboration, (host, partner))
    begin_next(stage, collaboration, host)
    schedule(stage, collaboration, (host, partner))
    spend(stage, collaboration, (host, partner))
    meet(stage, collaboration, (host, partner))
    watch(stage, collaboration, (host, partner))
    for number, (deliverable, milestone) in enumerate(zip(collaboration.deliverables, collaboration.milestones, strict=False)):
        days = (deliverable.due_on - clock.today()).days + stage.random.uniform(-8, 4)
        stage.later(max(days, 2 + number), lambda d=deliverable, m=milestone: _hand_in(stage, collaboration, d, m))  # type: ignore[misc]
    for number, text in enumerate(stage.texts["messages"][: 2 * stage.random.randrange(5)]):
        writer = partner if number % 2 else host
        stage.later(4 + 9 * number, lambda w=writer, t=text: _write(stage, collaboration, w, t))  # type: ignore[misc]
    for number in range(stage.random.randrange(3)):
        stage.later(60 + 90 * number, lambda n=number: _judge(stage, collaboration, n))  # type: ignore[misc]
    if stage.random.random() < 0.08:
        stage.later(40, lambda: ask_for_pause(stage, collaboration, (host, partner)))
    elif stage.random.random() < 0.3:
        stage.later(stage.random.uniform(50, 200), lambda: ask_for_time(stage, collaboration, (host, partner)))


def _judge(stage: Stage, collaboration: Collaboration, number: int) -> None:
    if collaboration.state is CollaborationState.ACTIVE:
        judge(stage, collaboration, _leads(stage, collaboration)[number % 2], number)


def _hand_in(stage: Stage, collaboration: Collaboration, deliverable: Deliverable, milestone: Milestone) -> None:
    if collaboration.state is not CollaborationState.ACTIVE:
        return
    if stage.random.random() < 0.06:  # simply late
        slip(stage, milestone, _leads(stage, collaboration)[1])
        stage.later(24, lambda: _hand_in(stage, collaboration, deliverable, milestone))
        return
    host, partner = _leads(stage, collaboration)
    given = HandIn("As agreed; the short version is on the first page.", "")
    DELIVERABLE_FLOW.perform(stage.session, deliverable, "hand_in", actor=partner, given=given)
    stage.later(1, lambda: _step(stage, deliverable, "take_up", host, None))
    if stage.random.random() < 0.2:
        reason = Reason("Please add the error bars and the raw numbers.")
        stage.later(4, lambda: _step(stage, deliverable, "ask_changes", host, reason))
        stage.later(9, lambda: _step(stage, deliverable, "hand_in", partner, given))
        stage.later(13, lambda: _accept(stage, collaboration, deliverable, milestone))
    else:
        stage.later(stage.random.uniform(2, 8), lambda: _accept(stage, collaboration, deliverable, milestone))


def _accept(stage: Stage, collaboration: Collaboration, deliverable: Deliverable, milestone: Milestone) -> None:
    host, _ = _leads(stage, collaboration)
    if not _step(stage, deliverable, "accept", host, None):
        return
    if milestone.state in AHEAD:
        MILESTONE_FLOW.perform(stage.session, milestone, "achieve", actor=host)
        begin_next(stage, collaboration, host)
    if all(part.state.value in ("accepted", "waived") for part in collaboration.deliverables):
        stage.later(5, lambda: _finish(stage, collaboration))


def _finish(stage: Stage, collaboration: Collaboration) -> None:
    host, partner = _leads(stage, collaboration)
    _move(stage, collaboration, "begin_closing", host, None)
    report(stage, collaboration, stage.random.choice(stage.texts["outcomes"]), (partner, host))
    stage.later(4, lambda: settle(stage, collaboration, Checklist.CLOSING, (host, partner)))
    stage.later(5, lambda: finish(stage, collaboration, host))
    stage.later(5, lambda: settle_claims(stage, collaboration, partner))
    stage.later(6, lambda: _move(stage, collaboration, "close", host, None))


def _move(stage: Stage, collaboration: Collaboration, action: str, actor: Actor, given: Any) -> None:
    if COLLABORATION_FLOW[action] in COLLABORATION_FLOW.rows_from(collaboration.state):
        COLLABORATION_FLOW.perform(stage.session, collaboration, action, actor=actor, given=given)


def _step(stage: Stage, deliverable: Deliverable, action: str, actor: Actor, given: Any) -> bool:
    running = deliverable.collaboration.state in (CollaborationState.ACTIVE, CollaborationState.CLOSING)
    if not running or DELIVERABLE_FLOW[action] not in DELIVERABLE_FLOW.rows_from(deliverable.state):
        return False
    DELIVERABLE_FLOW.perform(stage.session, deliverable, action, actor=actor, given=given)
    return True


def _write(stage: Stage, collaboration: Collaboration, writer: Actor, text: str) -> None:
    post_message(stage.session, "collaboration", collaboration.id, text, actor=writer)


def _leads(stage: Stage, collaboration: Collaboration) -> tuple[Actor, Actor]:
    key = stage.made
    return (
        stage.actor_of(key["account key", str(collaboration.host_lead_id)]),
        stage.actor_of(key["account key", str(collaboration.partner_lead_id)]),
    )
