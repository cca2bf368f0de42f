"""The demonstration's organisations: founded, verified, joined by their people; two wait to be verified."""

from typing import Any

from portal.accounts.seeds import OPERATOR, add_person
from portal.kernel.policy import Role
from portal.kernel.seeding import Stage
from portal.organisations.actions import edit_organisation, found_organisation, join, record_check, set_roles
from portal.organisations.inputs import Checked, Joining, NewOrganisation, OrganisationProfile, RolesGiven
from portal.organisations.models import Organisation
from portal.organisations.queries import membership_of
from portal.organisations.states import Check, JoinAs
from portal.organisations.workflow import ORGANISATION_FLOW

_NAMES = "nl: Universiteit Lindmoor\nfr: Université de Lindmoor"
_UNITS = "Faculty of engineering\n- Hydraulics\n- Digital twins\nFaculty of medicine\nPartnership office"
_CHECKED = (
    (Check.EXISTS, "Listed by the ministry of education."),
    (Check.CONTACT, "The partnership office answered at the number on the ministry’s page."),
)
_PROFILE = ("name", "short_name", "kind", "city", "country_code", "about", "sector")


def seed(stage: Stage) -> None:
    """Put each foundation on the agenda; verification and people follow from it."""
    for number, text in enumerate(stage.texts["organisations"]):
        stage.plan(stage.ago(726 - number), lambda text=text: _found(stage, text))  # type: ignore[misc]
    stage.plan(stage.ago(640), lambda: _describe(stage, stage.texts["organisations"][0]))
    for number, text in enumerate(stage.texts["waiting_organisations"]):
        stage.plan(stage.ago(5 - 2 * number), lambda text=text: _found_waiting(stage, text))  # type: ignore[misc]
    for number, text in enumerate(stage.texts["joining"]):
        stage.plan(stage.ago(3 - number), lambda text=text: _ask_to_join(stage, text))  # type: ignore[misc]


def _found(stage: Stage, text: dict[str, Any]) -> None:
    people = [person for person in stage.texts["people"] if person["at"] == text["key"]]
    founder = _founder(stage, text)
    add_person(stage, founder["key"], founder["name"], founder["kind"], text["domain"])
    organisation = found_organisation(stage.session, _new(text), actor=stage.actor_of(founder["key"]))
    stage.actors.clear()
    stage.made["organisation", text["key"]] = organisation
    stage.made["officer", str(organisation.id)] = founder["key"]
    stage.later(1, lambda: _verify(stage, organisation, founder))
    for number, person in enumerate(people):
        if person is not founder:
            stage.later(2 + number, lambda person=person: _join(stage, organisation, person, founder, text["domain"]))  # type: ignore[misc]


def _describe(stage: Stage, text: dict[str, Any]) -> None:
    """The first one says all it can of itself, and two more things are checked of it."""
    organisation, keeper = stage.made["organisation", text["key"]], stage.actor_of(_founder(stage, text)["key"])
    profile: dict[str, Any] = {name: text[name] for name in _PROFILE if name in text}
    profile |= {"role_mailbox": f"partnerships@{text['domain']}", "names": _NAMES, "units": _UNITS}
    edit_organisation(stage.session, organisation, OrganisationProfile(**profile), actor=keeper)
    for what, evidence in _CHECKED:
        record_check(stage.session, organisation, Checked(what, evidence), actor=stage.actor_of(OPERATOR))


def _founder(stage: Stage, text: dict[str, Any]) -> dict[str, Any]:
    people: list[dict[str, Any]] = stage.texts["people"]
    return next(person for person in people if person["at"] == text["key"] and "administrator" in person["roles"])


def _verify(stage: Stage, organisation: Organisation, founder: dict[str, Any]) -> None:
    operator = stage.actor_of(OPERATOR)
    ORGANISATION_FLOW.perform(stage.session, organisation, "verify", actor=operator)
    # An officer's role is never given to oneself: the portal's administrator confirms the founder's.
    _give_roles(stage, organisation, founder, OPERATOR, (Role.POSTER,))


def _join(stage: Stage, organisation: Organisation, person: dict[str, Any], founder: dict[str, Any], domain: str) -> None:
    add_person(stage, person["key"], person["name"], person["kind"], domain)
    join(stage.session, organisation, Joining(JoinAs.MEMBER, person["title"]), actor=stage.actor_of(person["key"]))
    stage.actors.clear()
    if {"officer", "administrator"} & set(person["roles"]):
        _give_roles(stage, organisation, person, founder["key"])


def _give_roles(
    stage: Stage, organisation: Organisation, person: dict[str, Any], giver: str, extra: tuple[Role, ...] = ()
) -> None:
    membership = membership_of(stage.session, stage.made["account", person["key"]].id, organisation.id)
    if membership is not None:
        roles = [*(Role(role) for role in person["roles"]), *extra]
        set_roles(stage.session, membership, RolesGiven(roles, person["title"]), actor=stage.actor_of(giver))
        stage.actors.clear()


def _found_waiting(stage: Stage, text: dict[str, Any]) -> None:
    key = f"founder-{text['key']}"
    add_person(stage, key, {"meadow": "Lukas Ebner", "quill": "Sunniva Berg"}[text["key"]], "company", text["domain"])
    found_organisation(stage.session, _new(text), actor=stage.actor_of(key))


def _ask_to_join(stage: Stage, text: dict[str, Any]) -> None:
    key = text["name"].split()[0].lower()
    domain = "alumni-mail.example" if "officer" not in text["roles"] else _domain(stage, text["at"])
    add_person(stage, key, text["name"], text["kind"], domain)
    wish = Joining(JoinAs.OFFICER if "officer" in text["roles"] else JoinAs.MEMBER, text["title"], text["introduction"])
    join(stage.session, stage.made["organisation", text["at"]], wish, actor=stage.actor_of(key))


def _domain(stage: Stage, key: str) -> str:
    return str(next(text["domain"] for text in stage.texts["organisations"] if text["key"] == key))


def _new(text: dict[str, Any]) -> NewOrganisation:
    return NewOrganisation(**{name: text[name] for name in _PROFILE if name in text}, use_domain=True)
