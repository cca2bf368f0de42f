"""Kinds and states of change requests, and who agrees to which."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class ChangeKind(Labelled):
    """What a change request asks for; who has to agree depends on it."""

    EXTENSION = "extension", N_("More time")
    SCOPE = "scope", N_("Other work than agreed")
    MONEY = "money", N_("Another amount")
    PEOPLE = "people", N_("A key person")
    PAUSE = "pause", N_("A pause")
    END = "end", N_("An early end by agreement")


class ChangeState(Labelled):
    """Where a change request stands. Silence never agrees."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("To be assessed"), "turn"
    ASSESSED = "assessed", N_("To be agreed"), "turn"
    IN_FORCE = "in_force", N_("In force"), "good"
    REFUSED = "refused", N_("Refused"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class Stand(Labelled):
    """In which capacity somebody agrees."""

    HOST_LEAD = "host_lead", N_("The host's lead")
    PARTNER_LEAD = "partner_lead", N_("The partner's lead")
    HOST_OFFICER = "host_officer", N_("An officer of the host")
    PARTNER_OFFICER = "partner_officer", N_("An officer of the partner")


LEADS = (Stand.HOST_LEAD, Stand.PARTNER_LEAD)
OFFICERS = (Stand.HOST_OFFICER, Stand.PARTNER_OFFICER)
# Time, pauses and who is needed are the leads' own.
# What the two offices approved – work, money, that there is a collaboration – is theirs too.
MUST_AGREE: dict[ChangeKind, tuple[Stand, ...]] = {
    ChangeKind.EXTENSION: LEADS,
    ChangeKind.PAUSE: LEADS,
    ChangeKind.PEOPLE: LEADS,
    ChangeKind.SCOPE: (*LEADS, *OFFICERS),
    ChangeKind.MONEY: (*LEADS, *OFFICERS),
    ChangeKind.END: (*LEADS, *OFFICERS),
}
