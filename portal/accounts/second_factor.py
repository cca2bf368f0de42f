"""The second factor: codes of an authenticator app, each good once, and recovery codes for the day it is lost."""

import base64
import io
import re
import secrets
from collections.abc import Mapping
from typing import Any, cast

import qrcode
import qrcode.image.svg
from flask import current_app
from flask_security import Totp
from itsdangerous import BadData, URLSafeTimedSerializer
from passlib.totp import TOTP, AppWallet  # type: ignore[import-untyped]  # published without types

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.ids import fingerprint

SKEW_SECONDS = 30  # how far a telephone's clock may be off
RECOVERY_CODES = 10
SET_UP_SECONDS = 15 * 60
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # 32 signs of which none looks like another: 5 bits each
_LENGTH = 16
_SIX_DIGITS = re.compile(r"[0-9]{6}")
_SPACES = re.compile(r"[\s-]+")


class Authenticator(Totp):
    """The library's authenticator on the portal's clock, which takes no code twice and lets its keys change.

    Secrets are encrypted with the first key given; what an older one encrypted is encrypted anew when it is used.
    """

    def __init__(self, secrets: Mapping[str, str], issuer: str) -> None:
        wallet = AppWallet(secrets, default_tag=next(iter(secrets)))
        self._totp = TOTP.using(issuer=issuer, wallet=wallet, now=lambda: clock.now().timestamp())

    def get_last_counter(self, user: Any) -> int | None:
        return cast(User, user).totp_counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        user.totp_counter = tmatch.counter
        if user.tf_totp_secret and tmatch.totp.changed:
            user.tf_totp_secret = tmatch.totp.to_json(encrypt=True)

    def generate_recovery_codes(self, number: int) -> list[str]:
        """80 random bits each, in four groups of four: enough that a plain hash of one is safe to keep."""
        return [
            "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(_LENGTH // 4)) for _ in range(number)
        ]

    def generate_qrcode(self, username: str, totp: str) -> str:
        """As the library draws it, with a white ground that keeps it readable on a dark page."""
        picture = qrcode.make(self.get_totp_uri(username, totp), image_factory=qrcode.image.svg.SvgFillImage)
        with io.BytesIO() as written:
            picture.save(written)
            return "data:image/svg+xml;base64," + base64.b64encode(written.getvalue()).decode()


def new_recovery_codes() -> list[str]:
    """Codes to show once; `fingerprints` is what is kept of them."""
    return _authenticator().generate_recovery_codes(RECOVERY_CODES)


def fingerprints(codes: list[str]) -> list[str]:
    """What is stored of recovery codes."""
    return [fingerprint(_plain(code)) for code in codes]


def take_code(account: User, code: str) -> bool:
    """Whether `code` opens `account` now; it does so only once. Lock the account's row before asking."""
    given = _plain(code)
    if _SIX_DIGITS.fullmatch(given):
        return _verified(account, account.tf_totp_secret or "", given)
    kept = list(account.mf_recovery_codes or ())
    if fingerprint(given) not in kept:
        return False
    account.mf_recovery_codes = [stored for stored in kept if stored != fingerprint(given)]
    return True


def new_set_up(account_id: int) -> str:
    """A fresh secret, encrypted and signed for one account: it travels in the form until its first code has been right."""
    return str(_signer().dumps([account_id, _authenticator().generate_totp_secret()]))


def secret_in(set_up: str, account_id: int) -> str | None:
    """The secret of `new_set_up`; None where the form was open too long or is not this account's."""
    try:
        owner, secret = _signer().loads(set_up, max_age=SET_UP_SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    return str(secret) if owner == account_id else None


def shown(account: User, secret: str) -> dict[str, str]:
    """What the set-up page shows: `image`, the QR code as an address, and `key`, the secret to type in instead."""
    return _authenticator().fetch_setup_values(secret, account)


def proves(account: User, secret: str, code: str) -> bool:
    """Whether `code` comes from an authenticator that holds `secret`; it is then used up for `account`."""
    given = _plain(code)
    return bool(_SIX_DIGITS.fullmatch(given)) and _verified(account, secret, given)


def _verified(account: User, secret: str, code: str) -> bool:
    try:
        return _authenticator().verify_totp(code, secret, account, window=SKEW_SECONDS)
    except (ValueError, KeyError):  # encrypted with a key that is gone: only a recovery code opens the account
        return False


def _plain(code: str) -> str:
    return _SPACES.sub("", code[:100]).lower()


def _authenticator() -> Authenticator:
    return cast(Authenticator, current_app.extensions["security"].totp_factory)


def _signer() -> URLSafeTimedSerializer:
    config = current_app.config
    return URLSafeTimedSerializer([*config["SECRET_KEY_FALLBACKS"], config["SECRET_KEY"]], salt="second factor")
