"""What people do to collaborations and their parts, apart from the steps of their workflows."""

from portal.collaborations.actions.changes import agree_to_change, draft_change, revise_change, stands_of
from portal.collaborations.actions.documents import change_document, file_document
from portal.collaborations.actions.hand_over import propose_successor
from portal.collaborations.actions.lists import add_item, judge_health
from portal.collaborations.actions.meetings import call_meeting, change_meeting, note_action, write_minutes
from portal.collaborations.actions.money import record_contribution, revise_claim, withdraw_contribution, write_claim
from portal.collaborations.actions.opening import open_for_accepted, release_collaboration
from portal.collaborations.actions.outcomes import record_outcome, show_outcome
from portal.collaborations.actions.packages import add_package, change_package, remove_package
from portal.collaborations.actions.people import (
    end_part_of_leaving_member,
    end_parts_due,
    end_parts_of_erased,
    invite_guest,
    move_last_day,
    name_member,
    open_invitations_of_guests,
    side_of,
)
from portal.collaborations.actions.plan import add_part, move_part
from portal.collaborations.actions.report_days import agree_to_day, is_near, may_answer_day, may_be_moved, move_report, refuse_day
from portal.collaborations.actions.reports import let_reports_fall_due, schedule_reports, write_report
from portal.collaborations.actions.risks import change_risk, raise_risk, review_risk

__all__ = [
    "change_risk",
    "raise_risk",
    "review_risk",
    "call_meeting",
    "change_meeting",
    "note_action",
    "write_minutes",
    "record_contribution",
    "revise_claim",
    "withdraw_contribution",
    "write_claim",
    "agree_to_day",
    "is_near",
    "may_answer_day",
    "may_be_moved",
    "move_report",
    "refuse_day",
    "let_reports_fall_due",
    "schedule_reports",
    "write_report",
    "add_item",
    "add_package",
    "add_part",
    "agree_to_change",
    "change_package",
    "change_document",
    "draft_change",
    "file_document",
    "end_part_of_leaving_member",
    "end_parts_due",
    "end_parts_of_erased",
    "invite_guest",
    "judge_health",
    "move_last_day",
    "move_part",
    "name_member",
    "open_for_accepted",
    "open_invitations_of_guests",
    "propose_successor",
    "record_outcome",
    "show_outcome",
    "release_collaboration",
    "remove_package",
    "revise_change",
    "side_of",
    "stands_of",
]
