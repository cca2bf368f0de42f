"""Further names, units, the register and what was checked, as different people see them."""

from portal.kernel.policy import Role
from portal.organisations.models import Organisation
from tests.build import a_member, a_person, an_organisation, facts


def test_names_and_units_are_written_as_lines_and_found(client_of, db):
    lindmoor = an_organisation(db, "Lindmoor University")
    keeper = a_member(db, lindmoor, Role.ADMINISTRATOR)
    db.commit()
    client, page = client_of(keeper), f"{lindmoor.href}/edit"

    refused = client.submit(page, {"names": "qq: What", "units": "Water\n- Hydraulics"})
    assert refused.status_code == 422
    assert "- Hydraulics" in refused.text
    assert client.submit(page, {"names": "ga: Ollscoil Lindmoor", "units": "Water\n- Hydraulics"}).status_code == 303

    shown = client_of().get(lindmoor.href).text
    assert '<li lang="ga">Ollscoil Lindmoor</li>' in shown
    assert "Hydraulics" in shown
    assert "ga: Ollscoil Lindmoor" in client.get(page).text
    assert "Lindmoor University" in client_of().get("/organisations?q=ollscoil").text


def test_checks_are_dated_and_their_evidence_is_for_those_it_concerns(client_of, db):
    lindmoor = an_organisation(db, "Lindmoor University")
    keeper, officer, member = (
        a_member(db, lindmoor, Role.ADMINISTRATOR),
        a_member(db, lindmoor, Role.OFFICER),
        a_member(db, lindmoor),
    )
    operator = a_person(db, admin=True)
    db.commit()
    page = f"{lindmoor.href}/checks"
    check = {"what": "authority", "evidence": "The charter of 1904.", "until": "2090-01-01"}

    for account in (keeper, officer):
        assert client_of(account).submit(page, check).status_code == 403
    assert client_of(operator).submit(page, check | {"until": "2001-01-01"}).status_code == 422
    assert client_of(operator).submit(page, check).status_code == 303

    shown = client_of().get(lindmoor.href).text
    assert "Its signatories may sign" in shown
    assert "until 1 Jan 2090" in shown
    assert "charter" not in shown
    for account, status in ((None, 404), (member, 404), (officer, 200), (keeper, 200), (operator, 200)):
        answer = client_of(account).get(page)
        assert (answer.status_code, "The charter of 1904." in answer.text) == (status, status == 200)
    assert facts(db, db.get_one(Organisation, lindmoor.id))[-1] == "organisation.checked"


def test_a_new_organisation_is_filled_in_from_the_register(client_of, db):
    account = a_person(db)
    db.commit()
    client = client_of(account)

    found = client.get("/organisations/new?ror=https://ror.org/00a0n9e72").text
    assert 'value="University of Limerick"' in found
    assert "ga: Ollscoil Luimnigh" in found
    assert "The register has no such organisation" in client.get("/organisations/new?ror=03gq8fr08").text
    assert client.get("/organisations/new?ror=00a0n9e73").status_code == 422
