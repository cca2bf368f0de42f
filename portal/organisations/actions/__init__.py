"""What people and importers do with organisations besides the steps of their workflows."""

from portal.organisations.actions.domains import add_domain, claim_domain, claimable_domain, confirm_domain, remove_domain
from portal.organisations.actions.invitations import expire_invitations, forget_invited, invite, open_invitations_to
from portal.organisations.actions.memberships import (
    describe_membership,
    forget_member,
    join,
    join_by_domain,
    may_join_at_once,
    request_membership,
    set_roles,
    tell_of_left_address,
)
from portal.organisations.actions.merging import take_in_duplicate
from portal.organisations.actions.register import (
    edit_organisation,
    found_organisation,
    import_organisation,
    record_check,
    set_up_organisation,
)

__all__ = [
    "add_domain",
    "claim_domain",
    "claimable_domain",
    "confirm_domain",
    "describe_membership",
    "edit_organisation",
    "expire_invitations",
    "forget_invited",
    "forget_member",
    "found_organisation",
    "import_organisation",
    "invite",
    "join",
    "join_by_domain",
    "may_join_at_once",
    "open_invitations_to",
    "record_check",
    "remove_domain",
    "request_membership",
    "set_roles",
    "set_up_organisation",
    "take_in_duplicate",
    "tell_of_left_address",
]
