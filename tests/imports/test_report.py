import json

from hypothesis import given
from hypothesis import strategies as st

from portal.imports.report import ImportReport, Outcome, Reason, Refusal, reasons_of
from portal.kernel.errors import Invalid, Refused
from portal.kernel.text import Words


def refusal(line, source_id=None):
    return Refusal(line, source_id, (Reason(Words("Enter a title."), "title"), Reason(Words("Closed."))))


def test_the_text_gives_numbers_reasons_and_what_was_left_out():
    report = ImportReport("projects", most_refusals=2, blank=3)
    report.add(Outcome.CREATED)
    report.add(Outcome.UNCHANGED)
    for line in (4, 6, 7):
        report.refuse(refusal(line, "nsf-1" if line == 4 else None))

    assert report.as_text().splitlines() == [
        "projects: 5 read, 1 created, 0 updated, 1 unchanged, 3 refused.",
        "3 blank lines skipped.",
        "Line 4 (nsf-1): title: Enter a title.; Closed.",
        "Line 6: title: Enter a title.; Closed.",
        "… and 1 more refused.",
    ]


def test_the_text_says_when_nothing_was_written_or_the_end_not_reached():
    report = ImportReport("projects", dry_run=True, interrupted=True)

    lines = report.as_text().splitlines()

    assert lines[0] == "Dry run: nothing was written."
    assert lines[-1] == "Interrupted: what is counted here was kept. Run it again to go on."


def test_the_json_holds_the_same():
    report = ImportReport("projects", dry_run=True)
    report.refuse(refusal(4, "nsf-1"))

    assert json.loads(report.as_json()) == {
        "kind": "projects",
        "read": 1,
        "created": 0,
        "updated": 0,
        "unchanged": 0,
        "refused": 1,
        "blank": 0,
        "dry_run": True,
        "interrupted": False,
        "refusals": [
            {
                "line": 4,
                "source_id": "nsf-1",
                "reasons": [{"field": "title", "why": "Enter a title."}, {"field": None, "why": "Closed."}],
            }
        ],
    }


def test_every_problem_of_a_record_is_a_reason():
    problem = Invalid("title", "Fill this in.", others=(Invalid("url", "Enter %(what)s.", what="a link"),))

    assert [str(reason) for reason in reasons_of(problem)] == ["title: Fill this in.", "url: Enter a link."]
    assert [str(reason) for reason in reasons_of(Refused("Closed."))] == ["Closed."]


@given(st.lists(st.lists(st.sampled_from(list(Outcome)), max_size=8)), st.integers(0, 5))
def test_the_numbers_add_up_over_all_batches(batches, most):
    report = ImportReport("x", most_refusals=most)
    for batch in batches:
        part = ImportReport("x", most_refusals=most)
        for outcome in batch:
            part.refuse(refusal(1)) if outcome is Outcome.REFUSED else part.add(outcome)
        report.include(part)

    outcomes = [outcome for batch in batches for outcome in batch]
    assert report.read == len(outcomes)
    assert {each: getattr(report, each.value) for each in Outcome} == {each: outcomes.count(each) for each in Outcome}
    assert len(report.refusals) == min(most, report.refused)
