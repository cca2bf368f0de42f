"""Where a claim stands on its way to being paid."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class ClaimState(Labelled):
    """Each check is passed by name; silence never approves."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("To be checked against the work"), "turn"
    TECHNICAL_CHECK = "technical_check", N_("Work confirmed, to be checked by finance"), "turn"
    FINANCE_CHECK = "finance_check", N_("Checked, to be approved"), "turn"
    APPROVED = "approved", N_("Approved, to be paid"), "info"
    PAID = "paid", N_("Paid"), "good"
    QUERIED = "queried", N_("Sent back with questions"), "turn"
    DECLINED = "declined", N_("Declined"), "bad"
    WAIVED = "waived", N_("Waived")


CHECKED = (ClaimState.SUBMITTED, ClaimState.TECHNICAL_CHECK, ClaimState.FINANCE_CHECK)  # the host's turn, before the approval
UNPAID = (*CHECKED, ClaimState.QUERIED, ClaimState.APPROVED)  # sent, and not settled
GRANTED = (ClaimState.APPROVED, ClaimState.PAID)
