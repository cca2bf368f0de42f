"""What people and importers do with organisations besides the steps of their workflows."""

from portal.organisations.actions.domains import add_domain, claimable_domain, own_domain, remove_domain
from portal.organisations.actions.memberships import (
    forget_member,
    join,
    join_by_domain,
    may_join_at_once,
    request_membership,
    set_roles,
    tell_of_left_address,
)
from portal.organisations.actions.register import edit_organisation, found_organisation, import_organisation

__all__ = [
    "add_domain",
    "claimable_domain",
    "edit_organisation",
    "forget_member",
    "found_organisation",
    "import_organisation",
    "join",
    "join_by_domain",
    "may_join_at_once",
    "own_domain",
    "remove_domain",
    "request_membership",
    "set_roles",
    "tell_of_left_address",
]
