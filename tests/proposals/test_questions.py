"""The owner's own questions: asked in the form, asked again in full when it is submitted, kept with the version."""

import pytest

from portal.kernel.db import transaction
from portal.kernel.errors import Refused
from portal.listings.models import Listing
from portal.proposals.inputs import Content, Given
from portal.proposals.models import Proposal
from portal.proposals.states import ProposalState as S
from portal.questionnaires.actions import write_questionnaire
from portal.questionnaires.inputs import Question, Questions
from portal.questionnaires.queries import questionnaire_of
from portal.questionnaires.states import AnswerKind as K
from tests.proposals.contents import content

ASKED = [
    Question("Do you need a site?", K.YES_NO, required=True),
    Question("Which other firms do you talk to?", K.LINE, confidential=True),
]


def row(number, **parts):
    return {f"questions-{number}-{name}": value for name, value in parts.items()}


@pytest.fixture
def draft(case):
    """A draft for a listing with two questions."""
    proposal = case.proposal(S.DRAFT)
    with transaction(case.db):
        listing = case.db.get_one(Listing, case.db.get_one(Proposal, proposal.id).listing_id)
        write_questionnaire(case.db, listing, Questions(ASKED), actor=case.actor("owner"))
    return proposal


def rewrite(case, proposal, *questions):
    with transaction(case.db):
        case.db.expire_all()
        listing = case.db.get_one(Listing, case.db.get_one(Proposal, proposal.id).listing_id)
        return write_questionnaire(case.db, listing, Questions(questions), actor=case.actor("owner")).questions.questions


def test_an_owner_writes_questions_whose_keys_stay_while_their_words_change(case, client_of):
    listing = case.listing()
    owner, at = client_of(case.people["owner"]), f"{listing.href}/questionnaire"
    assert client_of(case.people["author"]).get(at).status_code == 404
    assert f'href="{at}"' in owner.get(listing.href).text
    first = row(0, label="A site?", kind="yes_no", required="y") | row(1, label="Days?", kind="number")

    assert owner.submit(at, first | {"add": "questions"}).status_code == 200
    assert owner.submit(at, first).status_code == 303
    second = row(0, key="q1", label="Do you need a site?", kind="yes_no")
    never = second | row(1, key="q2", label="Days?", kind="number", only_if="q1", only_answer="maybe") | {"version": "2"}
    refused = owner.submit(at, never)
    assert (refused.status_code, "Write one of: yes, no" in refused.text) == (422, True)
    kept = never | {"questions-1-only_answer": "yes"} | row(2, label="New?", kind="line")
    assert owner.submit(at, kept).status_code == 303

    case.db.expire_all()
    questions = questionnaire_of(case.db, listing.id).questions.questions
    assert [(one.key, one.label, one.only_if) for one in questions] == [
        ("q1", "Do you need a site?", ""),
        ("q2", "Days?", "q1"),
        ("q3", "New?", ""),
    ]


def test_answers_are_given_asked_again_and_belong_to_the_version(case, client_of, draft):
    author = client_of(case.people["author"])
    check = author.get(f"{draft.href}/edit/check").text
    assert f'href="{draft.href}/edit/questions#q1"' in check
    assert author.submit(f"{draft.href}/edit/questions", {"q1": "perhaps", "version": draft.version}).status_code == 422
    sent = author.submit(f"{draft.href}/edit/questions", {"q1": "yes", "q2": "SECRET FIRM", "version": draft.version})
    assert sent.location == f"{draft.href}/edit/check"
    site, firms = rewrite(case, draft, *(one for one in rewrite_keys(case, draft)), Question("New?", K.LINE, required=True))[:2]

    with pytest.raises(Refused, match="New"):
        case.step(draft, "submit", "author")
    rewrite(case, draft, site, firms)
    case.step(draft, "submit", "author")

    page = client_of(case.people["owner"]).get(draft.href).text
    assert ("SECRET FIRM" in page, "Confidential" in page) == (True, True)
    with pytest.raises(Refused, match="only the wording"):
        rewrite(case, draft, site)
    rewrite(case, draft, Question("Do you need to come to us?", K.YES_NO, "q1", required=True), firms)
    assert "Do you need a site?" in client_of(case.people["owner"]).get(f"{draft.href}/versions/1").text


def rewrite_keys(case, proposal):
    """The questions as they are saved."""
    case.db.expire_all()
    listing_id = case.db.get_one(Proposal, proposal.id).listing_id
    return questionnaire_of(case.db, listing_id).questions.questions


def test_outsiders_read_no_confidential_answer():
    text = content(answers=[Given("q1", "Site?", K.YES_NO, "yes"), Given("q2", "Firms?", K.LINE, "SECRET", confidential=True)])

    assert "SECRET" not in str(text.for_outsiders().to_json())
    assert Content.from_json(text.to_json()) == text
