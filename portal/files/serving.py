"""What views need to take in a file and to hand files out: the store of this portal, the size of a body, the archive."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Response, current_app, g, request, session

from portal.accounts.security import COOKIE_KEY
from portal.files.bundle import Packed, bundled
from portal.files.queries import Attached, is_handed_out
from portal.files.store import Store
from portal.kernel.errors import Missing

_AROUND_A_FILE = 100_000  # octets of a form besides its file
_HARMLESS = "sandbox; default-src 'none'"


def store() -> Store:
    """Where the bytes of this portal's files lie."""
    found: Store = current_app.extensions["files"]
    return found


def take_large_body() -> None:
    """A body as large as a file, from people who have signed in; it goes to disk as it comes. For single routes alone."""
    if COOKIE_KEY in session:
        request.max_content_length = store().limit_bytes + _AROUND_A_FILE


def present(files: Iterable[Attached]) -> Iterator[tuple[Attached, Path]]:
    """What may be fetched now and whose bytes are there, with where they lie."""
    for file in files:
        if is_handed_out(g.db, file.state):
            with suppress(Missing):
                yield file, store().path(file.stored_as)


def archive(files: Iterable[Packed], name: str) -> Any:
    """These files as one archive with a manifest.

    Raises:
        Missing: there are none.
    """
    packed = list(files)
    if not packed:
        raise Missing
    response = Response(bundled(packed), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return harmless(response)


def harmless(response: Any) -> Any:
    """It never runs or shows inside the portal."""
    response.headers["Content-Security-Policy"] = _HARMLESS
    return response
