"""An administrator reads what is not theirs: with a second one, for a day, told to both parties, and never silently."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.emergencies.actions import end_over
from portal.emergencies.models import Emergency
from portal.emergencies.notices import both_parties
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.organisations.notices import other_administrators
from portal.proposals.states import ProposalState
from portal.threads.models import Message
from tests.build import a_collaboration, a_listing, a_member, a_person, a_proposal, an_organisation, facts

REASON = "The author reports a threat in the messages."


@pytest.fixture
def case(db):
    """A proposal that was sent, with a message for both sides and one for one of them, its people, and two administrators."""
    host, partner = an_organisation(db, "Host"), an_organisation(db, "Partner")
    owner, author = a_member(db, host, Role.POSTER, name="Owner"), a_member(db, partner, name="Author")
    officer = a_member(db, partner, Role.OFFICER, name="Officer")
    listing = a_listing(db, owner, host)
    proposal = a_proposal(db, listing, author, state=ProposalState.SUBMITTED, title="A quiet method")
    for side, body in ((None, "For both of us."), (host.id, "For ourselves.")):
        db.add(
            Message(
                subject_type="proposal",
                subject_id=proposal.id,
                side_id=side,
                number=1,
                author_id=owner.id,
                body=body,
                at=clock.now(),
            )
        )
    first, second = (a_person(db, name, admin=True) for name in ("Ada First", "Bo Second"))
    db.commit()
    return proposal, owner, author, officer, first, second


def asked(db, client, proposal, reason=REASON):
    answer = client.submit("/admin/emergencies", {"reference": proposal.reference, "reason": reason})
    emergency = db.scalars(select(Emergency).order_by(Emergency.id.desc())).first()
    db.commit()
    return answer, emergency


def people(db, rule, fact):
    event = db.scalars(select(Event).where(Event.kind == fact).order_by(Event.id.desc())).first()
    told = {concerned.account_id for concerned in rule(db, event)}
    db.commit()
    return told


def test_a_second_administrator_lets_one_read_for_a_day(db, client_of, case, frozen):
    proposal, owner, author, officer, first, second = case
    asking, deciding = client_of(first), client_of(second)

    assert asking.get(proposal.href).status_code == 404
    answer, emergency = asked(db, asking, proposal)
    assert (answer.status_code, answer.location) == (303, emergency.href)
    assert people(db, other_administrators, "emergency.asked") == {second.id}
    assert "A quiet method" not in asking.get(emergency.href).text
    for nobody in (author, owner, officer):
        assert client_of(nobody).get(emergency.href).status_code == 404
    assert asking.submit(f"{emergency.href}/steps/allow", {}).status_code == 403  # nobody does both
    assert asking.submit(f"{emergency.href}/text", {}).status_code == 404

    assert deciding.submit(f"{emergency.href}/steps/allow", {}).status_code == 303
    assert people(db, both_parties, "emergency.opened") == {owner.id, author.id, officer.id}
    read = asking.submit(f"{emergency.href}/text", {})
    assert read.status_code == 200
    assert "A quiet method" in read.text
    assert "For both of us." in read.text
    assert "For ourselves." not in read.text
    assert deciding.submit(f"{emergency.href}/text", {}).status_code == 404
    assert facts(db, emergency) == ["emergency.asked", "emergency.opened", "emergency.read"]
    db.commit()
    for told in (owner, author, officer):
        page = client_of(told).get(emergency.href)
        assert REASON in page.text
        assert "Ada First" in page.text
        assert client_of(told).submit(f"{emergency.href}/text", {}).status_code == 404

    db.expire_all()  # the requests changed it
    with clock.at(frozen + dt.timedelta(hours=24, minutes=1)), transaction(db):
        assert end_over(db) == 1
    assert asking.submit(f"{emergency.href}/text", {}).status_code == 404
    assert facts(db, emergency)[-1] == "emergency.ended"


def test_what_cannot_be_asked_for_is_said_beside_the_field(db, client_of, case):
    proposal, _owner, author, _officer, first, _second = case
    asking = client_of(first)

    for reference, reason, said in (
        ("PR-9999", REASON, "has this reference"),
        ("CH-0001", REASON, "such as PR-0873"),
        ("\0", REASON, "PR-0873"),
        (proposal.reference, "needed", "both parties read it"),
    ):
        answer = asking.submit("/admin/emergencies", {"reference": reference, "reason": reason})
        assert answer.status_code == 422
        assert said in answer.text
    assert asked(db, asking, proposal)[0].status_code == 303
    assert asked(db, asking, proposal)[0].status_code == 409
    assert client_of(author).get("/admin/emergencies").status_code == 404


def test_declined_it_stays_closed_and_nobody_hears_of_it(db, client_of, case):
    proposal, _owner, author, _officer, first, second = case
    _answer, emergency = asked(db, client_of(first), proposal)

    assert client_of(second).submit(f"{emergency.href}/steps/decline", {"text": "Ask the author first."}).status_code == 303

    assert client_of(first).submit(f"{emergency.href}/text", {}).status_code == 404
    assert client_of(author).get(emergency.href).status_code == 404
    assert "Ask the author first." in client_of(first).get(emergency.href).text


def test_a_collaboration_can_be_read_and_ended_early(db, client_of, case):
    *_people, first, second = case
    collaboration = a_collaboration(db)
    db.commit()
    _answer, emergency = asked(db, client_of(first), collaboration)
    client_of(second).submit(f"{emergency.href}/steps/allow", {})

    assert collaboration.title in client_of(first).submit(f"{emergency.href}/text", {}).text
    assert client_of(first).submit(f"{emergency.href}/steps/end", {}).status_code == 303
    assert client_of(first).submit(f"{emergency.href}/text", {}).status_code == 404
