"""OpenID Connect as this portal asks for it: the code flow with PKCE, state and nonce, at providers that the settings name.

Source: OpenID Connect Core 1.0, Discovery 1.0; RFC 7636 (PKCE), RFC 9207 (who answers). Signatures are checked by `joserfc`.
"""

import hashlib
import threading
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from portal.accounts.fetching import Unreachable, fetch
from portal.kernel import clock
from portal.kernel.ids import new_token
from portal.kernel.settings import ORCID, Provider

SKEW_SECONDS = 120  # how far the provider's clock may be off
_SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]  # with the provider's private key, never with our secret
_KEPT_SECONDS, _AGAIN_SECONDS = 3600, 60
_MOST = 255  # characters of a subject, by the standard


class NotShown(Exception):
    """What came back proves nothing. The text is for the log only."""


@dataclass(frozen=True)
class Question:
    """What was sent along and has to come back; waits in the signed cookie of the browser that asked."""

    state: str
    nonce: str
    verifier: str
    asked_at: float


@dataclass(frozen=True)
class Shown:
    """Whom a provider says somebody is. Only issuer and subject say which account that may be."""

    issuer: str
    subject: str
    name: str
    email: str  # empty unless the provider says that it verified it


class Conversation:
    """Talks to one provider; what it publishes about itself is kept for an hour. Threads may share it."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}

    def begin(self, back: str, *, again: bool = False) -> tuple[str, Question]:
        """Where to send the browser, and what to remember. `again`: the person has to sign in there anew.

        Raises:
            Unreachable: the provider does not say where.
        """
        question = Question(new_token(), new_token(), new_token(), clock.now().timestamp())
        asked = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": back,
            "scope": "openid" if self.provider.key == ORCID else "openid email profile",
            "state": question.state,
            "nonce": question.nonce,
            "code_challenge": urlsafe_b64encode(hashlib.sha256(question.verifier.encode()).digest()).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        if again:
            asked |= {"prompt": "login", "max_age": "0"}
        address = self._told("authorization_endpoint")
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", question

    def finish(self, code: str, question: Question, back: str, *, again: bool = False) -> Shown:
        """Whom the provider means by `code`.

        Raises:
            Unreachable: the provider is away, or takes the code not.
            NotShown: what it says is not meant for this portal, this browser or this moment.
        """
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": question.verifier}
        answer = self._trade(form)
        claims = self._claims(answer.get("id_token"))
        self._check(claims, question, again=again)
        if "email" not in claims and self._about().get("userinfo_endpoint") and self.provider.key != ORCID:
            more = fetch(self._told("userinfo_endpoint"), bearer=_text(answer, "access_token"))
            claims = {**more, **claims} if more.get("sub") == claims["sub"] else claims
        email = _text(claims, "email") if claims.get("email_verified") is True else ""
        return Shown(self.provider.issuer, claims["sub"], _text(claims, "name")[:120], email)

    def _trade(self, form: dict[str, str]) -> dict[str, Any]:
        ours = (self.provider.client_id, self.provider.client_secret)
        ways = self._about().get("token_endpoint_auth_methods_supported")
        if isinstance(ways, list) and "client_secret_basic" not in ways:
            return fetch(self._told("token_endpoint"), form=form | dict(zip(("client_id", "client_secret"), ours, strict=True)))
        return fetch(self._told("token_endpoint"), form=form, basic=ours)

    def _claims(self, token: Any) -> dict[str, Any]:
        """What the token says, once its signature is right; keys that the provider has only just made are asked for."""
        if not isinstance(token, str):
            raise NotShown("no ID token")
        for oldest in (_KEPT_SECONDS, _AGAIN_SECONDS):
            try:
                keys = _for_signatures(self._published("jwks", self._told("jwks_uri"), oldest))
                return jwt.decode(token, keys, algorithms=_SIGNED_BY).claims
            except (JoseError, AttributeError, KeyError, TypeError, ValueError) as problem:
                refused = problem
        raise NotShown(f"signature: {refused!r}")

    def _check(self, claims: dict[str, Any], question: Question, *, again: bool) -> None:
        ours = self.provider.client_id
        registry = jwt.JWTClaimsRegistry(
            now=int(clock.now().timestamp()),
            leeway=SKEW_SECONDS,
            iss={"essential": True, "value": self.provider.issuer},
            aud={"essential": True, "value": ours},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": question.nonce},
        )
        try:
            registry.validate(claims)
        except JoseError as problem:
            raise NotShown(f"claims: {problem!r}") from problem
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else ours) != ours or not 0 < len(claims["sub"]) <= _MOST:
            raise NotShown("meant for somebody else")
        signed_in_at = claims.get("auth_time")
        if again and not (isinstance(signed_in_at, int) and signed_in_at >= question.asked_at - SKEW_SECONDS):
            raise NotShown("no fresh sign-in")

    def _told(self, name: str) -> str:
        return _text(self._about(), name)

    def _about(self) -> dict[str, Any]:
        """What the provider publishes about itself.

        Raises:
            Unreachable: nothing, or it calls itself otherwise than the settings do.
        """
        address = self.provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
        found = self._published("about", address, _KEPT_SECONDS)
        if found.get("issuer") != self.provider.issuer:
            raise Unreachable(f"{address}: calls itself {found.get('issuer')!r}")
        return found

    def _published(self, what: str, address: str, oldest_seconds: int) -> dict[str, Any]:
        now = clock.now().timestamp()
        with self._lock:
            kept = self._kept.get(what)
        if kept is not None and 0 <= now - kept[0] < oldest_seconds:
            return kept[1]
        found = fetch(address)
        with self._lock:
            self._kept[what] = (now, found)
        return found


def _for_signatures(told: dict[str, Any]) -> KeySet:
    """Those of a provider's keys that can have signed for us; others may be of kinds nobody here knows."""
    usable = [key for key in told["keys"] if key.get("kty") in ("RSA", "EC") and key.get("use", "sig") == "sig"]
    return KeySet.import_key_set({"keys": usable})


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name, "")
    if not isinstance(value, str):
        raise Unreachable(f"{name}: no text")
    return value
