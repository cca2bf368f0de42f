"""What came of the work is known by checked identifiers, stands once, and is confirmed by the side that did not report it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal import wiring
from portal.collaborations.actions import name_member, record_outcome
from portal.collaborations.inputs import NewMember, OutcomeEntry, address_of
from portal.collaborations.queries import SOURCES, outcome_versions_of
from portal.collaborations.states import OutcomeKind as K
from portal.collaborations.states import OutcomeState
from portal.collaborations.workflow import OUTCOME_FLOW
from portal.insights.queries import figures
from portal.kernel.errors import Forbidden, Invalid
from portal.kernel.inputs import Reason
from portal.kernel.subscribers import drain
from portal.notifications.models import Notification
from portal.organisations.models import Organisation
from tests.build import a_collaboration, a_member, a_person, actor_of
from tests.collaborations.make_papers import an_outcome, corrected
from tests.collaborations.make_people import a_guest

_HEX = "9d3b5c1f" * 5


def read(kind, text):
    return OutcomeEntry(kind, "A title", identifier=text).identifier


@pytest.mark.parametrize(
    ("kind", "text", "normal"),
    [
        (K.PAPER, "https://doi.org/10.1000/ABC.182", "doi:10.1000/abc.182"),
        (K.DATA, " 10.5281/zenodo.8475 ", "doi:10.5281/zenodo.8475"),
        (K.SOFTWARE, f"swh:1:rev:{_HEX};origin=https://example.org/x", f"swh:1:rev:{_HEX}"),
        (K.SOFTWARE, "10.5281/zenodo.8475", "doi:10.5281/zenodo.8475"),
        (K.PATENT, "ep 3 456 789 B1", "patent:EP3456789B1"),
        (K.LICENCE, "WO 2023/123456", "patent:WO2023123456"),
        (K.SPIN_OUT, "https://ror.org/03gq8fr08", "ror:03gq8fr08"),
        (K.HIRE, "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
        (K.OTHER, "", None),
    ],
)
def test_an_identifier_has_one_form(kind, text, normal):
    assert read(kind, text) == normal


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (K.PAPER, "11.1000/182"),
        (K.SOFTWARE, "swh:1:rev:123"),
        (K.PATENT, "3456789"),
        (K.SPIN_OUT, "03gq8fr09"),
        (K.HIRE, "0000-0002-1825-0098"),
        (K.FUNDING, "10.1000/182"),
        (K.PATENT, "EP\u0663\u0664\u0665\u0666\u0667"),
    ],
)
def test_what_is_none_is_refused_beside_its_field(kind, text):
    with pytest.raises(Invalid) as refused:
        read(kind, text)
    assert refused.value.field == "identifier"


@given(kind=st.sampled_from(K), text=st.text(max_size=80))
def test_whatever_is_typed_is_refused_or_read_the_same_again(kind, text):
    try:
        found = read(kind, text)
    except Invalid:
        return
    if found is not None:
        scheme, _, rest = found.partition(":")
        assert read(kind, found if scheme == "swh" else rest) == found


@given(office=st.sampled_from(["EP", "US", "WO"]), number=st.integers(1000, 10**12), gap=st.sampled_from(["", " ", "/", "."]))
def test_a_patent_is_the_same_however_it_is_spaced(office, number, gap):
    assert read(K.PATENT, f"{office}{gap}{number}{gap}A1") == f"patent:{office}{number}A1"


def test_one_thing_is_recorded_once_and_named_when_it_comes_again(db):
    collaboration = a_collaboration(db)
    lead = actor_of(db, collaboration.partner_lead)
    made = record_outcome(db, collaboration, OutcomeEntry(K.PAPER, "Pumps that speak", identifier="10.1000/182"), actor=lead)
    assert (made.identifier, made.address) == ("doi:10.1000/182", "https://doi.org/10.1000/182")
    with pytest.raises(Invalid, match="recorded already") as refused:
        record_outcome(db, collaboration, OutcomeEntry(K.DATA, "Again", identifier="https://doi.org/10.1000/182"), actor=lead)
    assert refused.value.why.params == {"title": "Pumps that speak"}
    for title in ("One", "Two"):  # what has no identifier is told apart by nobody
        record_outcome(db, collaboration, OutcomeEntry(K.OTHER, title), actor=lead)


def test_identifiers_lead_to_who_answers_for_them():
    assert address_of("orcid:0000-0002-1825-0097") == "https://orcid.org/0000-0002-1825-0097"
    assert address_of(f"swh:1:rev:{_HEX}").endswith(f"/swh:1:rev:{_HEX}")
    assert address_of("patent:EP1") == ""


@pytest.fixture
def parties(db):
    collaboration = a_collaboration(db)
    return collaboration, actor_of(db, collaboration.host_lead), actor_of(db, collaboration.partner_lead)


def waits(db, key, actor):
    source = next(source for source in SOURCES if source.key == key)
    return [row.id for row in db.execute(source.select(actor))]


def test_what_one_side_reports_the_other_side_alone_confirms(db, parties):
    collaboration, host, partner = parties
    member = a_member(db, db.get_one(Organisation, collaboration.organisation_id))
    name_member(db, collaboration, NewMember("Measures", email=member.email), actor=partner)
    db.expire_all()
    writer = actor_of(db, member)
    outcome = record_outcome(db, collaboration, OutcomeEntry(K.DATA, "Ten thousand hours of a pump"), actor=writer)
    assert (outcome.state, outcome.side_id) == (OutcomeState.REPORTED, collaboration.organisation_id)
    for own in (writer, partner):
        with pytest.raises(Forbidden):
            OUTCOME_FLOW.perform(db, outcome, "confirm", actor=own)
    assert [waits(db, "outcome.confirm", one) for one in (host, partner)] == [[outcome.id], []]
    assert (figures(db).outcomes, figures(db).confirmed) == (1, 0)
    OUTCOME_FLOW.perform(db, outcome, "confirm", actor=host)
    assert (waits(db, "outcome.confirm", host), figures(db).confirmed) == ([], 1)
    mine = record_outcome(db, collaboration, OutcomeEntry(K.PATENT, "A valve"), actor=host)
    assert [waits(db, "outcome.confirm", one) for one in (host, partner)] == [[], [mine.id]]


def test_a_question_is_answered_by_a_correction_or_by_withdrawing(db, parties):
    collaboration, host, partner = parties
    outcome = an_outcome(db, collaboration, OutcomeState.QUERIED)
    assert [waits(db, "outcome.correct", one) for one in (host, partner)] == [[], [outcome.id]]
    with pytest.raises(Forbidden):
        corrected(db, outcome, "Theirs", host)
    corrected(db, outcome, "A better paper", partner)
    assert (outcome.state, outcome.note, waits(db, "outcome.confirm", host)) == (OutcomeState.REPORTED, "", [outcome.id])
    OUTCOME_FLOW.perform(db, outcome, "withdraw", actor=partner, given=Reason("It was never printed."))
    assert (waits(db, "outcome.confirm", host), figures(db).outcomes) == ([], 0)


def test_whoever_acts_next_is_told(app, db, parties):
    collaboration, host, partner = parties
    outcome = an_outcome(db, collaboration, OutcomeState.QUERIED)
    corrected(db, outcome, "A better paper", partner)
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    told = (
        select(Notification.kind, Notification.account_id)
        .where(Notification.kind.startswith("outcome."))
        .order_by(Notification.id)
    )
    assert db.execute(told).all() == [
        *(("outcome.recorded", host.id), ("outcome.moved", partner.id), ("outcome.moved", host.id)),
    ]


def test_a_correction_is_one_more_version_and_is_confirmed_anew(db, parties):
    collaboration, host, partner = parties
    outcome = an_outcome(db, collaboration, OutcomeState.CONFIRMED)
    with pytest.raises(Invalid, match="Nothing is different"):
        corrected(db, outcome, "A paper", partner)
    corrected(db, outcome, "A paper on pumps", partner, identifier="10.1000/182")
    newest, first = outcome_versions_of(db, outcome)
    assert (outcome.state, outcome.confirmed_at, outcome.address) == (OutcomeState.REPORTED, None, "https://doi.org/10.1000/182")
    assert [(one.number, one.title, one.reason) for one in (newest, first)] == [
        (2, "A paper on pumps", "Misspelt."),
        (1, "A paper", ""),
    ]
    assert [one.confirmed_by_id for one in (newest, first)] == [None, host.id]
    other = an_outcome(db, collaboration, title="Another")
    with pytest.raises(Invalid, match="recorded already"):
        corrected(db, other, "Another", partner, identifier="10.1000/182")
    OUTCOME_FLOW.perform(db, outcome, "withdraw", actor=partner, given=Reason("Retracted."))
    corrected(db, other, "Another", partner, identifier="10.1000/182")


def test_pages_show_versions_and_what_shows_it_to_those_who_take_part(db, parties, client_of, count_statements):
    collaboration, *_ = parties
    guest, stranger = a_person(db), a_person(db)
    a_guest(db, collaboration, guest)
    outcome = an_outcome(db, collaboration)
    page, evidence = outcome.href, f"/files/outcome/{outcome.id}/all/1/proof.txt"
    leads = (collaboration.partner_lead, collaboration.host_lead)
    db.commit()
    partner, host, visitor, nobody = (client_of(person) for person in (*leads, guest, stranger))
    assert partner.submit(f"/files/to/outcome/{outcome.id}", {"file": (io.BytesIO(b"hello"), "proof.txt")}).status_code == 303
    assert [client.get(page).status_code for client in (partner, host, visitor, nobody)] == [200, 200, 200, 404]
    assert [client.get(evidence, buffered=True).status_code for client in (host, visitor, nobody)] == [200, 200, 404]
    refused = partner.submit(f"{page}/edit", {"kind": "paper", "title": "A paper", "text": "No"})
    assert (refused.status_code, "Nothing is different" in refused.text) == (422, True)
    sent = {"kind": "data", "title": "A paper <b>", "text": "It is data.", "identifier": "10.1000/182"}
    assert host.submit(f"{page}/edit", sent).status_code == 403
    assert partner.submit(f"{page}/edit", sent).status_code == 303
    assert partner.submit(f"{page}/steps/confirm").status_code == 403
    assert host.submit(f"{page}/steps/confirm", {"from": "work"}).headers["Location"] == "/work"
    with count_statements() as asked:
        shown = host.get(page).text
    assert "<ins>A paper &lt;b&gt;</ins>" in shown or "<ins> &lt;b&gt;</ins>" in shown
    assert "Confirmed by both sides" in shown
    assert len(asked) <= 6
    assert "recorded the outcome “A paper &lt;b&gt;”" in host.get(f"{collaboration.href}/history").text
    assert visitor.submit(f"{collaboration.href}/outcomes/new", sent).status_code == 404
