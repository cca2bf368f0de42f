"""Who may do what with each part of an organisation: one row for each part, one column for each relation to it."""

import pytest

from portal.kernel.policy import ADMIN, VISITOR, Actor, Role
from portal.mergers.models import Merger
from portal.mergers.states import MergerState
from portal.mergers.workflow import MERGER_FLOW
from portal.organisations import policies
from portal.organisations.queries import membership_of
from portal.organisations.states import OrganisationState
from portal.organisations.workflow import MEMBERSHIP_FLOW, ORGANISATION_FLOW
from tests.build import a_member, a_person, actor_of, an_organisation, walk
from tests.fixtures.golden import assert_golden

# One system is enough: nothing here is asked in SQL.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OPERATOR = Actor(id=-1, is_admin=True)


@pytest.fixture
def table(session):
    """(part, person) → what they may do, for an organisation in each state in which somebody sees it."""
    cells = {}
    for state in OrganisationState:
        if state is OrganisationState.MERGED:
            continue  # its page leads on to the one in its place
        organisation = an_organisation(session, verified=False)
        account = a_member(session, organisation)
        membership = membership_of(session, account.id, organisation.id)
        walk(session, ORGANISATION_FLOW, organisation, state, by=OPERATOR)
        people = {
            "visitor": VISITOR,
            "registered": actor_of(session, a_person(session)),
            "member": actor_of(session, account),
            "administrator": actor_of(session, a_member(session, organisation, Role.ADMINISTRATOR)),
            "officer": actor_of(session, a_member(session, organisation, Role.OFFICER)),
            "portal": OPERATOR,
        }
        for name, actor in people.items():
            cells |= {(part, name): text for part, text in _parts(actor, organisation, membership)}
    return cells


def _parts(actor, organisation, membership):
    yield str(organisation.state.value), _profile(actor, organisation)
    if organisation.state is OrganisationState.VERIFIED:
        yield "members", _members(actor, organisation, membership)
        yield "settings", _settings(actor, organisation)
        yield "checks", _checks(actor, organisation)
        yield "merge", _merging(actor, organisation)


def _profile(actor, organisation):
    steps = [row.action for row in ORGANISATION_FLOW.rows_from(organisation.state) if row.who.holds(actor, organisation)]
    rights = "r" * policies.READ.holds(actor, organisation) + "w" * policies.EDIT.holds(actor, organisation)
    return " ".join([rights, *steps]).strip() or "–"


def _members(actor, organisation, membership):
    if not policies.MEMBERS_READ.holds(actor, organisation):
        return "consented"
    steps = [row.action for row in MEMBERSHIP_FLOW.rows_from(membership.state) if row.who.holds(actor, membership)]
    gives_roles = ["roles"] * policies.ROLES_EDIT.holds(actor, membership)
    return " ".join(["r", *gives_roles, *(step for step in steps if step != "leave")])


def _settings(actor, organisation):
    rights = "r" * policies.SETTINGS_READ.holds(actor, organisation) + "w" * policies.EDIT.holds(actor, organisation)
    return rights or "–"


def _checks(actor, organisation):
    return "r" * policies.SETTINGS_READ.holds(actor, organisation) + "w" * ADMIN.holds(actor, organisation) or "–"


def _merging(actor, organisation):
    merger = Merger(gone=organisation, kept_id=0, asked_by_id=0, ended=[])
    steps = [row.action for row in MERGER_FLOW.rows_from(MergerState.ASKED) if row.who.holds(actor, merger)]
    return " ".join(["ask"] * ADMIN.holds(actor, None) + steps) or "–"


def test_each_cell_is_as_agreed(table):
    lines = [f"{part:14} {name:16} {rights}" for (part, name), rights in sorted(table.items())]

    assert_golden("matrix-organisation-parts.txt", "\n".join(lines) + "\n")
