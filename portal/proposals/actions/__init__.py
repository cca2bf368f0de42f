"""What people and time do to interests and proposals, apart from the steps of their workflows."""

from portal.proposals.actions.decisions import TAKES, Release, confirm_condition, drop_held, hold_decision, release_held
from portal.proposals.actions.drafts import empty_drafts
from portal.proposals.actions.files import change_file, enclose_file, take_out_file
from portal.proposals.actions.following import complete_approved, lapse_due, return_sent_back
from portal.proposals.actions.interests import begin_interest, carry_over, send_interest
from portal.proposals.actions.partners import ask_partners, forget_section_owner, keep_part, name_partner, remind_partners
from portal.proposals.actions.proposals import begin_proposal, carry_proposal
from portal.proposals.actions.saving import require_writable, save_content
from portal.proposals.actions.team import (
    change_right,
    end_part_of_leaver,
    expire_co_authors,
    forget_co_author,
    invite_co_author,
    open_invitations_to_write,
)

__all__ = [
    "remind_partners",
    "name_partner",
    "keep_part",
    "forget_section_owner",
    "ask_partners",
    "TAKES",
    "Release",
    "open_invitations_to_write",
    "invite_co_author",
    "forget_co_author",
    "expire_co_authors",
    "end_part_of_leaver",
    "change_right",
    "begin_interest",
    "begin_proposal",
    "carry_over",
    "change_file",
    "enclose_file",
    "take_out_file",
    "carry_proposal",
    "complete_approved",
    "confirm_condition",
    "drop_held",
    "empty_drafts",
    "hold_decision",
    "lapse_due",
    "release_held",
    "require_writable",
    "return_sent_back",
    "save_content",
    "send_interest",
]
