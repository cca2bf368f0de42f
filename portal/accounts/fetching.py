"""Asking another server for JSON: over TLS, in seconds, and never more than it should have to say.

Nothing is followed: an address that leads elsewhere is an answer that cannot be used. No address comes from people who use the
portal, only from its settings and from the servers these name.
"""

import base64
import http.client
import json
import ssl
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

SECONDS = 5  # to connect, and between two pieces of an answer
IN_ALL_SECONDS = 10
MOST_BYTES = 256_000
LOCAL = ("localhost", "127.0.0.1")


class Unreachable(Exception):
    """The other server is away, slow, or says something that cannot be used. The text is for the log only."""


def fetch(
    address: str, *, form: Mapping[str, str] | None = None, basic: tuple[str, str] | None = None, bearer: str = ""
) -> dict[str, Any]:
    """The JSON object at `address`, asked for by GET, or by POST where there is a `form`.

    Args:
        basic: name and secret of whoever asks.
        bearer: a token to show.

    Raises:
        Unreachable: there is none, whatever the reason.
    """
    headers = {"Accept": "application/json", "User-Agent": "Causeway"}
    if basic is not None:
        pair = ":".join(quote(part, safe="") for part in basic)
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    body = None if form is None else urlencode(form)
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        found = json.loads(_answer(address, body, headers))
    except (OSError, http.client.HTTPException, ValueError, RecursionError) as problem:
        raise Unreachable(f"{address}: {problem!r}") from problem
    if not isinstance(found, dict):
        raise Unreachable(f"{address}: no JSON object")
    return found


def _answer(address: str, body: str | None, headers: dict[str, str]) -> bytes:
    parts = urlsplit(address)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            parts.hostname or "", parts.port, timeout=SECONDS, context=ssl.create_default_context()
        )
    elif parts.scheme == "http" and parts.hostname in LOCAL:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
    else:
        raise ValueError("neither TLS nor this machine")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST" if body is not None else "GET", path or "/", body, headers)
        response = connection.getresponse()
        if response.status != 200:
            raise ValueError(f"status {response.status}")
        return _read(response)
    finally:
        connection.close()


def _read(response: http.client.HTTPResponse) -> bytes:
    """The whole body; a server that drips is given up, too."""
    until, pieces, length = time.monotonic() + IN_ALL_SECONDS, [], 0
    while piece := response.read1(16_384):
        pieces.append(piece)
        length += len(piece)
        if length > MOST_BYTES or time.monotonic() > until:
            raise ValueError("too long")
    return b"".join(pieces)
