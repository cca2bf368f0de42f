"""Static files under addresses that change with their content, so that browsers may keep them for ever.

Everything is read and hashed once, at start; a packed form is made when the first browser asks for it and then kept.
Bootstrap comes from the Bootstrap-Flask package and is laid into the theme's lowest layer: one stylesheet, one round
trip.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import brotli  # type: ignore[import-untyped] # ships without type information
import flask_bootstrap
from flask import Flask, Response, abort, current_app, request
from werkzeug.datastructures import Headers

from portal.web.fixed import init_fixed
from portal.web.guards import public
from portal.web.icons import SPRITE, icon_drawer, names_in_sprite

STATIC = Path(__file__).parents[1] / "static"
BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5"
ENDPOINT = "asset"
_FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}
_IMPORT = re.compile(r'@import url\("bootstrap\.css"\) layer\((\w+)\);')
_NOT_FOR_BROWSERS = re.compile(r'@charset "[^"]*";|/\*# sourceMappingURL=[^*]*\*/')
_COMMENT = re.compile(r"/\*(?!!).*?\*/\s*", re.S)  # licences begin with /*! and stay
_INDENT = re.compile(r"\n\s*")
# Best first. Brotli at 9: five times faster than at 10 for an eighth more bytes, and it runs inside a request.
_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=9)),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}


class Asset:
    """One static file as browsers get it, with the packed forms made so far."""

    def __init__(self, name: str, body: bytes) -> None:
        self.digest = hashlib.blake2s(body, digest_size=6).hexdigest()
        self.path = f"/static/{self.digest}/{name}"
        self.mimetype = _TYPES[Path(name).suffix]
        self._forms = {"": body}

    def packed(self, coding: str) -> bytes:
        """The body in `coding` (`br`, `gzip`, or empty for plain)."""
        if coding not in self._forms:
            self._forms[coding] = _PACKERS[coding](self._forms[""])
        return self._forms[coding]


def init_assets(app: Flask) -> None:
    """Serve the static files and teach templates `asset_url(name)`, `icon(name, size)` and `root`.

    `root` is the path the portal is mounted under (`APPLICATION_ROOT`), without a slash at its end: layouts put it
    before their fixed addresses, because `url_for` costs more than the rest of a header together.
    """
    assets = {name: Asset(name, body) for name, body in _bodies(STATIC)}
    root = app.config["APPLICATION_ROOT"].rstrip("/")
    urls = {name: root + asset.path for name, asset in assets.items()}
    app.extensions["assets"] = assets
    app.add_url_rule("/static/<string(length=12):digest>/<path:name>", ENDPOINT, serve)
    app.jinja_env.globals |= {
        "root": root,
        "asset_url": urls.__getitem__,
        "icon": icon_drawer(urls[SPRITE.name], names_in_sprite()),
    }
    init_fixed(app)


@public
def serve(digest: str, name: str) -> Response:
    """A static file. A page of the last release asks for the last digest: it gets the file of today, not to keep."""
    assets: Mapping[str, Asset] = current_app.extensions["assets"]
    if (asset := assets.get(name)) is None:
        abort(404)
    headers = Headers({"Vary": "Accept-Encoding", "Cache-Control": _FOR_EVER if digest == asset.digest else "no-cache"})
    if request.if_none_match.contains_weak(asset.digest):
        response = Response(status=304, headers=headers)
    else:
        coding = next((c for c in _PACKERS if request.accept_encodings.quality(c) > 0), "")
        if coding:
            headers["Content-Encoding"] = coding
        response = Response(asset.packed(coding), mimetype=asset.mimetype, headers=headers)
    response.set_etag(asset.digest, weak=True)
    return response


def _bodies(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in _TYPES:
            body = path.read_bytes()
            yield path.relative_to(folder).as_posix(), _stylesheet(body.decode()) if path.suffix == ".css" else body


def _stylesheet(text: str) -> bytes:
    """`text` with Bootstrap in the place of its import, without comments and indentation.

    `@import` must stay at the top of a stylesheet but `@layer name { … }` need not, and both give the same cascade.
    """
    text = _INDENT.sub("\n", _COMMENT.sub("", text))
    bootstrap = _NOT_FOR_BROWSERS.sub("", (BOOTSTRAP / "css" / "bootstrap.min.css").read_text(encoding="utf-8"))
    return _IMPORT.sub(lambda found: f"@layer {found[1]} {{{bootstrap}}}", text).encode()
