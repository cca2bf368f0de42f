"""How a report goes from the schedule to its acceptance."""

from portal.collaborations.events import ReportMoved
from portal.collaborations.models import Report, ReportVersion
from portal.collaborations.policies import REPORT_OWES, REPORT_RECEIVES
from portal.collaborations.queries import versions_of
from portal.collaborations.states import TO_WRITE
from portal.collaborations.states import ReportState as R
from portal.collaborations.workflow.parts import is_running
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM
from portal.kernel.states import member_of
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow


def has_text(step: Step) -> str | None:
    return None if step.thing.text else N_("Write the report first.")


def keep_version(step: Step) -> None:
    report, now = step.thing, clock.now()
    report.submitted_at = now
    number = len(versions_of(step.session, report)) + 1
    given = {"text": report.text, "evidence": report.evidence, "by_id": step.actor.id}
    step.session.add(ReportVersion(report_id=report.id, number=number, at=now, **given))


def keep_answer(step: Step) -> None:
    """What was submitted last bears the answer it had."""
    for last in versions_of(step.session, step.thing)[:1]:
        last.answer, last.note = member_of(R, step.row.target.value), step.given.text if step.given else ""
        last.answered_at, last.answered_by_id = clock.now(), step.actor.id


def stamp_decision(step: Step) -> None:
    report = step.thing
    report.decided_at, report.decided_by_id = clock.now(), step.actor.id
    report.note = step.given.text if step.given else ""


def forget_wish(report: Report) -> None:
    """Nobody asks for another day of it any more."""
    report.wish_on = report.wish_side = report.wish_by_id = report.wish_at = None
    report.wish_text = ""


def end_wish(step: Step) -> None:
    forget_wish(step.thing)


REPORT_FLOW = Workflow(
    of=Report,
    start=R.SCHEDULED,
    ends=(R.ACCEPTED, R.SKIPPED),
    table=(
        T("fall_due", N_("Fall due"), (R.SCHEDULED,), R.DUE, SYSTEM, ReportMoved, guards=(is_running,)),
        T("put_off", N_("Put off"), (R.DUE,), R.SCHEDULED, SYSTEM, ReportMoved),
        T(
            "begin",
            N_("Begin the draft"),
            (R.SCHEDULED, R.DUE, R.QUERIED),
            R.DRAFT,
            REPORT_OWES,
            ReportMoved,
            guards=(is_running,),
        ),
        T(
            "submit",
            N_("Submit the report"),
            (R.DRAFT,),
            R.SUBMITTED,
            REPORT_OWES,
            ReportMoved,
            guards=(is_running, has_text),
            effects=(keep_version, end_wish),
        ),
        T(
            "accept",
            N_("Accept the report"),
            (R.SUBMITTED,),
            R.ACCEPTED,
            REPORT_RECEIVES,
            ReportMoved,
            effects=(keep_answer, stamp_decision),
        ),
        T(
            "query",
            N_("Send back with questions"),
            (R.SUBMITTED,),
            R.QUERIED,
            REPORT_RECEIVES,
            ReportMoved,
            effects=(keep_answer, stamp_decision),
            takes=Reason,
        ),
        T(
            "skip",
            N_("Skip the report"),
            TO_WRITE,
            R.SKIPPED,
            REPORT_RECEIVES,
            ReportMoved,
            effects=(stamp_decision, end_wish),
            takes=Reason,
            risk=True,
        ),
    ),
)
