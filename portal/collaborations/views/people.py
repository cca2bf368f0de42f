"""Who takes part in a collaboration: the page of its people, naming, inviting, and handing over."""

from typing import Any

from flask import Blueprint, g, render_template

from portal.accounts import mails
from portal.collaborations.actions import invite_guest, move_last_day, name_member, propose_successor, side_of
from portal.collaborations.forms import GuestForm, LastDayForm, MemberForm, SuccessionForm
from portal.collaborations.inputs import LastDay, NewGuest, NewMember, Succession
from portal.collaborations.models import Collaboration, HandOver, Participant
from portal.collaborations.policies import HAND_OVER_READ, INSIDE, LEAD, PARTICIPANT_KEEPS, PARTICIPANT_READ, READ, SEES
from portal.collaborations.queries import FULL, HAND_OVER, PARTICIPANT, hand_overs_of, people_of
from portal.collaborations.states import Part, PartState
from portal.collaborations.views.asking import Asking, standing, tried
from portal.collaborations.workflow import HAND_OVER_FLOW, PARTICIPANT_FLOW
from portal.kernel.inputs import Reason
from portal.kernel.text import N_, Words
from portal.web.forms import ReasonForm
from portal.web.guards import loads
from portal.web.limits import Limit, limited, network
from portal.web.steps import add_steps

bp = Blueprint("people", __name__)
PART = "/participants/<int:id>"
SENT = Limit("guests", "30 per hour", network)


@bp.get("/collaborations/<ref(CO):id>/people")
@loads(Collaboration, INSIDE, options=FULL)
def people(collaboration: Collaboration) -> Any:
    """The leads, the members of each side, the guests, and who led before."""
    found = people_of(g.db, collaboration)
    own = READ.holds(g.actor, collaboration)
    page: dict[str, Any] = {"people": found, "hand_overs": hand_overs_of(g.db, collaboration)}
    page |= {"side_id": side_of(collaboration, g.actor) if own else None, "is_lead": LEAD.holds(g.actor, collaboration)}
    page |= {"standing": standing(collaboration, g.actor), "own": {one.id for one in found if one.account_id == g.actor.id}}
    return render_template("collaborations/people.html", collaboration=collaboration, **page)


@bp.route("/collaborations/<ref(CO):id>/people/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL)
def new_member(collaboration: Collaboration) -> Any:
    """Name somebody of one's own side."""
    words = Asking(N_("Name a member of the team"), N_("Name them"), N_("They are of the team now."), "/people")
    return tried(MemberForm(), collaboration, words, NewMember, lambda it: name_member(g.db, collaboration, it, actor=g.actor))


@bp.route("/collaborations/<ref(CO):id>/guests/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL, also=LEAD)
@limited(SENT)
def new_guest(collaboration: Collaboration) -> Any:
    """Invite somebody of a third organisation; the answer is the same whether or not they have an account."""
    words = Asking(N_("Invite a guest"), N_("Send the invitation"), N_("The guest is invited."), "/people")
    return tried(GuestForm(), collaboration, words, NewGuest, lambda entry: _send(collaboration, entry))


@bp.route("/collaborations/<ref(CO):id>/hand-over", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL)
def new_hand_over(collaboration: Collaboration) -> Any:
    """Ask somebody of the same organisation to lead one side."""
    words = Asking(N_("Hand over the lead"), N_("Ask them"), N_("They are asked. Until they accept, nothing changes."), "/people")
    form = SuccessionForm()
    return tried(form, collaboration, words, Succession, lambda it: propose_successor(g.db, collaboration, it, actor=g.actor))


@bp.get(PART)
@loads(Participant, PARTICIPANT_READ, options=PARTICIPANT)
def show_participant(part: Participant) -> Any:
    """What a guest is asked, or one part, and what can be done with it."""
    collaboration, offered = part.collaboration, PARTICIPANT_FLOW.offered(g.actor, part, session=g.db)
    page = {"part": part, "collaboration": collaboration, "sees": SEES.holds(g.actor, collaboration), "offered": offered}
    page["may_move"] = part.part is Part.GUEST and LEAD.holds(g.actor, collaboration) and part.ended_at is None
    page["step_url"] = lambda action: f"{part.href}/steps/{action}"
    return render_template("collaborations/participant.html", **page)


@bp.route(f"{PART}/last-day", methods=["GET", "POST"])
@loads(Participant, PARTICIPANT_READ, options=PARTICIPANT, also=PARTICIPANT_KEEPS)
def last_day(part: Participant) -> Any:
    """Let a guest take part longer, or less long."""
    words = Asking(N_("Move the last day"), N_("Move it"), N_("The last day is moved."), "/people")
    form = LastDayForm(data={"last_on": part.until_on})
    return tried(form, part.collaboration, words, LastDay, lambda given: move_last_day(g.db, part, given, actor=g.actor))


@bp.get("/hand-overs/<int:id>")
@loads(HandOver, HAND_OVER_READ, options=HAND_OVER)
def show_hand_over(change: HandOver) -> Any:
    """Who is asked to lead which side, and why."""
    offered = HAND_OVER_FLOW.offered(g.actor, change, session=g.db)
    page = {"change": change, "offered": offered, "step_url": lambda action: f"{change.href}/steps/{action}"}
    return render_template("collaborations/hand_over.html", sees=SEES.holds(g.actor, change.collaboration), **page)


def _send(collaboration: Collaboration, entry: NewGuest) -> Participant:
    guest = invite_guest(g.db, collaboration, entry, actor=g.actor)
    letter = mails.Letter(
        Words(N_("%(name)s invites you as a guest to a collaboration"), {"name": g.actor.name}),
        Words(N_("%(name)s works with another organisation on this portal and asks you to take part."), {"name": g.actor.name}),
        N_("Open the invitation"),
        N_("Sign in with the account of this address, or create one. The invitation is open for fourteen days."),
        N_("You get this because this address was entered at %(address)s."),
    )
    mails.write(g.db, letter, entry.email, "collaborations.people.show_participant", id=guest.id)
    return guest


def _after(part: Participant) -> str:
    """Where a step leads: to the work as long as one takes part, else to one's own."""
    if part.account_id != g.actor.id:
        return f"{part.collaboration.href}/people"
    return str(part.collaboration.href) if part.state is PartState.ACTIVE else "/work"


add_steps(bp, PART, PARTICIPANT_FLOW, loads(Participant, PARTICIPANT_READ, options=PARTICIPANT), forms={}, href=_after)
add_steps(
    bp,
    "/hand-overs/<int:id>",
    HAND_OVER_FLOW,
    loads(HandOver, HAND_OVER_READ, options=HAND_OVER),
    forms={Reason: ReasonForm},
    href=lambda change: str(change.collaboration.href) if SEES.holds(g.actor, change.collaboration) else "/work",
)
