"""What is asked of an authenticator over the browser, and whether its answer is right.

Source: Web Authentication Level 3, W3C; read and checked by the library `webauthn`. Each question is random and waits in the
signed cookie of the browser that asked. It is taken out by the first answer, and an answer to a question older than the
passkey's last use is refused, so that none is good twice whatever happens to the cookie.
"""

import datetime as dt
import json
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from flask import session as cookie
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.accounts.models import User, WebAuthn
from portal.accounts.passkeys import NewPasskey, passkey_known_as
from portal.kernel import clock
from portal.kernel.ids import new_token
from portal.web.database import session_now

QUESTION_KEY = "passkey-question"  # where the cookie keeps [what for, the challenge, when it was asked]
MAKE, SHOW = "make", "show"
SECONDS = 300
_LONGEST = 20_000  # characters of an answer; usual ones have a thousand
_LOCAL = ("localhost", "127.0.0.1")
_DIFFERENT = AuthenticatorSelectionCriteria(
    resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
)
# What a parser may raise over hostile input besides its own refusals.
_BROKEN = (WebAuthnException, ArithmeticError, AttributeError, EOFError, LookupError, RecursionError, TypeError, ValueError)


def place() -> str:
    """The host name that passkeys of this portal are bound to; browsers take `localhost`, but no number, for this machine."""
    return "localhost" if (name := _configured()[1]) in _LOCAL else name


def origin() -> str:
    """Where passkeys work: the portal's configured address, whichever other names lead to it."""
    whole, name = _configured()
    return whole.replace(f"//{name}", "//localhost", 1) if name in _LOCAL else whole


def works_here() -> bool:
    """Whether the page asked for stands where passkeys work."""
    return request.host.partition(":")[0] == place() and (request.is_secure or place() == "localhost")


def question_to_make(account: User, known: list[WebAuthn]) -> str:
    """JSON for the browser: make a passkey for `account` with none of the authenticators it has already."""
    if account.fs_webauthn_user_handle is None:
        account.fs_webauthn_user_handle = new_token()
    made = generate_registration_options(
        rp_id=place(),
        rp_name=current_app.extensions["settings"].portal_name,
        user_id=account.fs_webauthn_user_handle.encode(),
        user_name=account.email,
        user_display_name=account.name,
        timeout=SECONDS * 1000,
        authenticator_selection=_DIFFERENT,
        exclude_credentials=[_described(passkey) for passkey in known],
    )
    _keep(MAKE, made.challenge)
    return options_to_json(made)


def question_to_show(known: list[WebAuthn] | None = None) -> str:
    """JSON for the browser: show one of the passkeys `known`, or any that checks its user."""
    wanted = UserVerificationRequirement.REQUIRED if known is None else UserVerificationRequirement.PREFERRED
    made = generate_authentication_options(
        rp_id=place(),
        timeout=SECONDS * 1000,
        allow_credentials=[_described(passkey) for passkey in known or ()],
        user_verification=wanted,
    )
    _keep(SHOW, made.challenge)
    return options_to_json(made)


def made_by(answer: str) -> NewPasskey | None:
    """The passkey that `answer` tells of; None where it is no right answer to this browser's question."""
    question, given = _taken(MAKE), _parsed(answer)
    if question is None or given is None:
        return None
    try:
        made = verify_registration_response(
            credential=given, expected_challenge=question[0], expected_rp_id=place(), expected_origin=_origins()
        )
    except _BROKEN:
        return None
    known = {transport.value for transport in AuthenticatorTransport}
    told = given["response"].get("transports")
    transports = tuple(word for word in told if isinstance(word, str) and word in known) if isinstance(told, list) else ()
    return NewPasskey(
        made.credential_id,
        made.credential_public_key,
        made.sign_count,
        made.credential_device_type.value,
        made.credential_backed_up,
        made.user_verified,
        transports,
    )


def shown_by(answer: str) -> tuple[WebAuthn, bool] | None:
    """The passkey that gave `answer`, and whether it checked its user; None where that is no right answer to the question.

    What the passkey has to remember of this use is noted on its row, which stays locked until the transaction ends.
    """
    question, given = _taken(SHOW), _parsed(answer)
    passkey = passkey_known_as(session_now(), _id_in(given)) if question and given else None
    if question is None or given is None or passkey is None or not passkey.lastuse_datetime < question[1]:
        return None
    try:
        seen = verify_authentication_response(
            credential=given,
            expected_challenge=question[0],
            expected_rp_id=place(),
            expected_origin=_origins(),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count or 0,
        )
    except _BROKEN:
        return None
    passkey.sign_count, passkey.backup_state = seen.new_sign_count, seen.credential_backed_up
    passkey.lastuse_datetime = clock.now().replace(tzinfo=None)
    return passkey, seen.user_verified


def _keep(use: str, challenge: bytes) -> None:
    cookie[QUESTION_KEY] = [use, bytes_to_base64url(challenge), clock.now().timestamp()]


def _taken(use: str) -> tuple[bytes, Any] | None:
    """The challenge and when it was asked (naive UTC, as the library keeps times), for one answer and five minutes."""
    kept = cookie.pop(QUESTION_KEY, None)
    if not isinstance(kept, list) or kept[0] != use or not 0 <= clock.now().timestamp() - kept[2] <= SECONDS:
        return None
    return base64url_to_bytes(kept[1]), dt.datetime.fromtimestamp(kept[2], clock.UTC).replace(tzinfo=None)


def _parsed(answer: str) -> dict[str, Any] | None:
    if len(answer) > _LONGEST:
        return None
    try:
        given = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) and isinstance(given.get("response"), dict) else None


def _id_in(given: dict[str, Any]) -> bytes:
    try:
        return base64url_to_bytes(given["rawId"])[:1024]
    except _BROKEN:
        return b""


def _described(passkey: WebAuthn) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(
        id=passkey.credential_id, transports=[AuthenticatorTransport(word) for word in passkey.transports or ()]
    )


def _origins() -> list[str]:
    """This machine is reached at whatever port the server has."""
    return [f"{request.scheme}://{request.host}"] if place() == "localhost" and works_here() else [origin()]


def _configured() -> tuple[str, str]:
    whole = urlsplit(current_app.extensions["settings"].base_url)
    return f"{whole.scheme}://{whole.netloc}", whole.hostname or ""
