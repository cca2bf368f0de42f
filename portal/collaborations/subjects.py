"""How the engines find, name and guard collaborations, milestones and deliverables."""

from sqlalchemy.orm import joinedload

from portal.collaborations.models import (
    ChangeRequest,
    CheckItem,
    Collaboration,
    Deliverable,
    HandOver,
    Milestone,
    Participant,
    Report,
    WorkPackage,
)
from portal.collaborations.policies import (
    CHANGE_READ,
    DELIVERABLE_READ,
    HAND_OVER_READ,
    HOST_LEAD,
    ITEM_READ,
    MILESTONE_READ,
    OFFICER,
    PACKAGE_READ,
    PARTICIPANT_READ,
    REPORT_READ,
    SEES,
)
from portal.collaborations.queries import HAND_OVER, PARTICIPANT
from portal.kernel.subjects import Subject
from portal.kernel.text import N_

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
    "work_package": Subject(
        WorkPackage,
        N_("work package"),
        PACKAGE_READ,
        lambda p: p.title,
        lambda p: f"{p.collaboration.href}/plan",
        lambda p: (p.collaboration.host_id, p.collaboration.organisation_id),
        options=(joinedload(WorkPackage.collaboration),),
    ),
    "milestone": Subject(
        Milestone,
        N_("milestone"),
        MILESTONE_READ,
        lambda m: m.title,
        lambda m: f"{m.collaboration.href}/plan",
        lambda m: (m.collaboration.host_id, m.collaboration.organisation_id),
        options=(joinedload(Milestone.collaboration),),
    ),
    "deliverable": Subject(
        Deliverable,
        N_("deliverable"),
        DELIVERABLE_READ,
        lambda d: d.title,
        lambda d: f"/deliverables/{d.id}",
        lambda d: (d.collaboration.host_id, d.collaboration.organisation_id),
        options=(joinedload(Deliverable.collaboration),),
    ),
    "report": Subject(
        Report,
        N_("report"),
        REPORT_READ,
        lambda r: r.collaboration.title,
        lambda r: f"/reports/{r.id}",
        lambda r: (r.collaboration.host_id, r.collaboration.organisation_id),
        options=(joinedload(Report.collaboration),),
    ),
    "check_item": Subject(
        CheckItem,
        N_("item of a list"),
        ITEM_READ,
        lambda i: i.collaboration.title,
        lambda i: f"{i.collaboration.href}/{i.checklist.value.replace('_', '-')}",
        lambda i: (i.collaboration.host_id, i.collaboration.organisation_id),
        options=(joinedload(CheckItem.collaboration),),
    ),
    "change_request": Subject(
        ChangeRequest,
        N_("change request"),
        CHANGE_READ,
        lambda c: c.collaboration.title,
        lambda c: f"{c.collaboration.href}/changes",
        lambda c: (c.collaboration.host_id, c.collaboration.organisation_id),
        options=(joinedload(ChangeRequest.collaboration),),
    ),
    "participant": Subject(
        Participant,
        N_("part in a collaboration"),
        PARTICIPANT_READ,
        lambda p: p.collaboration.title,
        lambda p: p.href,
        lambda p: (p.side_id,),
        options=PARTICIPANT,
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
