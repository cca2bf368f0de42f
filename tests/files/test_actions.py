import io
import os
import time

import pytest
from sqlalchemy import select

from portal.files.actions import MOST_PER_THING, Sweeper, add_file, remove_file
from portal.files.inputs import Upload
from portal.files.models import File
from portal.files.queries import Named, files_for, readable_file
from portal.files.store import Store
from portal.kernel.db import transaction
from portal.kernel.errors import Forbidden, Invalid, Missing
from portal.kernel.policy import VISITOR
from portal.kernel.scopes import EVERYBODY, Scope
from portal.proposals.states import ProposalState
from portal.proposals.workflow import PROPOSAL_FLOW
from tests.build import a_member, a_proposal, actor_of, an_organisation, facts
from tests.files.corpus import EXE, PDF


class Part:
    def __init__(self, filename, data=b""):
        self.filename, self.stream = filename, io.BytesIO(data)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "files", limit_bytes=100_000)


@pytest.fixture
def case(session):
    """A submitted proposal with its author and the listing's owner."""
    proposal = a_proposal(session, state=ProposalState.SUBMITTED)
    author, owner = actor_of(session, proposal.author), actor_of(session, proposal.listing.owner)
    session.commit()
    return proposal, author, owner


def add(session, store, proposal, actor, name="offer.pdf", data=PDF, scope=EVERYBODY):
    part = Part(name, data)
    with store.keeping(part.stream) as kept, transaction(session):
        return add_file(session, "proposal", proposal.id, Upload(part, scope), kept, actor=actor)


def stored(store):
    return sorted(path.name for path in store.folder.iterdir()) if store.folder.exists() else []


def named(file):
    return Named(file.subject_type, file.subject_id, file.scope.key, file.version, file.name)


def test_file_is_there_for_both_sides_under_a_name_that_tells_nothing(session, store, case):
    proposal, author, owner = case

    file = add(session, store, proposal, author)

    (seen,) = files_for(session, owner, "proposal", proposal.id)
    assert (seen.name, seen.size_bytes, seen.uploaded_by_id) == ("offer.pdf", len(PDF), author.id)
    assert readable_file(session, named(file), actor=owner) is file
    assert store.path(file.stored_as).read_bytes() == PDF
    assert stored(store) == [file.stored_as]
    assert "offer" not in file.stored_as
    assert facts(session, proposal)[-1] == "file.added"


def test_only_the_portal_may_look_into_the_folder(session, store, case):
    proposal, author, _owner = case

    file = add(session, store, proposal, author)

    assert store.folder.stat().st_mode & 0o777 == 0o700
    assert store.path(file.stored_as).stat().st_mode & 0o777 == 0o600


def test_file_for_colleagues_is_missing_for_the_other_side(session, store, case):
    proposal, author, owner = case

    file = add(session, store, proposal, author, scope=Scope(proposal.organisation_id))

    assert files_for(session, owner, "proposal", proposal.id).files == ()
    assert readable_file(session, named(file), actor=author) is file
    with pytest.raises(Missing):
        readable_file(session, named(file), actor=owner)
    assert facts(session, proposal)[-1] == "file.added_inside"


def test_file_of_a_hidden_thing_is_missing(session, store, case):
    proposal, author, _owner = case
    file = add(session, store, proposal, author)
    stranger = actor_of(session, a_member(session, an_organisation(session)))

    for actor in (stranger, VISITOR):
        with pytest.raises(Missing):
            readable_file(session, named(file), actor=actor)


def test_withdrawing_takes_the_files_back_from_the_other_side(session, store, case):
    proposal, author, owner = case
    file = add(session, store, proposal, author)

    PROPOSAL_FLOW.perform(session, proposal, "withdraw", actor=author)

    assert readable_file(session, named(file), actor=author) is file
    with pytest.raises(Missing):
        readable_file(session, named(file), actor=owner)


@pytest.mark.parametrize(
    ("name", "data"), [("offer.pdf", EXE), ("offer.pdf", b""), ("offer.pdf", PDF + b" " * 100_000)], ids=["lie", "empty", "large"]
)
def test_refused_upload_leaves_nothing(session, store, case, name, data):
    proposal, author, _owner = case

    with pytest.raises(Invalid) as refused:
        add(session, store, proposal, author, name, data)

    assert refused.value.field == "file"
    assert stored(store) == []
    assert session.scalars(select(File)).all() == []


def test_aborted_upload_leaves_nothing(session, store, case):
    proposal, author, _owner = case

    class Torn(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > 50_000:
                raise ConnectionResetError
            return super().read(size)

    with pytest.raises(ConnectionResetError):
        part = Part("offer.pdf")
        part.stream = Torn(PDF + b" " * 90_000)
        with store.keeping(part.stream) as kept, transaction(session):
            add_file(session, "proposal", proposal.id, Upload(part), kept, actor=author)

    assert stored(store) == []


def test_commit_that_fails_leaves_no_bytes(session, store, case):
    proposal, author, _owner = case

    with pytest.raises(ZeroDivisionError):
        part = Part("offer.pdf", PDF)
        with store.keeping(part.stream) as kept, transaction(session):
            add_file(session, "proposal", proposal.id, Upload(part), kept, actor=author)
            1 / 0  # noqa: B018 - stands for a disk that is full

    assert stored(store) == []
    assert session.scalars(select(File)).all() == []


def test_thing_holds_so_much_and_no_more(session, store, case):
    proposal, author, _owner = case
    first = add(session, store, proposal, author)
    first.size_bytes = MOST_PER_THING - len(PDF)
    session.commit()

    add(session, store, proposal, author)
    with pytest.raises(Invalid, match="no room"):
        add(session, store, proposal, author)


def test_stranger_adds_nothing(session, store, case):
    proposal, _author, _owner = case
    stranger = actor_of(session, a_member(session, an_organisation(session)))

    with pytest.raises(Missing):
        add(session, store, proposal, stranger)

    assert stored(store) == []


def test_only_who_added_a_file_removes_it(session, store, case):
    proposal, author, owner = case
    file = add(session, store, proposal, author)

    with pytest.raises(Forbidden):
        remove_file(session, named(file), actor=owner)
    removed = remove_file(session, named(file), actor=author)

    assert removed.stored_as == file.stored_as
    assert files_for(session, author, "proposal", proposal.id).files == ()
    assert facts(session, proposal)[-1] == "file.removed"


def test_sweep_removes_what_a_crash_left_and_nothing_else(session, store, case):
    proposal, author, _owner = case
    file = add(session, store, proposal, author)
    long_ago = time.time() - 25 * 3600
    for name in ("orphan", "half.part", "young"):
        (store.folder / name).write_bytes(b"x")
    for name in (file.stored_as, "orphan", "half.part"):
        os.utime(store.folder / name, (long_ago, long_ago))

    sweep = Sweeper(store)
    assert sweep(session) == 2
    assert sweep(session) == 0

    assert stored(store) == sorted([file.stored_as, "young"])
