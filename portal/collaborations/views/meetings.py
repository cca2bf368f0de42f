"""Meetings: the list with what was agreed and is open, the page of each with agenda, minutes and actions."""

from typing import Any

from flask import Blueprint, g, render_template

from portal.collaborations.actions import call_meeting, change_meeting, note_action, write_minutes
from portal.collaborations.forms import ActionForm, MeetingForm, MinutesForm, WordForm, written_in
from portal.collaborations.inputs import ActionEntry, MeetingEntry, MinutesEntry, Word
from portal.collaborations.models import Collaboration, Meeting, MeetingAction
from portal.collaborations.policies import MEETING_ACTION_READ, MEETING_KEEPS, MEETING_READ, SEES, WORKS
from portal.collaborations.queries import (
    FULL,
    MEETING_ACTION,
    MEETING_FULL,
    actions_of,
    meetings_of,
    minutes_of,
    open_actions_of,
    team_of,
)
from portal.collaborations.states import MeetingState
from portal.collaborations.views.asking import Asking, standing, tried
from portal.collaborations.workflow import MEETING_ACTION_FLOW, MEETING_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.web.filters import zone_name
from portal.web.forms import ReasonForm
from portal.web.guards import loads
from portal.web.steps import add_steps

bp = Blueprint("meetings", __name__)
PART = "/meetings/<int:id>"


@bp.get("/collaborations/<ref(CO):id>/meetings")
@loads(Collaboration, SEES, options=FULL)
def index(collaboration: Collaboration) -> Any:
    """What is to come, what was agreed and is open, and what was held."""
    found, actions = meetings_of(g.db, collaboration, g.actor), open_actions_of(g.db, collaboration, g.actor)
    ahead = [one for one in found if one.state is MeetingState.PLANNED and one.ends_at > clock.now()]
    page: dict[str, Any] = {"ahead": ahead[::-1], "past": [one for one in found if one not in ahead]}
    page |= {"actions": actions, "offers": _offers(actions), "calls": WORKS.holds(g.actor, collaboration)}
    page["standing"] = standing(collaboration, g.actor)
    return render_template("collaborations/meetings.html", collaboration=collaboration, **page)


@bp.route("/collaborations/<ref(CO):id>/meetings/new", methods=["GET", "POST"])
@loads(Collaboration, SEES, options=FULL, also=WORKS)
def new_meeting(collaboration: Collaboration) -> Any:
    """Call a meeting; at first all of the team are ticked."""
    team = team_of(g.db, collaboration)
    form = MeetingForm(team, data={"zone": zone_name(), "invited": [str(one.id) for one in team if not one.is_guest]})
    words = Asking(N_("Call a meeting"), N_("Call it"), N_("The meeting is called."), "/meetings")
    return tried(form, collaboration, words, MeetingEntry, lambda it: call_meeting(g.db, collaboration, it, actor=g.actor))


@bp.get(PART)
@loads(Meeting, MEETING_READ, options=MEETING_FULL)
def show_meeting(meeting: Meeting) -> Any:
    """When, where, who and what about; then the minutes, what was decided and what was agreed to do."""
    actions, keeps = actions_of(g.db, meeting), MEETING_KEEPS.holds(g.actor, meeting)
    page: dict[str, Any] = {"versions": minutes_of(g.db, meeting), "actions": actions, "offers": _offers(actions)}
    page |= {"offered": MEETING_FLOW.offered(g.actor, meeting, session=g.db), "keeps": keeps}
    page["step_url"] = lambda action: f"{meeting.href}/steps/{action}"
    page["has_begun"] = meeting.starts_at <= clock.now()
    return render_template("collaborations/meeting.html", meeting=meeting, collaboration=meeting.collaboration, **page)


@bp.route(f"{PART}/edit", methods=["GET", "POST"])
@loads(Meeting, MEETING_READ, options=MEETING_FULL, also=MEETING_KEEPS)
def edit_meeting(meeting: Meeting) -> Any:
    """Another time, place, agenda, other people."""
    form = MeetingForm(team_of(g.db, meeting.collaboration), data=written_in(meeting))
    told = N_("The meeting is changed; those invited are told.")
    words = Asking(N_("Change the meeting"), N_("Change it"), told, "", meeting.href)
    return tried(form, meeting.collaboration, words, MeetingEntry, lambda it: change_meeting(g.db, meeting, it, actor=g.actor))


@bp.route(f"{PART}/minutes", methods=["GET", "POST"])
@loads(Meeting, MEETING_READ, options=MEETING_FULL, also=MEETING_KEEPS)
def edit_minutes(meeting: Meeting) -> Any:
    """Write the minutes, or correct them."""
    last = next(iter(minutes_of(g.db, meeting)), None)
    form = MinutesForm(data={"minutes": last.text, "decisions": last.decisions} if last else None)
    told = N_("The minutes are kept. The other side confirms them.")
    words = Asking(N_("Write the minutes"), N_("Keep this version"), told, "", meeting.href)
    return tried(form, meeting.collaboration, words, MinutesEntry, lambda it: write_minutes(g.db, meeting, it, actor=g.actor))


@bp.route(f"{PART}/actions/new", methods=["GET", "POST"])
@loads(Meeting, MEETING_READ, options=MEETING_FULL, also=MEETING_KEEPS)
def new_action(meeting: Meeting) -> Any:
    """Note what somebody agreed to do."""
    told = N_("It is noted, and whoever does it is told.")
    words = Asking(N_("Note what was agreed"), N_("Note it"), told, "", meeting.href)
    form = ActionForm(team_of(g.db, meeting.collaboration))
    return tried(form, meeting.collaboration, words, ActionEntry, lambda it: note_action(g.db, meeting, it, actor=g.actor))


def _offers(actions: Any) -> dict[int, Any]:
    return {one.id: MEETING_ACTION_FLOW.offered(g.actor, one, session=g.db) for one in actions}


add_steps(
    bp,
    PART,
    MEETING_FLOW,
    loads(Meeting, MEETING_READ, options=MEETING_FULL),
    forms={Reason: ReasonForm},
    href=lambda meeting: str(meeting.href),
)
add_steps(
    bp,
    "/meeting-actions/<int:id>",
    MEETING_ACTION_FLOW,
    loads(MeetingAction, MEETING_ACTION_READ, options=MEETING_ACTION),
    forms={Reason: ReasonForm, Word: WordForm},
    href=lambda action: str(action.meeting.href),
)
