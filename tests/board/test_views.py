import re

from portal.board.models import BoardView
from portal.kernel.policy import Role
from portal.proposals.states import ProposalState
from tests.board.make import many_proposals
from tests.build import a_member, a_proposal


def test_the_board_is_for_officers(db, client_of):
    proposal = a_proposal(db, state=ProposalState.SUBMITTED)
    officer, colleague = (a_member(db, proposal.host, *roles) for roles in ((Role.OFFICER,), ()))
    db.commit()

    lanes = client_of(officer).get("/board")
    assert lanes.status_code == 200
    assert proposal.title in lanes.text
    assert proposal.title in client_of(officer).get("/board?view=table&state=proposal.submitted").text
    assert proposal.title not in client_of(officer).get("/board?state=proposal.in_review").text
    assert client_of(colleague).get("/board").status_code == 404
    assert client_of().get("/board").status_code == 303


def test_a_filter_that_means_nothing_is_refused_beside_its_field(db, client_of):
    officer = a_member(db, a_proposal(db).host, Role.OFFICER)
    db.commit()

    for query in ("state=nowhere", "person=nobody", "field=99999999999999999999"):
        answer = client_of(officer).get(f"/board?{query}")
        assert answer.status_code == 422
        assert "Choose one of the options." in answer.text


def test_five_thousand_proposals_cost_no_statement_more_than_one(db, client_of, count_statements):
    proposal = a_proposal(db, state=ProposalState.SUBMITTED)
    officer = a_member(db, proposal.host, Role.OFFICER)
    db.commit()
    crowd = many_proposals(db, 5000)
    busy = a_member(db, crowd.host, Role.OFFICER)
    db.commit()
    counts = {}
    for account in (officer, busy):
        client = client_of(account)
        for path in ("/board", "/board?view=table", "/board?view=table&overdue=y"):
            with count_statements() as asked:
                assert client.get(path).status_code == 200
            counts.setdefault(path, set()).add(len(asked))

    assert all(len(each) == 1 and max(each) <= 8 for each in counts.values())


def test_views_are_kept_by_name_and_one_opens_by_itself(db, client_of, count_statements):
    proposal = a_proposal(db, state=ProposalState.SUBMITTED)
    officer, other = (a_member(db, proposal.host, Role.OFFICER) for _ in range(2))
    db.commit()
    client = client_of(officer)
    shown = client.get("/board?state=proposal.in_review&view=table&after=x").text
    address = re.search(r'name="address"[^>]* value="([^"]*)"', shown)[1].replace("&amp;", "&")

    kept = client.submit("/board/views", {"name": "In review", "address": address, "is_default": "y"})
    assert (kept.status_code, kept.location) == (303, "/board?state=proposal.in_review&view=table")
    assert client.get("/board").location == kept.location
    assert "In review" in client.get("/board?view=lanes").text  # everything is one step away
    assert client.submit("/board/views", {"name": "All", "address": "", "is_default": "y"}).status_code == 303
    assert client.get("/board").location == "/board?view=lanes"

    number = db.query(BoardView.id).filter_by(name="In review").scalar()
    db.commit()
    renamed = {f"v{number}-name": "All"}
    assert client.submit(f"/board/views/{number}", renamed).status_code == 422
    assert client.submit(f"/board/views/{number}", {f"v{number}-name": "Under the lens"}).status_code == 303
    page = client.get("/board/views").text
    assert "Under the lens" in page
    assert page.count("checked") == 1
    with count_statements() as asked:
        client.get("/board?view=table")
    assert len(asked) <= 8
    for method in ("", "/remove"):
        assert client_of(other).submit(f"/board/views/{number}{method}", renamed).status_code == 404
    assert client.submit(f"/board/views/{number}/remove").status_code == 303
    assert "Under the lens" not in client.get("/board?view=lanes").text
    assert client.submit("/board/views", {"name": "", "address": ""}).status_code == 422
    assert client.submit("/board/views", {"name": "Wrong", "address": "state=nowhere"}).status_code == 422
