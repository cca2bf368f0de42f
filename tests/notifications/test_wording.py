import dataclasses

import pytest
from sqlalchemy import select

from portal import wiring
from portal.accounts.models import User
from portal.app import worker_of
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.notifications.models import Delivery, DeliveryState
from portal.organisations.models import Membership
from portal.organisations.states import MembershipState
from portal.proposals.states import ProposalState
from portal.proposals.workflow import PROPOSAL_FLOW
from portal.threads.actions import post_message
from tests.build import GIVEN, a_listing, a_member, a_person, a_proposal, actor_of, an_organisation


@pytest.fixture
def settings(settings, mail_sink):
    where = {"base_url": "https://portal.example/", "trusted_hosts": ("localhost",)}
    return dataclasses.replace(settings, mail_host=mail_sink.host, mail_port=mail_sink.port, mail_tls=False, **where)


@pytest.fixture
def case(app, db):
    """A submitted proposal with a title that wants to be markup."""
    company = an_organisation(db, "Tidewell")
    owner = a_member(db, company, Role.POSTER, name="Helena <b>Brandt</b>")
    listing = a_listing(db, owner, company)
    university = an_organisation(db)
    author = a_member(db, university, name="Ingrid Solheim")
    for organisation in (company, university):
        a_member(db, organisation, Role.OFFICER, name="Omar Officer" if organisation is company else "")
    proposal = a_proposal(db, listing, author, state=ProposalState.SUBMITTED, title="<script>alert(1)</script> & more")
    db.commit()
    return proposal, author, owner


def test_mail_says_whose_turn_it_is_and_leads_to_the_case(app, db, case, mail_sink):
    proposal, _author, owner = case
    for action in ("take_up", "accept"):
        PROPOSAL_FLOW.perform(db, proposal, action, actor=actor_of(db, owner), given=GIVEN["Answer"])
    officer = db.scalars(select(User).where(User.name == "Omar Officer")).one()
    db.commit()

    worker_of(app).run_once()

    message = mail_sink.sent_to(officer.email)[-1]
    text = message.get_body(("plain",)).get_content()
    assert text.startswith("Your turn, Omar")
    assert f"https://portal.example{proposal.href}#approvals" in text
    assert "You get this because you are a partnership officer of your side." in text
    assert "https://portal.example/me/notifications" in text


def test_mail_shows_what_people_typed_as_text(app, db, case, mail_sink):
    proposal, author, owner = case
    post_message(db, "proposal", proposal.id, "Secret words", actor=actor_of(db, owner))
    db.commit()

    worker_of(app).run_once()

    message = mail_sink.sent_to(author.email)[-1]
    html = message.get_body(("html",)).get_content()
    assert "<script" not in html
    assert "<b>Brandt" not in html
    assert "&lt;script&gt;" in html
    assert "Secret words" not in message.as_string()
    assert html.count('<a class="btn"') == 1


def test_mail_is_not_sent_once_its_reader_may_no_longer_see_the_thing(app, db, case, mail_sink):
    proposal, _author, _owner = case
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    officer = next(
        m
        for m in db.scalars(select(Membership).where(Membership.organisation_id == proposal.organisation_id))
        if Role.OFFICER in m.role_set
    )
    waiting = db.scalars(select(Delivery).where(Delivery.account_id == officer.account_id)).one()
    officer._state = MembershipState.ENDED
    db.commit()

    worker_of(app).run_once()

    db.refresh(waiting)
    assert waiting.state is DeliveryState.VOID
    assert mail_sink.sent_to(waiting.to_address) == []


def test_an_administrator_words_a_mail_and_takes_it_back(app, db, case, mail_sink, client_of):
    proposal, author, owner = case
    admin = a_person(db, admin=True, name="Astrid Lund")
    notice = next(each for each in wiring.NOTICES if each.fact.kind == "message.posted")
    db.commit()
    client, page = client_of(admin), f"/admin/wordings/{notice.key}"
    words = {"subject": "News about {{title}}", "lead": "{{actor}} & others wrote. 100 % sure."}

    refused = client.submit(page, {**words, "lead": "{{name}}", "save": "1"})
    assert refused.status_code == 422 and "has no field “name”" in refused.get_data(as_text=True)
    shown = client.submit(page, {**words, "preview": "1"}).get_data(as_text=True)
    assert "Helena Brandt &amp; others wrote. 100 % sure." in shown
    assert client.submit(page, {**words, "save": "1"}).status_code == 303
    post_message(db, "proposal", proposal.id, "Hello", actor=actor_of(db, author))
    db.commit()
    worker_of(app).run_once()

    message = mail_sink.sent_to(owner.email)[-1]
    assert message["Subject"] == "News about <script>alert(1)</script> & more"
    assert "Ingrid Solheim & others wrote. 100 % sure." in message.get_body(("plain",)).get_content()
    assert "<script>" not in message.get_body(("html",)).get_content()
    assert "Your words" in client.get("/admin/wordings").get_data(as_text=True)

    client.submit(f"{page}/reset")
    post_message(db, "proposal", proposal.id, "Hello again", actor=actor_of(db, author))
    db.commit()
    worker_of(app).run_once()
    assert "News about" not in mail_sink.sent_to(owner.email)[-1]["Subject"]
    versions = client.get(page).get_data(as_text=True)
    assert "News about {{title}}" in versions and "Astrid Lund" in versions
    assert client_of(owner).get("/admin/wordings").status_code == 404
    assert client_of(owner).submit(page, {**words, "save": "1"}).status_code == 404
    assert client.get("/admin/wordings/nothing").status_code == 404
    told = db.scalars(select(Event.data).where(Event.kind == "wording.changed").order_by(Event.id)).all()
    assert told == [{"own": True}, {"own": False}]
