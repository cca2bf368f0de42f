"""One click in a mail stops such mails, for one person, without signing in."""

import dataclasses

import pytest

from portal import wiring
from portal.app import worker_of
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.notifications.models import Preference
from portal.notifications.stopping import account_in, stop_link
from portal.proposals.states import ProposalState
from tests.build import a_listing, a_member, a_person, a_proposal, an_organisation


@pytest.fixture
def settings(settings, mail_sink):
    return dataclasses.replace(settings, mail_host=mail_sink.host, mail_port=mail_sink.port, mail_tls=False)


@pytest.fixture
def told(app, db, mail_sink):
    """Somebody who got a mail, and that mail."""
    company = an_organisation(db)
    owner = a_member(db, company, Role.POSTER)
    university = an_organisation(db)
    author = a_member(db, university)
    for organisation in (company, university):
        a_member(db, organisation, Role.OFFICER)
    a_proposal(db, a_listing(db, owner, company), author, state=ProposalState.SUBMITTED)
    db.commit()
    worker_of(app).run_once()
    return owner, mail_sink.sent_to(owner.email)[-1]


def wants_mails(app, account):
    with app.extensions["database"].reading() as session:
        chosen = session.get(Preference, account.id)
        return chosen is None or chosen.mails


def path_of(address, settings):
    return address.removeprefix(settings.base_url.rstrip("/"))


def test_one_press_stops_them_whoever_presses(app, settings, told):
    owner, message = told
    address = message["List-Unsubscribe"].strip(" <>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        assert address in message.get_body((kind,)).get_content()
    stranger = app.test_client()

    assert stranger.get(path_of(address, settings)).status_code == 200
    assert wants_mails(app, owner)

    answer = stranger.post(path_of(address, settings), data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, "You get no more of these mails" in answer.text) == (200, True)
    assert not wants_mails(app, owner)
    assert owner.name not in answer.text
    assert stranger.post(path_of(address, settings)).status_code == 200


def test_somebody_who_stopped_them_gets_none(app, db, told, settings, mail_sink):
    owner, message = told
    app.test_client().post(path_of(message["List-Unsubscribe"].strip(" <>"), settings))
    before = len(mail_sink.sent_to(owner.email))
    author = a_member(db, an_organisation(db))
    listing = a_listing(db, owner)
    a_proposal(db, listing, author, state=ProposalState.SUBMITTED)
    db.commit()

    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    worker_of(app).run_once()

    assert len(mail_sink.sent_to(owner.email)) == before


@pytest.mark.parametrize("token", ["1", "MQ.", "MQ.AAAA", "é", "x" * 5000, "MQ.aHR0cHM6Ly9leGFtcGxlLm9yZw"])
def test_a_link_that_the_portal_did_not_make_is_nothing(app, client_of, token):
    assert client_of().get(f"/mails/stop/{token}").status_code == 404
    assert app.test_client().post(f"/mails/stop/{token}").status_code == 404


def test_links_outlive_a_change_of_key(settings, db):
    account = a_person(db)
    db.commit()
    token = stop_link(settings, account.id).rpartition("/")[2]
    newer = dataclasses.replace(settings, secret_key="another key", old_secret_keys=(settings.secret_key,))

    assert account_in(newer, token) == account.id
    assert account_in(dataclasses.replace(newer, old_secret_keys=()), token) is None
