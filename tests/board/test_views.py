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
