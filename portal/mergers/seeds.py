"""The demonstration's duplicate: a university that somebody entered again, and a merger that waits for its decision."""

from portal.accounts.seeds import SECOND, add_person
from portal.kernel.seeding import Stage
from portal.mergers.actions import ask_for_merger
from portal.mergers.inputs import Wanted
from portal.organisations.actions import found_organisation
from portal.organisations.inputs import NewOrganisation
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationKind


def seed(stage: Stage) -> None:
    """Some days ago it was entered; the day before yesterday somebody noticed."""
    stage.plan(stage.ago(6), lambda: _found(stage))


def _found(stage: Stage) -> None:
    add_person(stage, "henrik", "Henrik Aas", "professor", "lindmoor-alumni.example")
    wanted = NewOrganisation("University of Lindmoor", OrganisationKind.UNIVERSITY, city="Lindmoor", country_code="BE")
    duplicate = found_organisation(stage.session, wanted, actor=stage.actor_of("henrik"))
    stage.later(4, lambda: _ask(stage, duplicate))


def _ask(stage: Stage, duplicate: Organisation) -> None:
    reason = "The same house: the founder writes from its alumni office, and confirmed it on the telephone."
    kept = stage.made["organisation", "lindmoor"]
    ask_for_merger(stage.session, duplicate, kept, Wanted(reason, seen=True), actor=stage.actor_of(SECOND))
