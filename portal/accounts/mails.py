"""What accounts write to people, in the language of whoever caused it. What strangers typed never stands in these mails.

Links start with the portal's configured address, whatever host a request names.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from flask import current_app, render_template, url_for
from sqlalchemy.orm import Session

from portal.accounts.actions import ask_for_address, issue_ticket
from portal.accounts.models import User
from portal.accounts.queries import account_by_email
from portal.accounts.states import Purpose
from portal.kernel.settings import Settings
from portal.kernel.text import N_, Words
from portal.web.words import current_locale, gettext

EXTENSION = "send_mail"


class SendMail(Protocol):
    """Puts one mail into the outbox, in the caller's transaction; `account_id` is None where the address has no account."""

    def __call__(
        self, session: Session, *, to: str, subject: str, text: str, html: str, account_id: int | None = None
    ) -> Any: ...


@dataclass(frozen=True)
class Letter:
    """The words of one mail; `button` names the link, `otherwise` says what happens if nobody follows it."""

    subject: str | Words
    lead: str | Words
    button: str
    otherwise: str
    reason: str


_ENTERED = N_("You get this because this address was entered at %(address)s.")
_YOURS = N_("You get this because it is about your account at %(address)s.")
CONFIRM = Letter(
    N_("Confirm your address"),
    N_("One step is left: confirm that this address is yours, with the password you have just chosen."),
    N_("Confirm this address"),
    N_("The link works for one hour. If you did not register, do nothing: without you there will be no account."),
    _ENTERED,
)
CONFIRM_WITH = Letter(
    N_("Confirm your address"),
    N_("One step is left: confirm that this address is yours, in the browser in which you registered."),
    N_("Confirm this address"),
    N_("The link works for one hour. If you did not register, do nothing: without you there will be no account."),
    _ENTERED,
)
LINKED = Letter(
    N_("Another service opens your account now"),
    N_("You sign in to your account with another service from now on, besides the ways you had."),
    N_("Look at the services"),
    N_("If this was not you, unlink it, choose a new password at once and tell the people who run the portal."),
    _YOURS,
)
UNLINKED = Letter(
    N_("A service opens your account no longer"),
    N_("A sign-in of another service was unlinked from your account. The other ways in are as they were."),
    N_("Look at your account"),
    N_("If this was not you, choose a new password at once from the sign-in page."),
    _YOURS,
)
GUARDIAN = Letter(
    N_("May your child have an account?"),
    N_("Somebody under 16 registered, and named you as their parent or guardian. The account opens if you agree."),
    N_("See whom it is about"),
    N_("The link works for a week. If you do not know of it or do not agree, do nothing: without you there will be no account."),
    _ENTERED,
)
GUARDIAN_TOLD = Letter(
    N_("Your child has an account"),
    N_("Somebody under 18 registered, and named you as their parent or guardian. Until they are 18 nobody finds them here."),
    N_("Open the portal"),
    N_("You need do nothing. If you do not know of it, write to the people who run the portal."),
    _ENTERED,
)
GUARDIAN_AGREED = Letter(
    N_("Your account is open"),
    N_("Your parent or guardian agreed: you can sign in with the address and the password that you chose."),
    N_("Sign in"),
    N_("If you did not register, write to the people who run the portal."),
    _YOURS,
)
TOKEN_MADE = Letter(
    N_("A program can read with your rights now"),
    N_("A token was made for your account. Whatever holds it reads what you may read, until it expires. It changes nothing."),
    N_("Look at your tokens"),
    N_("If this was not you, end the token, choose a new password at once and tell the people who run the portal."),
    _YOURS,
)
KNOWN = Letter(
    N_("You already have an account"),
    N_("Somebody tried to register with this address, perhaps you. It has an account already, and nothing was changed."),
    N_("Sign in"),
    N_("If you have forgotten your password, choose a new one from the sign-in page."),
    _ENTERED,
)
RESET = Letter(
    N_("Choose a new password"),
    N_("Somebody asked for a new password for this address, perhaps you."),
    N_("Choose a new password"),
    N_("The link works once and for one hour. If you did not ask for it, do nothing: your password stays as it is."),
    _ENTERED,
)
UNKNOWN = Letter(
    N_("There is no account with this address"),
    N_("Somebody asked for a new password for this address, perhaps you, but it has no account. Try your other addresses."),
    N_("Create an account"),
    N_("If this was not you, do nothing."),
    _ENTERED,
)
PASSWORD_CHANGED = Letter(
    N_("Your password was changed"),
    N_("Your account has a new password, and every other device has been signed out."),
    N_("See where you are signed in"),
    N_("If this was not you, choose a new password at once from the sign-in page."),
    _YOURS,
)
ADDRESS_ASKED = Letter(
    N_("Your account shall get another address"),
    N_("Somebody who knows your password, surely you, asked for it. This address stays in force until the new one is confirmed."),
    N_("Look at your account"),
    N_("If this was not you, choose a new password at once from the sign-in page: the request is void with that."),
    _YOURS,
)
NEW_ADDRESS = Letter(
    N_("Confirm your new address"),
    N_("An account of this portal shall be reached at this address. Confirm it while you are signed in to that account."),
    N_("Use this address"),
    N_("The link works once and for one hour. If you did not ask for it, do nothing: no account gets this address."),
    _ENTERED,
)
ADDRESS_TAKEN = Letter(
    N_("This address has an account already"),
    N_("Somebody wanted to use it for another account, perhaps you. Nothing was changed."),
    N_("Sign in"),
    N_("One address opens one account. Sign in with this one, or use a third address for the other."),
    _ENTERED,
)
ADDRESS_LEFT = Letter(
    N_("Another address opens your account now"),
    N_("Your account was reached at this address until now. Sign in with the new one from now on."),
    N_("Sign in"),
    N_("If this was not you, write to the people who run the portal at once: this address opens the account no longer."),
    _YOURS,
)
ADDRESS_CHANGED = Letter(
    N_("Your new address is in force"),
    N_("You sign in with this address from now on, and our mails come here. Every other device has been signed out."),
    N_("Look at your account"),
    N_("If this was not you, choose a new password at once from the sign-in page."),
    _YOURS,
)
CLOSED = Letter(
    N_("Your account is closed"),
    N_("You closed your account, and are signed out everywhere. What you did stays where it is."),
    N_("Open it again"),
    N_("Signing in opens it again, at any time. If it was not you who closed it, do so and choose a new password."),
    _YOURS,
)
RETURNED = Letter(
    N_("Your account is open again"),
    N_("You closed your account some time ago. Somebody who knows your password, surely you, signed in and opened it again."),
    N_("Look at your account"),
    N_("If this was not you, choose a new password at once from the sign-in page."),
    _YOURS,
)
DEACTIVATED = Letter(
    N_("Your account was closed"),
    N_("An administrator of the portal closed your account. What you did stays where it is."),
    N_("Open the portal"),
    N_("If you think that this is a mistake, write to the people who run the portal."),
    _YOURS,
)
RESTORED = Letter(
    N_("Your account is open again"),
    N_("An administrator of the portal opened your account again, with all that it had."),
    N_("Sign in"),
    N_("If you want it closed, sign in and close it on the page of your account."),
    _YOURS,
)
PASSKEY_ADDED = Letter(
    N_("A passkey was added to your account"),
    N_("A device can show from now on that it is you: besides your password, or in its place if the device checks who uses it."),
    N_("Look at your passkeys"),
    N_("If this was not you, remove it, choose a new password at once and tell the people who run the portal."),
    _YOURS,
)
PASSKEY_REMOVED = Letter(
    N_("A passkey was removed from your account"),
    N_("It opens your account no longer. Signing in still asks for more than your password."),
    N_("Look at your account"),
    N_("If this was not you, choose a new password at once from the sign-in page."),
    _YOURS,
)
APP_REMOVED = Letter(
    N_("The authenticator app was removed from your account"),
    N_("Signing in asks for one of your passkeys, and for codes no longer."),
    N_("Look at your account"),
    N_("If this was not you, choose a new password at once from the sign-in page."),
    _YOURS,
)
SECOND_FACTOR_ADDED = Letter(
    N_("Signing in now asks for a code"),
    N_("An authenticator app was added to your account, and every other device has been signed out."),
    N_("Look at your account"),
    N_("If this was not you, choose a new password at once from the sign-in page and tell the people who run the portal."),
    _YOURS,
)
SECOND_FACTOR_REMOVED = Letter(
    N_("Signing in no longer asks for a code"),
    N_("Your account has neither an authenticator app nor a passkey any more: your password alone opens it now."),
    N_("Look at your account"),
    N_("If this was not you, choose a new password at once from the sign-in page."),
    _YOURS,
)


def welcome(session: Session, account: User | None, address: str) -> None:
    """The answer to a registration: how to confirm it, or, where the address has an account already, that it has."""
    if account is None:
        write(session, KNOWN, address, "accounts.sign_in")
    else:
        letter = CONFIRM if account.password else CONFIRM_WITH
        write(session, letter, account, "accounts.confirm", token=issue_ticket(session, account, Purpose.CONFIRM))


def involve_guardian(session: Session, account: User) -> None:
    """Once a minor has shown that an address is theirs: ask the parent to agree, or tell them where that is enough."""
    if account.waits_for_guardian:
        token = issue_ticket(session, account, Purpose.GUARDIAN)
        write(session, GUARDIAN, account.guardian_email or "", "accounts.guardian", token=token)
    elif account.is_minor and account.guardian_email:
        write(session, GUARDIAN_TOLD, account.guardian_email, "insights.index")


def help_in(session: Session, account: User | None, address: str) -> None:
    """The answer to a forgotten password. An address without an account gets a mail as well: both cases take equally long."""
    if account is None or not account.may_enter:
        write(session, UNKNOWN, address, "accounts.register")
    else:
        write(session, RESET, account, "accounts.choose", token=issue_ticket(session, account, Purpose.RESET))


def ask_both(session: Session, account: User, address: str) -> None:
    """The answer to a wish for another address: the present one is told, the new one asked, or told that it is taken.

    Two mails in any case: whether an address has an account shows in its own mailbox only.
    """
    write(session, ADDRESS_ASKED, account, "accounts.security")
    known = account_by_email(session, address)
    if known is not None and known.is_confirmed:
        write(session, ADDRESS_TAKEN, address, "accounts.sign_in")
    else:
        write(session, NEW_ADDRESS, address, "accounts.confirm_address", token=ask_for_address(session, account, address))


def write(session: Session, letter: Letter, to: str | User, endpoint: str, **values: Any) -> None:
    """Queue `letter`, with its button leading to `endpoint`."""
    settings: Settings = current_app.extensions["settings"]
    address = settings.base_url.rstrip("/")
    mail = _filled(letter, settings.portal_name, address, address + url_for(endpoint, **values))
    account = to if isinstance(to, User) else None
    send: SendMail = current_app.extensions[EXTENSION]
    send(
        session,
        to=account.email if account else str(to),
        subject=f"{mail['subject']} – {settings.portal_name}",
        text=render_template("layouts/mail.txt", mail=mail),
        html=render_template("layouts/mail.html", mail=mail),
        account_id=account.id if account else None,
    )


def _filled(letter: Letter, portal_name: str, address: str, link: str) -> dict[str, Any]:
    lead = gettext(letter.lead)
    return {
        "lang": current_locale(),
        "dir": "ltr",
        "portal_name": portal_name,
        "subject": gettext(letter.subject),
        "heading": gettext(letter.subject),
        "preview": lead,
        "lead": lead,
        "button": (gettext(letter.button), link),
        "otherwise": gettext(letter.otherwise),
        "reason": gettext(letter.reason, address=address),
    }
