"""The schedule of reports, and the page of each with all its versions."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request

from portal.collaborations.actions import (
    agree_to_day,
    is_near,
    may_answer_day,
    may_be_moved,
    move_report,
    refuse_day,
    schedule_reports,
    write_report,
)
from portal.collaborations.forms import NewDateForm, ReportForm, ReportScheduleForm
from portal.collaborations.inputs import NewDate, ReportSchedule, ReportText
from portal.collaborations.models import Collaboration, Report
from portal.collaborations.policies import LEAD, READ, REPORT_OWES, REPORT_READ
from portal.collaborations.queries import FULL, REPORT, REPORT_WISHED, days_of, reports_of, versions_of
from portal.collaborations.views.asking import Asking, done, tried
from portal.collaborations.workflow import REPORT_FLOW
from portal.kernel.db import transaction
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.web.forms import ReasonForm
from portal.web.guards import loads
from portal.web.steps import add_steps

bp = Blueprint("reports", __name__)
_MOVE = N_("Move the report to another day"), N_("Move it"), N_("It has another day.")
_ASK = N_("Ask the other lead for another day"), N_("Ask for it"), N_("The other lead is asked.")


@bp.get("/collaborations/<ref(CO):id>/reports")
@loads(Collaboration, READ, options=FULL)
def index(collaboration: Collaboration) -> Any:
    """What has to be reported when, and how each report stands."""
    page = {"reports": reports_of(g.db, collaboration), "is_lead": LEAD.holds(g.actor, collaboration)}
    return render_template("collaborations/reports.html", collaboration=collaboration, **page)


@bp.route("/collaborations/<ref(CO):id>/reports/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL, also=LEAD)
def new_report(collaboration: Collaboration) -> Any:
    """Add to the schedule."""
    words = Asking(N_("Schedule reports"), N_("Schedule"), N_("The schedule is set."), "/reports")
    form = ReportScheduleForm()
    return tried(form, collaboration, words, ReportSchedule, lambda e: schedule_reports(g.db, collaboration, e, actor=g.actor))


@bp.get("/reports/<int:id>")
@loads(Report, REPORT_READ, options=REPORT_WISHED)
def report(report: Report) -> Any:
    """Everything that was submitted of it, each with the answer; its author also sees the draft."""
    page: dict[str, Any] = {"versions": versions_of(g.db, report), "is_author": REPORT_OWES.holds(g.actor, report)}
    page |= {"days": days_of(g.db, report), "is_near": is_near(report.due_on)}
    page |= {"may_move": may_be_moved(report, g.actor), "may_answer": may_answer_day(report, g.actor)}
    page["offered"] = [one for one in REPORT_FLOW.offered(g.actor, report, session=g.db) if one.action != "begin"]
    page["step_url"] = lambda action: f"/reports/{report.id}/steps/{action}"
    return render_template("collaborations/report.html", report=report, collaboration=report.collaboration, **page)


@bp.route("/reports/<int:id>/edit", methods=["GET", "POST"])
@loads(Report, REPORT_READ, options=REPORT, also=REPORT_OWES)
def edit_report(report: Report) -> Any:
    """Write the draft."""
    form = ReportForm(data={"text": report.text, "evidence": report.evidence})
    words = Asking(
        N_("Write the report"), N_("Save the draft"), N_("Your draft is kept. Submit it when it is ready."), "/reports"
    )
    return tried(form, report.collaboration, words, ReportText, lambda e: write_report(g.db, report, e, actor=g.actor))


@bp.route("/reports/<int:id>/day", methods=["GET", "POST"])
@loads(Report, REPORT_READ, options=REPORT)
def move_day(report: Report) -> Any:
    """Move it to another day, or ask the other lead for one; its own page tells why it cannot be moved."""
    if request.method == "GET" and not may_be_moved(report, g.actor):
        return redirect(f"/reports/{report.id}", 303)
    words = (_ASK if is_near(report.due_on) else _MOVE) + ("", f"/reports/{report.id}")
    form = NewDateForm(data={"due_on": report.due_on})
    return tried(form, report.collaboration, Asking(*words), NewDate, lambda new: move_report(g.db, report, new, actor=g.actor))


@bp.post("/reports/<int:id>/day/agree")
@loads(Report, REPORT_READ, options=REPORT)
def agree(report: Report) -> Any:
    """Agree to the day that the other lead asks for."""
    with transaction(g.db):
        agree_to_day(g.db, report, actor=g.actor)
    return done(report.collaboration, N_("It has another day."), "/reports")


@bp.route("/reports/<int:id>/day/refuse", methods=["GET", "POST"])
@loads(Report, REPORT_READ, options=REPORT)
def refuse(report: Report) -> Any:
    """Refuse the day that the other lead asks for, with a reason."""
    words = Asking(N_("Refuse another day"), N_("Refuse it"), N_("It keeps its day."), "", f"/reports/{report.id}")
    return tried(ReasonForm(), report.collaboration, words, Reason, lambda why: refuse_day(g.db, report, why, actor=g.actor))


add_steps(
    bp,
    "/reports/<int:id>",
    REPORT_FLOW,
    loads(Report, REPORT_READ, options=REPORT),
    forms={Reason: ReasonForm},
    href=lambda report: f"/reports/{report.id}",
)
