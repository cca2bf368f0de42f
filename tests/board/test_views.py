import re

from portal.board.models import BoardView
from portal.collaborations.actions import judge_health
from portal.collaborations.inputs import Judgement
from portal.collaborations.states import CollaborationState, Health, RiskState
from portal.collaborations.workflow import COLLABORATION_FLOW
from portal.kernel.policy import Role
from portal.organisations.models import Organisation
from portal.proposals.states import ProposalState
from tests.board.make import many_proposals
from tests.build import a_collaboration, a_member, a_proposal, actor_of, walk
from tests.collaborations.make_risks import a_risk


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


def test_running_work_shows_its_health_and_red_risks_to_the_offices_of_both_sides(db, client_of, count_statements):
    judged, plain = (a_collaboration(db) for _ in range(2))
    for work in (judged, plain):
        walk(db, COLLABORATION_FLOW, work, CollaborationState.ACTIVE, by=actor_of(db, work.host_lead))
    lead = actor_of(db, judged.partner_lead)
    judge_health(db, judged, Judgement(Health.RED, "The <b>pump</b> broke."), actor=lead)
    for likelihood, state in ((5, RiskState.OPEN), (4, RiskState.OPEN), (5, RiskState.OCCURRED), (3, RiskState.OPEN)):
        a_risk(db, judged, state, likelihood=likelihood, impact=4)
    sides = [db.get_one(Organisation, number) for number in (judged.host_id, judged.organisation_id, plain.host_id)]
    officers = [a_member(db, side, Role.OFFICER) for side in sides]
    db.commit()
    *own, elsewhere = (client_of(officer) for officer in officers)

    for client in own:
        lanes, table = client.get("/board").text, client.get("/board?view=table").text
        for page in (lanes, table):
            assert "In trouble" in page.partition("cw-board" if page is lanes else "<tbody")[2] and "2 red risks" in page
        assert "The &lt;b&gt;pump&lt;/b&gt; broke." in table
        assert f'href="{judged.href}/risks"' in table
        assert judged.title in client.get("/board?view=table&health=red").text
        assert "Nothing fits these filters" in client.get("/board?health=green").text
    assert "red risk" not in elsewhere.get("/board?view=table").text
    assert "Nothing fits these filters" in elsewhere.get("/board?view=table&health=red").text
    assert own[0].get("/board?health=purple").status_code == 422
    with count_statements() as asked:
        own[0].get("/board?view=table&health=red")
    assert len(asked) <= 8


def test_the_health_of_what_does_not_run_stays_off_the_board_and_is_no_filter_for_it(db, client_of):
    over = a_collaboration(db)
    walk(db, COLLABORATION_FLOW, over, CollaborationState.ACTIVE, by=actor_of(db, over.host_lead))
    judge_health(db, over, Judgement(Health.AMBER, "Late."), actor=actor_of(db, over.host_lead))
    a_risk(db, over, likelihood=5, impact=5)
    officer = a_member(db, db.get_one(Organisation, over.host_id), Role.OFFICER)
    walk(db, COLLABORATION_FLOW, over, CollaborationState.TERMINATED, by=actor_of(db, officer))
    db.commit()
    client = client_of(officer)

    body = client.get("/board?view=table").text.partition("<tbody")[2]
    assert over.title in body and "At risk" not in body and "red risk" not in body
    assert "Nothing fits these filters" in client.get("/board?view=table&health=amber").text


def test_a_view_keeps_the_health_it_shows(db, client_of):
    officer = a_member(db, a_proposal(db, state=ProposalState.SUBMITTED).host, Role.OFFICER)
    db.commit()

    kept = client_of(officer).submit("/board/views", {"name": "In trouble", "address": "health=red&view=table"})
    assert (kept.status_code, kept.location) == (303, "/board?health=red&view=table")
