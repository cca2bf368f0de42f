"""Response headers that limit what a browser does with a page: whose scripts run, who may frame it, what is kept."""

import secrets

from flask import Flask, Response, g, request

from portal.web.assets import ENDPOINT as ASSET

_FIXED = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_HSTS = "max-age=31536000"
# Bootstrap's stylesheet and the theme hold small pictures as data: addresses.
_POLICY = (
    "default-src 'self'; script-src {scripts}; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
_WITHOUT_SCRIPTS = _POLICY.format(scripts="'none'")
_BEFORE_NONCE, _AFTER_NONCE = _POLICY.format(scripts="'nonce-{}'").split("{}")


def init_headers(app: Flask) -> None:
    """Put the headers on every response of `app`. A view that sets one of them itself keeps its own."""
    app.after_request(_protect)


def nonce() -> str:
    """The word that lets the page's own scripts run, made when first asked for and good for this response only."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    made: str = g.nonce
    return made


def frameable(response: Response) -> Response:
    """Let other sites show this page in a frame. Only for what holds no form and nothing that a visitor may not see."""
    response.headers["Content-Security-Policy"] = _WITHOUT_SCRIPTS.replace("frame-ancestors 'none'", "frame-ancestors *")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _protect(response: Response) -> Response:
    headers = response.headers
    present = {name.lower() for name, _value in headers}
    for name, value in _FIXED:
        if name.lower() not in present:
            headers.add(name, value)
    if "content-security-policy" not in present:
        made = g.get("nonce")
        headers["Content-Security-Policy"] = f"{_BEFORE_NONCE}{made}{_AFTER_NONCE}" if made else _WITHOUT_SCRIPTS
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", _HSTS)
    if request.endpoint != ASSET:
        _limit_keeping(response)
    return response


def _limit_keeping(response: Response) -> None:
    """What a person sees stays in no cache; what a visitor sees may depend on the cookies for theme and language."""
    if "Vary" in response.headers:
        response.vary.add("Cookie")
    else:
        response.headers["Vary"] = "Cookie"
    if getattr(g.get("actor"), "id", None) is not None:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
