"""Sending an invitation and answering it, as different people see it."""

from sqlalchemy import select

from portal.kernel.policy import Role
from portal.notifications.models import Delivery
from portal.organisations.models import Invitation
from portal.organisations.queries import membership_of
from tests.build import a_member, a_person, an_organisation


def test_an_invitation_travels_by_mail_and_opens_for_its_address_alone(client_of, db):
    lindmoor = an_organisation(db, "Lindmoor University")
    keeper, member = a_member(db, lindmoor, Role.ADMINISTRATOR, name="Nora Quist"), a_member(db, lindmoor)
    invited, stranger = a_person(db, "Jonas Weber"), a_person(db)
    db.commit()
    page = f"{lindmoor.href}/invitations"
    assert client_of(member).get(page).status_code == 403
    assert client_of().submit(page, {"email": "x@y.example"}).status_code == 303

    client = client_of(keeper)
    assert client.submit(page, {"email": "no address"}).status_code == 422
    for address in (invited.email, "nobody@example.org"):
        sent = client.submit(page, {"email": address, "roles": "officer", "title": "Counsel"})
        assert (sent.status_code, sent.location) == (303, page)
    assert "nobody@example.org" in client.get(page).text
    mails = db.scalars(select(Delivery).order_by(Delivery.id)).all()
    assert [mail.to_address for mail in mails] == [invited.email, "nobody@example.org"]
    assert "You are invited to Lindmoor University" in mails[1].subject
    invitation = db.scalars(select(Invitation).order_by(Invitation.id)).first()
    assert f"/invitations/{invitation.id}" in mails[0].text
    db.commit()

    assert client_of().get(invitation.href).location.startswith("/sign-in")
    assert client_of(stranger).get(invitation.href).status_code == 404
    assert client_of(stranger).submit(f"{invitation.href}/steps/accept", {}).status_code == 404
    client = client_of(invited)
    assert "Lindmoor University" in client.get("/work").text
    shown = client.get(invitation.href).text
    assert "Reads and approves proposals and agreements." in shown
    assert "Nora Quist" in shown
    assert client.submit(f"{invitation.href}/steps/accept", {}).status_code == 303
    assert membership_of(db, invited.id, lindmoor.id).role_set == {Role.MEMBER, Role.OFFICER}
    db.commit()
    assert client.get(f"{lindmoor.href}/members").status_code == 200
