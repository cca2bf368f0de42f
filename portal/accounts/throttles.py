"""How often one may try to get in. Nobody is locked out for good: each limit ends with its own period."""

from flask import g, request

from portal.kernel.ids import fingerprint
from portal.web.limits import Limit, form_value, network


def _asker() -> str:
    return str(g.actor.id or "")


def _ticket() -> str:
    return fingerprint(str((request.view_args or {}).get("token", "")))


_ADDRESS = form_value("email")
SIGN_IN = (
    Limit("sign-in of an account", "10 per 15 minutes", _ADDRESS, refusals=True),
    Limit("sign-in from a network", "100 per 15 minutes", network, refusals=True),
)
CODE = (Limit("code from a network", "50 per 15 minutes", network, refusals=True),)
REGISTER = (
    Limit("registration of an address", "3 per hour", _ADDRESS),
    Limit("registration from a network", "60 per hour", network),
    Limit("registration naming a parent", "5 per day", form_value("guardian")),
)
RESET = (Limit("reset of an address", "3 per hour", _ADDRESS), Limit("reset from a network", "60 per hour", network))
NOTED = Limit("failed sign-in that is told", "1 per hour", _ADDRESS)
REMIND = Limit("reminder to an address", "3 per hour", _ADDRESS)
CONFIRM = (Limit("confirmation", "10 per 15 minutes", _ticket, refusals=True),)
NEW_ADDRESS = (
    Limit("new address of a signed-in person", "5 per hour", _asker),
    Limit("mail to a new address", "3 per hour", _ADDRESS),
)
PROVE = (Limit("password of a signed-in person", "10 per 15 minutes", _asker, refusals=True),)
ELSEWHERE = (Limit("sign-in over another service", "100 per 15 minutes", network),)
TOKEN = Limit("reading with a token", "600 per hour", lambda: str(g.get("token_id", "")))
PASSKEY = (Limit("passkey from a network", "100 per 15 minutes", network, refusals=True),)
