"""Flask-Security as this portal uses it: its password hashing, authenticator codes and user loading, without its pages.

The library's pages open sessions that only a cookie knows. Ours open a row that can be ended, so its blueprint stays off
and whoever the library takes to be signed in is whoever that row says.
"""

import hashlib
import hmac
from typing import Any, cast

from flask import Flask, current_app, g
from flask_login.utils import _user_context_processor
from flask_security import MailUtil, Security, SQLAlchemySessionUserDatastore
from werkzeug.local import LocalProxy

from portal.accounts.mails import EXTENSION, SendMail
from portal.accounts.models import FsRefreshTracker, Role, User, WebAuthn
from portal.accounts.second_factor import Authenticator
from portal.kernel.settings import Settings
from portal.web.database import session_now


def init_library(app: Flask, settings: Settings) -> None:
    """Attach Flask-Security to `app`, and take off what it would do in every request."""
    app.config.update(_configuration(settings))
    session = cast(Any, LocalProxy(session_now))  # a session of whatever request is under way
    datastore = SQLAlchemySessionUserDatastore(session, User, Role, WebAuthn, FsRefreshTracker)
    security = Security(app, datastore, register_blueprint=False, totp_cls=Authenticator, mail_util_cls=OutboxMail)
    security.login_manager.user_loader(lambda _id: _account_in_session())
    security.login_manager.request_loader(lambda _request: _account_in_session())
    security.login_manager.session_protection = None  # a row decides, not the browser's name
    # Flask-Principal loads the account's row before each request, Flask-Login on each rendered page and looks at a cookie
    # after each answer. The actor is already known by then, and cheaper.
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    app.after_request_funcs[None].remove(security.login_manager._update_remember_cookie)
    app.template_context_processors[None].remove(_user_context_processor)


class OutboxMail(MailUtil):
    """Mails that the library itself wants sent go the way of all others."""

    def send_mail(self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **_context: Any) -> None:
        send: SendMail = current_app.extensions[EXTENSION]
        send(session_now(), to=str(recipient), subject=str(subject), text=body or "", html=html or "")


def _account_in_session() -> User | None:
    """The account whose session row opened this request; the library's own marks in a cookie count for nothing."""
    return session_now().get(User, g.actor.id) if g.actor.is_person else None


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],  # a salt in the settings would tie all passwords to one key
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_TOTP_ISSUER": settings.portal_name,
        "SECURITY_TOTP_SECRETS": _wallet(settings),
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
    }


def _wallet(settings: Settings) -> dict[str, str]:
    """The keys that encrypt authenticators' secrets, the one in force first; derived from the keys that sign cookies."""
    keys = (settings.secret_key, *settings.old_secret_keys)
    return {_derived(key, "tag")[:8]: _derived(key, "authenticator") for key in keys}


def _derived(key: str, use: str) -> str:
    return hmac.digest(key.encode(), use.encode(), hashlib.sha256).hex()
