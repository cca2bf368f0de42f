"""Writing a proposal part by part: nothing typed is lost, nothing half is saved, nobody is overwritten unknowingly."""

import re

import pytest

from portal.kernel.db import transaction
from portal.proposals.actions import save_content
from portal.proposals.inputs import ROWS
from portal.proposals.models import Proposal
from portal.proposals.states import ProposalState
from tests.build import content

S = ProposalState
PACKAGE = {"title": "Baseline", "goal": "Measure", "first_month": "1", "last_month": "3"}
RESULT = {"title": "Report", "package": "WP1", "month": "3"}
LINE = {"label": "Researcher", "amount_minor": "80,000", "category": "staff", "funding": "asked"}


def rows(name, *parts):
    return {f"{name}-{number}-{key}": value for number, row in enumerate(parts) for key, value in row.items()}


def version_in(page):
    """What the form on the page was drawn from."""
    return page.text.partition('name="version"')[2].partition('value="')[2].partition('"')[0]


@pytest.fixture
def draft(case, client_of):
    """A draft, its author's browser, and a look at what is saved."""
    proposal = case.proposal(S.DRAFT)

    def saved():
        return case.look(proposal, lambda p: p.written)

    return proposal, client_of(case.people["author"]), saved


def test_each_part_saves_for_itself_and_leads_on(case, client_of):
    listing = case.listing()
    author = client_of(case.people["author"])
    at = author.submit(f"{listing.href}/propose").location.removesuffix("/summary")
    room = {"label": "Room", "funding": "in_kind", "amount_minor": "12.50", "method": "book"}
    partner = {"key": "p1", "name": "Partner", "overhead_permille": "10"}
    parts = [
        ("summary", {"title": "Early warning", "summary": "We report departures."}, "team"),
        ("team", {"team": "Anna, lead."} | rows("partners", partner), "plan"),
        ("plan", {"starts_on": "2027-03-01"} | rows("packages", PACKAGE) | rows("deliverables", RESULT), "budget"),
        ("budget", rows("lines", LINE | {"partner": "p1"}, LINE | {"partner": "p1"} | room), "rights"),
        ("rights", {"rights": "Published after 30 days.", "results_owner": "shared", "personal_data": "no"}, "files"),
    ]
    version = 1
    for part, answers, after in parts:
        sent = author.submit(f"{at}/{part}", answers | {"version": version, "go": "next"})
        assert (part, sent.status_code, sent.location) == (part, 303, f"{at}/{after}")
        version += 1
    check = author.get(f"{at}/check").text
    assert "Everything is there" in check
    assert "€88,000" in check
    assert "€12.50" in check

    sent = author.submit(at.removesuffix("/edit") + "/steps/submit", {"version": version})

    assert sent.status_code == 303
    assert "Waiting for Olive Owner" in author.get(sent.location).text


def test_the_check_lists_what_is_missing_with_the_way_there(case, client_of):
    listing = case.listing()
    author = client_of(case.people["author"])
    at = author.submit(f"{listing.href}/propose").location.removesuffix("/summary")

    page = author.get(f"{at}/check").text

    assert "5 things are missing" in page
    for there in ("summary#summary", "plan#packages", "budget#lines", "rights#results_owner", "rights#personal_data"):
        assert f'href="{at}/{there}">' in page
    refused = author.submit(at.removesuffix("/edit") + "/steps/submit", {"version": 1})
    assert refused.status_code == 409


def test_save_and_leave_goes_back_to_the_proposal(draft):
    proposal, author, saved = draft

    sent = author.submit(f"{proposal.href}/edit/team", {"team": "New team.", "version": proposal.version, "go": "leave"})

    assert sent.location == proposal.href
    assert saved().team == "New team."


@pytest.mark.parametrize(
    ("part", "answers", "says"),
    [
        ("summary", {"title": "", "summary": "KEPT"}, "Fill this in."),
        ("summary", {"title": "t" * 161, "summary": "KEPT"}, "Shorten this to 160"),
        ("summary", {"title": "KEPT", "summary": "x" * 2501}, "Shorten this to 2500"),
        ("team", {"team": "KEPT" + "x" * 100_000}, "Shorten this to 6000"),
        ("plan", {"approach": "KEPT", "starts_on": "31.12.2026"}, "Enter a date such as"),
        ("plan", {"approach": "KEPT", "starts_on": "0001-01-01"}, "between 1950 and 2100"),
        ("plan", {"approach": "KEPT", **rows("packages", PACKAGE | {"first_month": "x"})}, "Enter a whole number"),
        ("plan", {"approach": "KEPT", **rows("packages", PACKAGE | {"last_month": "0"})}, "Enter a whole number"),
        ("plan", {"approach": "KEPT", **rows("packages", PACKAGE | {"first_month": "9"})}, "cannot come before"),
        ("plan", {"approach": "KEPT", **rows("packages", *[PACKAGE] * (ROWS["packages"][1] + 5))}, "Keep to 20 rows"),
        ("budget", rows("lines", LINE | {"label": "KEPT", "amount_minor": "a lot"}), "Enter an amount such as"),
        ("budget", rows("lines", LINE | {"label": "KEPT", "amount_minor": "-5"}), "Enter an amount such as"),
        ("budget", rows("lines", LINE | {"label": "KEPT", "category": "gold"}), "Choose one of the options"),
        ("budget", rows("lines", LINE | {"label": "KEPT", "funding": "\0"}), "Choose one of the options"),
        ("budget", rows("lines", *[LINE | {"label": "KEPT"}] * (ROWS["lines"][1] + 5)), "Keep to 60 rows"),
        ("rights", {"rights": "KEPT" + "\0\x07" * 7000 + "x" * 24_001}, "Shorten this to 6000"),
    ],
)
def test_bad_answers_are_refused_beside_their_field_with_the_text_kept(part, answers, says, draft):
    proposal, author, saved = draft

    page = author.submit(f"{proposal.href}/edit/{part}", answers | {"version": proposal.version})

    assert page.status_code == 422
    assert says in page.text
    assert "KEPT" in page.text
    assert "<title>Error:" in page.text
    assert saved() == content()


@pytest.mark.parametrize(
    "names",
    [
        {"packages-²-title": "x"},
        {"packages-" + "9" * 5000 + "-title": "x"},
        {"packages--1-title": "x", "packages-": "y", "packages": "z"},
        {"packages-0": "x"},
        {"packages-7-title": "x", "packages-3-deliverable": "y"},
        {f"packages-{n}-title": "" for n in range(3000)},
        {"csrf_token2": "x", "go": "\0", "remove": "packages-99", "add": "nothing"},
        {"version": ["1", "2"], "title": ["a", "b"]},
    ],
)
@pytest.mark.parametrize("part", ["plan", "budget", "summary"])
def test_fields_nobody_drew_never_break_the_form(part, names, draft):
    proposal, author, _saved = draft
    answers = {"version": proposal.version, "title": "A title"} | {
        k.replace("packages", "lines" if part == "budget" else "packages"): v for k, v in names.items()
    }

    assert author.submit(f"{proposal.href}/edit/{part}", answers).status_code in (200, 303, 409, 422)


def test_rows_are_added_and_removed_without_saving_or_losing_anything(draft):
    proposal, author, saved = draft
    at = f"{proposal.href}/edit/plan"
    typed = {"approach": "TYPED", "version": proposal.version, **rows("packages", PACKAGE, PACKAGE | {"title": "Second"})}

    more = author.submit(at, typed | {"add": "packages"})
    assert more.status_code == 200
    assert "packages-2-title" in more.text
    assert "TYPED" in more.text
    less = author.submit(at, typed | {"remove": "packages-0"})
    assert "Second" in less.text
    assert "packages-1-title" not in less.text

    assert saved() == content()


def test_removing_a_row_after_the_answers_were_refused_takes_the_right_one(draft):
    proposal, author, saved = draft
    at = f"{proposal.href}/edit/budget"
    typed = rows("lines", LINE | {"label": "First"}, LINE | {"label": "Bad", "amount_minor": "x"}, LINE | {"label": "Third"})
    typed["version"] = proposal.version

    assert author.submit(at, typed).status_code == 422
    drawn = author.submit(at, typed | {"remove": "lines-1"}).text

    assert ("First" in drawn, 'value="Bad"' in drawn, "Third" in drawn) == (True, False, True)
    kept = rows("lines", LINE | {"label": "First"}, LINE | {"label": "Third"}) | {"version": proposal.version}
    assert author.submit(at, kept).status_code == 303
    assert [line.label for line in saved().lines] == ["First", "Third"]


@pytest.mark.parametrize("version", ["0", "-1", "x", "", "²", "9" * 60])
def test_a_stale_form_keeps_its_text_and_can_be_saved_knowingly(version, draft, case):
    proposal, author, saved = draft
    with transaction(case.db):
        found = case.db.get_one(Proposal, proposal.id)
        save_content(case.db, found, content(team="Saved meanwhile"), actor=case.actor("author"), version=found.version)

    late = author.submit(f"{proposal.href}/edit/team", {"team": "MY TEXT", "version": version})

    assert late.status_code == 409
    assert "MY TEXT" in late.text
    assert "Saved meanwhile" in late.text
    assert saved().team == "Saved meanwhile"
    chosen = {"team": "MY TEXT", "version": version_in(late), "merge": "1"}
    undecided = author.submit(f"{proposal.href}/edit/team", chosen)
    assert (undecided.status_code, saved().team) == (422, "Saved meanwhile")
    assert author.submit(f"{proposal.href}/edit/team", chosen | {"take-team": "mine"}).status_code == 303
    assert saved().team == "MY TEXT"


def test_two_who_save_different_parts_or_the_same_words_are_asked_nothing(draft):
    proposal, author, saved = draft
    pages = {part: author.get(f"{proposal.href}/edit/{part}") for part in ("team", "rights")}

    for part, page in pages.items():
        sent = author.submit(f"{proposal.href}/edit/{part}", {part: f"{part} as written", "version": version_in(page)})
        assert (part, sent.status_code) == (part, 303)
    again = author.submit(f"{proposal.href}/edit/team", {"team": "team as written", "version": version_in(pages["team"])})

    assert again.status_code == 303
    assert (saved().team, saved().rights) == ("team as written", "rights as written")


def test_words_of_both_stand_apart_in_the_text_that_holds_both(draft):
    proposal, author, _ = draft
    at = f"{proposal.href}/edit/team"
    version = version_in(author.get(at))
    assert author.submit(at, {"team": "We watch valves, and pipes.", "version": version}).status_code == 303

    late = author.submit(at, {"team": "We watch pumps, and (new) pipes.", "version": version})

    assert ">\nWe watch valves pumps, and (new) pipes.</textarea>" in late.text


def test_two_who_changed_one_part_put_it_together_field_by_field_and_row_by_row(draft):
    proposal, author, saved = draft
    at = f"{proposal.href}/edit/plan"
    version = version_in(author.get(at))
    second = PACKAGE | {"title": "Pilot"}
    author.submit(at, {"approach": "We measure first.", "version": version, **rows("packages", PACKAGE, second)})
    mine = rows("packages", PACKAGE | {"goal": "Measure well"}, PACKAGE | {"title": "Transfer"}, PACKAGE | {"title": "Report"})

    page = author.submit(at, {"approach": "We measure twice.", "version": version, **mine})

    assert page.status_code == 409
    for text in ("We measure first.", "We measure twice.", "Pilot", "Transfer", "Measure well"):
        assert text in page.text
    carried = dict(re.findall(r'<input type="hidden" name="((?:packages|approach)[^"]*)" value="([^"]*)"', page.text))
    assert carried["packages-1-title"] == "Transfer"
    chosen = {"take-approach": "both", "both-approach": "We measure first, and twice.", "take-packages-0": "mine"}
    chosen |= {"take-packages-1": "mine", "take-packages-2": "theirs", "take-packages-saved-0": "theirs"}
    done = author.submit(at, carried | chosen | {"version": version_in(page), "merge": "1", "go": "leave"})

    assert done.location == proposal.href
    assert saved().approach == "We measure first, and twice."
    kept = [(package.title, package.goal) for package in saved().packages]
    assert kept == [("Baseline", "Measure well"), ("Transfer", "Measure"), ("Pilot", "Measure")]


def test_the_same_answers_sent_twice_are_one_save(draft):
    proposal, author, saved = draft
    answers = {"team": "Same.", "version": proposal.version}

    first, second = (author.submit(f"{proposal.href}/edit/team", answers) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert saved().team == "Same."


@pytest.mark.parametrize("step", ["nothing", "check", "%00", "Summary", ".."])
def test_parts_that_do_not_exist_take_nothing(step, draft):
    proposal, author, _saved = draft
    assert author.submit(f"{proposal.href}/edit/{step}", {"version": proposal.version}).status_code == 404


def test_octets_that_are_no_text_are_replaced(draft):
    proposal, author, saved = draft
    page = author.get(f"{proposal.href}/edit/team").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    body = f"csrf_token={token}&version={proposal.version}&team=".encode() + b"half %ED%A0%80 %FF%00 end"

    sent = author.post(f"{proposal.href}/edit/team", data=body, content_type="application/x-www-form-urlencoded")

    assert sent.status_code == 303
    assert saved().team.startswith("half ")
    assert saved().team.endswith(" end")
    assert "\0" not in saved().team


def test_what_people_type_is_never_markup(draft):
    proposal, author, _saved = draft
    evil = "<img src=x onerror=alert(1)>{{ 7*7 }}"
    author.submit(f"{proposal.href}/edit/summary", {"title": evil, "summary": evil, "version": proposal.version})

    for path in ("", "/edit/summary", "/edit/check"):
        page = author.get(proposal.href + path).text
        assert "<img src=x" not in page
        assert "{{ 7*7 }}" in page
