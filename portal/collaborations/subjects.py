"""How the engines find, name and guard collaborations, milestones and deliverables."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import joinedload

from portal.collaborations.models import (
    ChangeRequest,
    CheckItem,
    Claim,
    Collaboration,
    Contribution,
    Deliverable,
    Document,
    HandOver,
    Meeting,
    MeetingAction,
    Milestone,
    Outcome,
    Participant,
    Report,
    Risk,
    WorkPackage,
)
from portal.collaborations.policies import (
    CHANGE_READ,
    CLAIM_READ,
    CONTRIBUTION_READ,
    DELIVERABLE_READ,
    DOCUMENT_READ,
    DOCUMENT_WRITES,
    HAND_OVER_READ,
    HOST_LEAD,
    ITEM_READ,
    MEETING_ACTION_READ,
    MEETING_READ,
    MILESTONE_READ,
    OFFICER,
    OUTCOME_READ,
    OUTCOME_SHOWS,
    PACKAGE_READ,
    PARTICIPANT_READ,
    REPORT_READ,
    RISK_READ,
    SEES,
)
from portal.collaborations.queries import DOCUMENT, HAND_OVER, MEETING, MEETING_ACTION, OUTCOME, PARTICIPANT
from portal.kernel.policy import SYSTEM, Rule
from portal.kernel.subjects import Subject
from portal.kernel.text import N_


def _part(model: Any, label: str, read: Rule, title: Callable[[Any], str], href: Callable[[Any], str], *options: Any) -> Subject:
    """What belongs to a collaboration concerns the two sides of it."""

    def sides(part: Any) -> tuple[int, int]:
        return part.collaboration.host_id, part.collaboration.organisation_id

    return Subject(model, label, read, title, href, sides, options=options or (joinedload(model.collaboration),))


SUBJECTS = {
    "collaboration": Subject(
        Collaboration,
        N_("collaboration"),
        SEES,
        lambda c: c.title,
        lambda c: c.href,
        lambda c: (c.host_id, c.organisation_id),
        write=SEES,
        people=lambda c: (c.host_lead_id, c.partner_lead_id, *c.team),
        keep=HOST_LEAD | OFFICER,
    ),
    "work_package": _part(
        WorkPackage, N_("work package"), PACKAGE_READ, lambda p: p.title, lambda p: f"{p.collaboration.href}/plan"
    ),
    "milestone": _part(Milestone, N_("milestone"), MILESTONE_READ, lambda m: m.title, lambda m: f"{m.collaboration.href}/plan"),
    "deliverable": _part(Deliverable, N_("deliverable"), DELIVERABLE_READ, lambda d: d.title, lambda d: f"/deliverables/{d.id}"),
    "report": _part(Report, N_("report"), REPORT_READ, lambda r: r.collaboration.title, lambda r: f"/reports/{r.id}"),
    "claim": _part(Claim, N_("claim"), CLAIM_READ, lambda c: c.collaboration.title, lambda c: f"/claims/{c.id}"),
    "contribution": _part(
        Contribution, N_("contribution"), CONTRIBUTION_READ, lambda c: c.text, lambda c: f"{c.collaboration.href}/money"
    ),
    "check_item": _part(
        CheckItem,
        N_("item of a list"),
        ITEM_READ,
        lambda i: i.collaboration.title,
        lambda i: f"{i.collaboration.href}/{i.checklist.value.replace('_', '-')}",
    ),
    "change_request": _part(
        ChangeRequest,
        N_("change request"),
        CHANGE_READ,
        lambda c: c.collaboration.title,
        lambda c: f"{c.collaboration.href}/changes",
    ),
    "meeting": _part(Meeting, N_("meeting"), MEETING_READ, lambda m: m.title, lambda m: m.href, *MEETING),
    "meeting_action": _part(
        *(MeetingAction, N_("action"), MEETING_ACTION_READ, lambda a: a.title, lambda a: a.meeting.href, *MEETING_ACTION)
    ),
    "risk": _part(Risk, N_("risk"), RISK_READ, lambda r: r.title, lambda r: r.href),
    "participant": Subject(
        Participant,
        N_("part in a collaboration"),
        PARTICIPANT_READ,
        lambda p: p.collaboration.title,
        lambda p: p.href,
        lambda p: (p.side_id,),
        options=PARTICIPANT,
    ),
    # Nobody talks on a document: whoever reads it one day would read what others said before.
    "document": Subject(
        Document,
        N_("document"),
        DOCUMENT_READ,
        lambda d: d.title,
        lambda d: d.href,
        options=DOCUMENT,
        write=DOCUMENT_WRITES,
        talk=SYSTEM,
        series=True,
    ),
    "outcome": Subject(
        Outcome,
        N_("outcome"),
        OUTCOME_READ,
        lambda o: o.title,
        lambda o: o.href,
        lambda o: (o.collaboration.host_id, o.collaboration.organisation_id),
        options=OUTCOME,
        write=OUTCOME_SHOWS,
        people=lambda o: (o.collaboration.host_lead_id, o.collaboration.partner_lead_id, o.recorded_by_id),
        talk=OUTCOME_READ,
    ),
    "hand_over": Subject(
        HandOver,
        N_("hand-over"),
        HAND_OVER_READ,
        lambda h: h.collaboration.title,
        lambda h: h.href,
        lambda h: (h.side_id,),
        options=HAND_OVER,
    ),
}
