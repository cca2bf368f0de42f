"""The settings of an organisation, and one's own place in it, as different people see them."""

from portal.kernel.policy import Role
from portal.organisations.queries import membership_of
from tests.build import a_member, a_person, an_organisation

OPEN = {"admission": "at_once", "posting": "everybody", "contact": "registered"}


def test_settings_are_changed_by_administrators_and_read_by_officers(client_of, db):
    lindmoor = an_organisation(db, "Lindmoor University")
    lindmoor.role_mailbox = "office@lindmoor.example"
    keeper, officer = a_member(db, lindmoor, Role.ADMINISTRATOR), a_member(db, lindmoor, Role.OFFICER)
    member, operator, stranger = a_member(db, lindmoor), a_person(db, admin=True), a_person(db)
    db.commit()
    page = f"{lindmoor.href}/settings"

    for account, status in ((None, 404), (stranger, 404), (member, 404), (officer, 200), (operator, 200), (keeper, 200)):
        assert client_of(account).get(page).status_code == status
    assert client_of(officer).submit(page, OPEN).status_code == 403
    assert "office@lindmoor.example" in client_of(stranger).get(lindmoor.href).text
    client = client_of(keeper)
    assert client.submit(page, OPEN | {"contact": "anything"}).status_code == 422
    assert client.submit(page, OPEN | {"contact": "nobody"}).status_code == 303

    assert "office@lindmoor.example" not in client_of(stranger).get(lindmoor.href).text
    assert "office@lindmoor.example" in client_of(member).get(lindmoor.href).text


def test_members_say_since_when_and_as_what(client_of, db):
    lindmoor = an_organisation(db, "Lindmoor University")
    member = a_member(db, lindmoor)
    own = f"/memberships/{membership_of(db, member.id, lindmoor.id).id}/affiliation"
    keeper = a_member(db, lindmoor, Role.ADMINISTRATOR)
    db.commit()
    client = client_of(member)

    assert client_of(keeper).get(own).status_code == 403
    assert client.submit(own, {"title": "Reader", "began_on": "some day"}).status_code == 422
    assert client.submit(own, {"title": "Reader", "began_on": "2021-10-01", "is_main": "y"}).status_code == 303
    assert "1 Oct 2021" in client.get("/join").text
