"""Kinds and states of reports."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class ReportKind(Labelled):
    """What a report is about."""

    PROGRESS = "progress", N_("Progress report")
    FINANCIAL = "financial", N_("Financial report")
    FINAL = "final", N_("Final report")


class ReportState(Labelled):
    """Where a report stands between those who owe it and those who receive it."""

    SCHEDULED = "scheduled", N_("Scheduled")
    DUE = "due", N_("Due"), "turn"
    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("Submitted"), "info"
    QUERIED = "queried", N_("Sent back with questions"), "turn"
    ACCEPTED = "accepted", N_("Accepted"), "good"
    SKIPPED = "skipped", N_("Skipped")


TO_WRITE = (ReportState.SCHEDULED, ReportState.DUE, ReportState.DRAFT, ReportState.QUERIED)  # the partner's turn
