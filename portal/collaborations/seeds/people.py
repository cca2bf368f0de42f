"""Who takes part in the demonstration's collaborations: a team on each side, now and then a guest, and one new lead."""

import datetime as dt

from portal.accounts.models import User
from portal.collaborations.actions import invite_guest, name_member, propose_successor
from portal.collaborations.inputs import NewGuest, NewMember, Succession
from portal.collaborations.models import Collaboration
from portal.collaborations.workflow import HAND_OVER_FLOW, PARTICIPANT_FLOW
from portal.kernel import clock
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage
from portal.organisations.queries import members_of
from portal.organisations.states import MembershipState

_TEAM = (
    ("Kim Lund", "Doctoral student"),
    ("Jonas Reyes", "Test bench"),
    ("Aino Salo", "Data"),
    ("Piet Vermeer", "Plant on site"),
)
_GUEST = "mei"
_ROLE, _WHY = "Checks the statistics", "Neither side has somebody for the mixed models. She looks at the data twice."
_LEAVES = "I take over the faculty in spring. The plan is up to date; the next date is the interim report."


def name_teams(stage: Stage, collaboration: Collaboration, leads: tuple[Actor, Actor]) -> None:
    """One member on each side, by name; where it fits, a guest."""
    for number, lead in enumerate(leads):
        name, role = _TEAM[(collaboration.id + 2 * number) % len(_TEAM)]
        name_member(stage.session, collaboration, NewMember(role, name=name), actor=lead)
    person = stage.actor_of(_GUEST)
    sides = {collaboration.host_id, collaboration.organisation_id}
    if collaboration.id % 9 == 0 and person.organisations.isdisjoint(sides):
        address = stage.session.get_one(User, person.id).email
        wish = NewGuest(address, _ROLE, _WHY, clock.today() + dt.timedelta(days=240))
        guest = invite_guest(stage.session, collaboration, wish, actor=leads[0])
        stage.later(2, lambda: PARTICIPANT_FLOW.perform(stage.session, guest, "accept", actor=person))


def hand_over(stage: Stage, collaboration: Collaboration, lead: Actor) -> None:
    """Before the work begins the partner's lead asks a colleague, who takes over."""
    session, side_id = stage.session, collaboration.organisation_id
    members = members_of(session, side_id, MembershipState.ACTIVE)
    fit = [one.account for one in members if _is_fit(stage, collaboration, one.account)]
    if fit:
        change = propose_successor(session, collaboration, Succession(fit[0].email, _LEAVES), actor=lead)
        HAND_OVER_FLOW.perform(session, change, "accept", actor=stage.actor_of(stage.made["account key", str(fit[0].id)]))


def _is_fit(stage: Stage, collaboration: Collaboration, account: User) -> bool:
    leads = (collaboration.host_lead_id, collaboration.partner_lead_id)
    return account.active and account.id not in leads and ("account key", str(account.id)) in stage.made
