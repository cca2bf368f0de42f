"""Members, requests and roles, as different people see them."""

import re

import pytest

from portal.kernel.policy import Role
from portal.organisations.actions import request_membership
from portal.organisations.inputs import Joining
from portal.organisations.queries import membership_of
from portal.organisations.states import JoinAs, MembershipState
from tests.build import a_member, a_person, a_request, actor_of, an_organisation
from tests.fixtures.hostile import TEXTS, sent
from tests.fixtures.statements import own_statements


@pytest.fixture
def lindmoor(db):
    organisation = an_organisation(db, "Lindmoor University")
    db.commit()
    return organisation


@pytest.fixture
def keeper(db, lindmoor):
    account = a_member(db, lindmoor, Role.ADMINISTRATOR, name="Nora Quist")
    db.commit()
    return account


@pytest.fixture
def asking(db, lindmoor):
    """Jonas asks to be an officer."""
    account = a_person(db, "Jonas Weber")
    wish = Joining(JoinAs.OFFICER, "Head of partnerships", "Ask Ada.")
    membership = request_membership(db, lindmoor, wish, actor=actor_of(db, account))
    membership.account = account
    db.commit()
    return membership


def state_of(db, membership):
    db.refresh(membership)
    state = membership.state
    db.commit()
    return state


def ticked(page):
    boxes = re.findall(r'<input [^>]*type="checkbox"[^>]*>', page.text)
    return [re.search('value="([^"]*)"', box)[1] for box in boxes if " checked" in box]


def test_members_are_for_members_and_the_portals_administrators(client_of, db, lindmoor, keeper):
    member, stranger, operator = a_member(db, lindmoor), a_member(db, an_organisation(db)), a_person(db, admin=True)
    db.commit()
    path = f"{lindmoor.href}/members"

    assert client_of().get(path).status_code == 404
    assert client_of(stranger).get(path).status_code == 404
    for account in (member, operator):
        assert "Nora Quist" in client_of(account).get(path).text


def test_requests_show_to_those_who_answer_them(client_of, db, lindmoor, keeper, asking):
    member, officer = a_member(db, lindmoor), a_member(db, lindmoor, Role.OFFICER)
    db.commit()
    path = f"{lindmoor.href}/members"

    for account in (keeper, officer):
        page = client_of(account).get(path).text
        assert "Jonas Weber" in page
        assert "Partnership officer" in page
        assert "Ask Ada." in page
        assert ("/steps/confirm" in page) is (account is keeper)
    page = client_of(member).get(path).text
    assert "Jonas Weber" not in page
    assert "@example.org" not in page


def test_keeper_confirms(client_of, db, lindmoor, keeper, asking):
    answer = client_of(keeper).submit(f"/memberships/{asking.id}/steps/confirm", {"version": asking.version})

    assert (answer.status_code, answer.location) == (303, f"{lindmoor.href}/members")
    assert state_of(db, asking) is MembershipState.ACTIVE


def test_person_asking_answers_nothing_and_sees_the_reason(client_of, db, lindmoor, keeper, asking):
    mine = client_of(asking.account)
    assert mine.submit(f"/memberships/{asking.id}/steps/confirm").status_code == 403

    form = client_of(keeper).get(f"/memberships/{asking.id}/steps/decline")
    assert "Jonas Weber, Lindmoor University" in form.text
    assert client_of(keeper).submit(f"/memberships/{asking.id}/steps/decline", {"text": ""}).status_code == 422
    client_of(keeper).submit(f"/memberships/{asking.id}/steps/decline", {"text": "We do not know you."})

    assert state_of(db, asking) is MembershipState.DECLINED
    assert "We do not know you." in mine.get("/join").text
    assert "We do not know you." in mine.get(lindmoor.href).text
    assert mine.get(f"/memberships/{asking.id}").location == "/join"


def test_hidden_and_missing_memberships_look_the_same(client_of, db, lindmoor, keeper, asking):
    stranger, member = a_member(db, an_organisation(db), Role.ADMINISTRATOR), a_member(db, lindmoor)
    db.commit()
    for account in (None, stranger, member):
        client = client_of(account)
        for path in (f"{asking.id}", f"{asking.id}/roles", f"{asking.id}/steps/confirm", "999999", "9" * 40):
            assert client.get(f"/memberships/{path}").status_code == 404, path


def test_two_keepers_answering_at_once_count_once(client_of, db, keeper, asking):
    client, version = client_of(keeper), asking.version
    assert client.submit(f"/memberships/{asking.id}/steps/confirm", {"version": version}).status_code == 303
    assert client.submit(f"/memberships/{asking.id}/steps/confirm", {"version": version}).status_code == 409


def test_administrator_changes_roles(client_of, db, lindmoor, keeper):
    account = a_member(db, lindmoor, Role.POSTER)
    membership = membership_of(db, account.id, lindmoor.id)
    db.commit()
    client, path = client_of(keeper), f"/memberships/{membership.id}/roles"
    assert ticked(client.get(path)) == ["poster"]

    answer = client.submit(path, {"roles": ["officer", "signatory"], "title": "Counsel", "version": membership.version})

    assert (answer.status_code, answer.location) == (303, f"{lindmoor.href}/members")
    db.refresh(membership)
    assert membership.roles == ["member", "officer", "signatory"]
    assert membership.title == "Counsel"


def test_own_power_and_old_forms_are_refused_with_the_boxes_as_ticked(client_of, db, lindmoor, keeper):
    own = membership_of(db, keeper.id, lindmoor.id)
    version, path = own.version, f"/memberships/{own.id}/roles"
    db.commit()
    client = client_of(keeper)

    power = client.submit(path, {"roles": ["administrator", "officer"], "version": version})
    assert power.status_code == 422
    assert "Somebody else has to give you this role" in power.text
    assert ticked(power) == ["officer", "administrator"]

    assert client.submit(path, {"roles": ["administrator", "poster"], "version": version}).status_code == 303
    late = client.submit(path, {"roles": ["administrator"], "version": version})
    assert late.status_code == 409
    assert "Somebody was faster" in late.text
    assert client.submit(path, {"roles": [], "version": version + 1}).status_code == 409  # the last administrator


def test_only_administrators_change_roles(client_of, db, lindmoor, keeper):
    officer = a_member(db, lindmoor, Role.OFFICER)
    own = membership_of(db, officer.id, lindmoor.id)
    db.commit()

    assert client_of(officer).get(f"/memberships/{own.id}/roles").status_code == 403
    assert client_of(officer).submit(f"/memberships/{own.id}/roles", {"roles": ["administrator"]}).status_code == 403
    assert client_of().get(f"/memberships/{own.id}/roles").status_code == 404


def test_roles_with_hostile_values_never_fail(client_of, db, lindmoor, keeper):
    membership = membership_of(db, a_member(db, lindmoor).id, lindmoor.id)
    db.commit()
    client = client_of(keeper)
    for text in TEXTS:
        for field in ("roles", "title", "version"):
            answer = client.submit(f"/memberships/{membership.id}/roles", {field: sent(text)})
            assert answer.status_code in (303, 409, 422), (field, text[:20])


def test_member_leaves_and_cannot_look_back(client_of, db, lindmoor, keeper):
    account = a_member(db, lindmoor)
    membership = membership_of(db, account.id, lindmoor.id)
    db.commit()
    client = client_of(account)

    answer = client.submit(f"/memberships/{membership.id}/steps/leave")

    assert (answer.status_code, answer.location) == (303, "/join")
    assert client.get(f"{lindmoor.href}/members").status_code == 404


def test_last_administrator_is_told_why_not(client_of, db, lindmoor, keeper):
    own = membership_of(db, keeper.id, lindmoor.id)
    db.commit()

    answer = client_of(keeper).submit(f"/memberships/{own.id}/steps/leave")

    assert answer.status_code == 409
    assert "Name another administrator first" in answer.text


def test_members_come_in_pages(client_of, db, lindmoor, keeper):
    for number in range(30):
        a_member(db, lindmoor, name=f"Member {number:02d}")
    db.commit()
    client = client_of(keeper)

    first = client.get(f"{lindmoor.href}/members").text
    rest = client.get(re.search(r'href="([^"]*members\?after=[^"]*)"', first)[1]).text

    seen = re.findall(r"Member \d\d", first), re.findall(r"Member \d\d", rest)
    assert not set(seen[0]) & set(seen[1])
    assert len(set(seen[0]) | set(seen[1])) == 30


def test_every_page_asks_the_same_of_the_database_for_one_row_and_for_three(
    client_of, db, count_statements, lindmoor, keeper, asking
):
    own = membership_of(db, keeper.id, lindmoor.id)
    db.commit()
    client = client_of(keeper)
    asked_by = {f"{lindmoor.href}/members": 3, f"/memberships/{own.id}/roles": 1}

    assert {path: own_statements(client, path, count_statements) for path in asked_by} == asked_by
    for _ in range(2):
        a_member(db, lindmoor, Role.ADMINISTRATOR)
        a_request(db, a_person(db), lindmoor)
    db.commit()
    assert {path: own_statements(client, path, count_statements) for path in asked_by} == asked_by
