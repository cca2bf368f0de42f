"""Pages of organisations: the directory and each profile, their domains, their members, and joining one."""

from portal.organisations.views import domains, invitations, joining, members, register, settings
from portal.organisations.views.mount import bp

__all__ = ["bp", "domains", "invitations", "joining", "members", "register", "settings"]
