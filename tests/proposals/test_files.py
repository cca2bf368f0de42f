"""Files that go with the text: added while it is written, kept with the version, fetched by whoever reads that version."""

import io
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from portal.accounts.events import AccountErased
from portal.accounts.models import User
from portal.files.models import File
from portal.files.states import FileState
from portal.kernel.db import transaction
from portal.kernel.errors import Refused
from portal.kernel.events import record
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM_ACTOR
from portal.listings.models import Listing
from portal.proposals.actions import begin_proposal
from portal.proposals.inputs import Content, Enclosed, Given
from portal.proposals.models import Proposal
from portal.proposals.queries import changes_between, enclosed_files
from portal.proposals.states import FileCategory, Right
from portal.proposals.states import ProposalState as S
from portal.proposals.workflow import gaps
from portal.questionnaires.inputs import Question, Questions
from portal.questionnaires.states import AnswerKind
from tests import build
from tests.files.corpus import EXE, PDF
from tests.proposals.contents import content
from tests.proposals.make import a_co_author

NEW = PDF + b"% another\n"


def add(client, proposal, *files, go="add", **fields):
    chosen = [(io.BytesIO(data), name) for name, data in files]
    values = {"files": chosen, "category": "annex", "go": go, **fields}
    return client.submit(f"{proposal.href}/edit/files", values)


def enclosed(case, proposal):
    return case.look(proposal, lambda found: found.written.files)


def draft_path(proposal, file):
    return f"/files/proposal_folder/{proposal.id}/all/{file.path}"


def version_path(case, proposal, number, file):
    ids = {one.number: one.id for one in case.look(proposal, lambda found: found.versions)}
    return f"/files/proposal_version/{ids[number]}/all/{file.path}"


def fetched(client, path):
    answer = client.get(path, buffered=True)
    return answer.data if answer.status_code == 200 else answer.status_code


def test_files_are_added_changed_and_taken_out_while_the_text_is_written(case, client_of, settings):
    proposal = case.proposal(S.DRAFT)
    author, at = client_of(case.people["author"]), f"{proposal.href}/edit/files"

    assert "None yet." in author.get(at).text
    assert add(author, proposal).status_code == 422
    some = add(author, proposal, ("annex.pdf", PDF), ("plan.txt", b"Plan"), ("virus.exe", EXE), confidential="y")
    assert (some.status_code, "“virus.exe”: This kind of file is not accepted." in some.text) == (422, True)
    assert "2 files were added." in some.text
    first, second = enclosed(case, proposal)
    assert [(one.code, one.name, one.category, one.confidential) for one in (first, second)] == [
        ("F1", "annex.pdf", FileCategory.ANNEX, True),
        ("F2", "plan.txt", FileCategory.ANNEX, True),
    ]
    assert "This very file is there already." in add(author, proposal, ("annex.pdf", PDF)).text
    on = add(author, proposal, ("annex.pdf", NEW), go="next", category="cv")
    assert on.location == f"{proposal.href}/edit/check"
    assert add(author, proposal, ("new plan.txt", b"New"), replaces="F2", category="quote").status_code == 303
    assert add(author, proposal, ("a.txt", b"A"), ("b.txt", b"B"), replaces="F2").status_code == 422
    assert add(author, proposal, ("a.txt", b"A"), replaces="F9").status_code == 422
    assert add(author, proposal, ("a.txt", b"A"), category="poem").status_code == 422

    cv, quote = enclosed(case, proposal)
    assert [(one.code, one.name, one.version, one.category) for one in (cv, quote)] == [
        ("F1", "annex.pdf", 2, FileCategory.CV),
        ("F2", "new plan.txt", 1, FileCategory.QUOTE),
    ]
    assert "1 earlier version" in author.get(at).text
    said = {"F1-mark": first.mark, "F1-category": "other"}
    assert author.submit(f"{at}/F1", said).status_code == 409  # somebody put another in its place
    assert author.submit(f"{at}/F1", said | {"F1-mark": cv.mark, "F1-category": "poem"}).status_code == 422
    assert author.submit(f"{at}/F1", said | {"F1-mark": cv.mark, "F1-confidential": "y"}).status_code == 303
    assert author.submit(f"{at}/F2", {"F2-mark": quote.mark, "F2-category": "quote", "do": "take-out"}).status_code == 303
    (left,) = enclosed(case, proposal)
    assert (left.category, left.confidential) == (FileCategory.OTHER, True)
    assert author.submit(f"{at}/F2", {"F2-mark": quote.mark, "F2-category": "quote"}).status_code == 404
    kept = {path.read_bytes() for path in (settings.instance / "files").iterdir()}
    assert b"New" not in kept  # nothing has these bytes any more


def test_only_those_who_write_it_have_the_files_of_a_draft(case, client_of):
    proposal = case.proposal(S.DRAFT)
    reader, stranger = (build.a_member(case.db, build.an_organisation(case.db)) for _ in range(2))
    a_co_author(case.db, case.db.get_one(Proposal, proposal.id), reader, Right.VIEW)
    case.db.commit()
    add(client_of(case.people["author"]), proposal, ("annex.pdf", PDF))
    (file,) = enclosed(case, proposal)

    for name in ("owner", "host officer", "stranger", "administrator", "visitor"):
        assert fetched(client_of(case.people[name]), draft_path(proposal, file)) == 404, name
    assert fetched(client_of(stranger), draft_path(proposal, file)) == 404
    for account in (case.people["author"], case.people["partner officer"], reader):
        assert fetched(client_of(account), draft_path(proposal, file)) == PDF
    assert add(client_of(reader), proposal, ("more.pdf", PDF)).status_code == 404
    remove = client_of(case.people["author"]).submit(f"{draft_path(proposal, file)}/remove", {})
    assert remove.status_code == 403  # it belongs to the text


def test_a_version_keeps_its_files_for_whoever_reads_it(case, client_of):
    proposal = case.proposal(S.DRAFT)
    author, owner = client_of(case.people["author"]), client_of(case.people["owner"])
    add(author, proposal, ("annex.pdf", PDF), confidential="y")
    add(author, proposal, ("plan.txt", b"Plan"))
    before = enclosed(case, proposal)
    case.step(proposal, "submit", "author")
    first = version_path(case, proposal, 1, before[0])

    page = owner.get(f"{proposal.href}/versions/1").text
    assert (f'href="{first}"' in page, "Technical annex" in page, "Confidential" in page) == (True, True, True)
    assert f'href="{first}"' in owner.get(proposal.href).text
    assert fetched(owner, first) == PDF
    assert fetched(owner, draft_path(proposal, before[0])) == 404
    assert fetched(owner, f"/files/all/{first.split('/')[2]}/{first.split('/')[3]}")[:2] == b"PK"
    for name in ("stranger", "administrator", "host member", "visitor"):
        assert fetched(client_of(case.people[name]), first) == 404, name
    assert author.submit(f"{first}/remove", {}).status_code == 403

    for action, given in (("take_up", None), ("ask_changes", Reason("A newer annex, please."))):
        case.step(proposal, action, "owner", given)
    add(author, proposal, ("annex.pdf", NEW))
    taken = next(one for one in enclosed(case, proposal) if one.code == "F2")
    author.submit(f"{proposal.href}/edit/files/F2", {"F2-mark": taken.mark, "F2-category": "annex", "do": "take-out"})
    assert fetched(owner, draft_path(proposal, enclosed(case, proposal)[0])) == 404
    case.step(proposal, "submit", "author")

    assert fetched(owner, first) == PDF
    assert fetched(owner, version_path(case, proposal, 1, before[1])) == b"Plan"
    assert fetched(owner, version_path(case, proposal, 2, enclosed(case, proposal)[0])) == NEW
    compared = owner.get(f"{proposal.href}/compare?from=1&to=2").text
    assert ("replaced" in compared, "taken out" in compared) == (True, True)
    case.step(proposal, "withdraw", "author")
    assert fetched(owner, first) == 404
    assert fetched(author, first) == PDF


def test_what_the_scanner_has_not_passed_is_not_submitted(case, client_of, app):
    proposal = case.proposal(S.DRAFT)
    author = client_of(case.people["author"])
    add(author, proposal, ("annex.pdf", PDF))

    def stands(state, scans):
        with transaction(case.db):
            case.db.execute(update(File).values(state=state))
        case.db.info["scans_files"] = app.extensions["database"].info["scans_files"] = scans
        return author.get(f"{proposal.href}/edit/check").text

    try:
        assert "“annex.pdf” is still being checked." in stands(FileState.WAITING, True)
        with pytest.raises(Refused, match="still being checked"):
            case.step(proposal, "submit", "author")
        held = stands(FileState.QUARANTINED, False)
        assert f'href="{proposal.href}/edit/files#F1"' in held
        assert "Take it out, and add a clean copy." in held
        assert "Held back" in author.get(f"{proposal.href}/edit/files").text
        with pytest.raises(Refused, match="held back"):
            case.step(proposal, "submit", "author")
        assert "annex.pdf” is" not in stands(FileState.CLEAN, True)
        case.step(proposal, "submit", "author")
    finally:
        case.db.info["scans_files"] = app.extensions["database"].info["scans_files"] = False


def test_files_come_along_to_the_next_proposal_and_go_with_what_was_never_sent(case, client_of):
    proposal, other = case.proposal(S.DRAFT), case.listing()
    author = client_of(case.people["author"])
    add(author, proposal, ("annex.pdf", PDF))
    add(author, proposal, ("bad.pdf", NEW))
    with transaction(case.db):
        case.db.execute(update(File).where(File.name == "bad.pdf").values(state=FileState.QUARANTINED))
        begun = begin_proposal(case.db, case.db.get_one(Listing, other.id), actor=case.actor("author"), reuse=proposal.id)
        text = begun.written
        assert [one.name for one in text.files] == ["annex.pdf"]
        assert set(enclosed_files(case.db, begun, text)) == {"F1"}

    (file,) = enclosed(case, proposal)[:1]
    author.submit(f"{proposal.href}/edit/files/F1", {"F1-mark": file.mark, "F1-category": "annex", "do": "take-out"})
    assert fetched(author, f"/files/proposal_folder/{begun.id}/all/{file.path}") == PDF
    with transaction(case.db):
        record(case.db, AccountErased(), actor=SYSTEM_ACTOR, subject=case.db.get_one(User, case.people["author"].id))
    assert case.db.scalar(select(func.count(File.id))) == 0


def test_a_question_for_a_file_is_answered_by_one_that_goes_with_the_text():
    question = Question("Your quote", AnswerKind.FILE, "q1", required=True)
    file = Enclosed("quote.pdf", FileCategory.QUOTE, "a" * 64, 7, code="F1")
    text = content(files=[file], answers=[Given.to(question, "F1")])

    assert gaps(text, Questions([question])) == ()
    assert [gap.field for gap in gaps(replace(text, files=()), Questions([question]))] == ["q1"]
    changes = changes_between(text, replace(text, files=[replace(file, name="other.pdf", sha256="b" * 64)]))
    assert [(change.what, change.is_replaced) for change in changes.rows["files"]] == [("changed", True)]


def test_outsiders_learn_of_no_confidential_file_and_earlier_versions_have_none():
    files = [Enclosed(name, FileCategory.CV, "a" * 64, 7, confidential=name == "SECRET.pdf") for name in ("SECRET.pdf", "cv.pdf")]
    text = content(files=files)

    assert "SECRET" not in str(text.for_outsiders().to_json())
    assert Content.from_json(text.to_json()) == text
    stored = text.to_json()
    del stored["files"]
    assert Content.from_json(stored).files == ()
