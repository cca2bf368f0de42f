"""Many things of the board at once: each for itself, and told row by row."""

from portal.board.inputs import read_picks
from portal.board.states import What
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.proposals.models import Proposal
from portal.proposals.states import ProposalState
from portal.threads.models import Message
from tests.build import a_listing, a_member, a_person, a_proposal, an_interest, an_organisation


def _key(thing):
    return f"{thing.__tablename__}-{thing.id}"


def test_keys_are_read_each_once_and_what_is_none_is_left_out():
    assert read_picks(
        ["proposal-2", "proposal-2", "interest-1", "user-1", "proposal-0", "proposal-١", "proposal-9999999999"]
    ) == [
        (What.PROPOSAL, 2),
        (What.INTEREST, 1),
    ]


def test_what_cannot_be_done_with_one_holds_up_no_other(db, client_of):
    host = an_organisation(db)
    owner = a_member(db, host, Role.POSTER, Role.OFFICER)
    listing = a_listing(db, owner, host)
    new, reviewed = (
        a_proposal(db, listing, a_member(db, an_organisation(db)), state=state)
        for state in (ProposalState.SUBMITTED, ProposalState.IN_REVIEW)
    )
    elsewhere = a_proposal(db, state=ProposalState.SUBMITTED)
    db.commit()
    client = client_of(owner)
    assert "proposal-" in client.get("/board?view=table").text
    keys = [_key(each) for each in (new, reviewed, elsewhere)]
    page = client.get("/board/together?pick=" + "&pick=".join(keys)).text
    assert new.title in page
    assert _key(elsewhere) not in page

    answer = client.submit("/board/together", {"pick": keys, "do": "take_up", "readers": "all"})
    db.expire_all()
    assert db.get(Proposal, new.id).state is ProposalState.IN_REVIEW
    assert db.get(Proposal, elsewhere.id).state is ProposalState.SUBMITTED
    assert elsewhere.reference not in answer.text
    db.commit()
    again = client.submit("/board/together", {"pick": keys[:1], "do": "take_up", "readers": "all"})
    assert again.status_code == 409
    assert "is not possible any more" in again.text
    assert f'value="{keys[0]}" checked' in again.text  # what was not done stays ticked


def test_an_officer_reminds_whoever_has_it_once_a_day(db, client_of):
    interest = an_interest(db, a_listing(db), a_person(db))
    officer = a_member(db, interest.host, Role.OFFICER)
    db.commit()
    client, order = client_of(officer), {"pick": [_key(interest)], "do": "remind", "readers": "all"}

    assert client.submit("/board/together", order).status_code == 200
    again = client.submit("/board/together", order)
    assert again.status_code == 409
    assert "reminded today already" in again.text
    facts = db.query(Event).filter_by(kind="reminder.asked").all()
    assert [fact.data["account_id"] for fact in facts] == [interest.listing.owner_id]


def test_where_approvals_are_missing_the_officers_of_those_sides_are_reminded(db, client_of):
    proposal = a_proposal(db, state=ProposalState.IN_APPROVAL)
    officer = a_member(db, proposal.host, Role.OFFICER)
    others = {a_member(db, side, Role.OFFICER).id for side in (proposal.host, proposal.organisation)}
    db.commit()

    client_of(officer).submit("/board/together", {"pick": [_key(proposal)], "do": "remind", "readers": "all"})
    told = {fact.data["account_id"] for fact in db.query(Event).filter_by(kind="reminder.asked")}
    assert others <= told
    assert officer.id not in told


def test_the_same_message_goes_to_each_for_whom_it_is_meant(db, client_of):
    things = [a_proposal(db, state=ProposalState.SUBMITTED)]
    things.append(an_interest(db, things[0].listing, a_member(db, an_organisation(db))))
    officer = a_member(db, things[0].host, Role.OFFICER)
    db.commit()
    client, keys = client_of(officer), [_key(each) for each in things]

    empty = client.submit("/board/together", {"pick": keys, "do": "write", "readers": "own", "text": ""})
    assert empty.status_code == 422
    assert empty.text.count(" checked ") == 2
    done = client.submit("/board/together", {"pick": keys, "do": "write", "readers": "own", "text": "Our budget year ends soon."})
    assert done.status_code == 200
    assert {(m.subject_type, m.subject_id, m.side_id) for m in db.query(Message)} >= {
        (each.__tablename__, each.id, each.host_id) for each in things
    }
    db.commit()
    assert "Our budget year" not in client_of(things[0].author).get(f"{things[0].href}/conversation").text


def test_only_officers_act_on_many_and_not_on_too_many(db, client_of):
    proposal = a_proposal(db, state=ProposalState.SUBMITTED)
    officer, colleague = (a_member(db, proposal.host, *roles) for roles in ((Role.OFFICER,), ()))
    db.commit()
    order = {"pick": [_key(proposal)], "do": "follow", "readers": "all"}

    assert client_of(colleague).get("/board/together").status_code == 404
    assert client_of(colleague).submit("/board/together", order).status_code == 404
    client = client_of(officer)
    assert client.submit("/board/together", order | {"pick": [f"proposal-{n}" for n in range(1, 60)]}).status_code == 422
    assert client.get("/board/together?every=" + ".".join(f"proposal-{n}" for n in range(1, 60))).status_code == 422
    assert client.submit("/board/together", order | {"do": "everything"}).status_code == 422
    assert client.submit("/board/together", order).status_code == 200
    assert "Nothing is ticked" in client.get("/board/together?pick=proposal-0").text


def test_many_cost_no_statement_more_than_one(db, client_of, count_statements):
    first = a_proposal(db, state=ProposalState.SUBMITTED)
    more = [an_interest(db, first.listing, a_person(db)) for _ in range(3)]
    officer = a_member(db, first.host, Role.OFFICER)
    db.commit()
    client, counts = client_of(officer), set()
    for picked in ([first], [first, *more]):
        with count_statements() as asked:
            client.get("/board/together?every=" + ".".join(map(_key, picked)))
        counts.add(len(asked))
    assert len(counts) == 1
    assert max(counts) <= 6
