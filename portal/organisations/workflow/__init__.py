"""The tables: how an organisation is accepted, how a person comes to belong to one, and what an invitation comes to."""

from portal.organisations.workflow.invitation import INVITATION_FLOW
from portal.organisations.workflow.membership import ANSWERED_WITHIN, MEMBERSHIP_FLOW
from portal.organisations.workflow.organisation import ORGANISATION_FLOW

__all__ = ["ANSWERED_WITHIN", "INVITATION_FLOW", "MEMBERSHIP_FLOW", "ORGANISATION_FLOW"]
