"""Server CPU of a page, as a multiple of a bare Flask page that reads one row, at 5,000 and 50,000 listings, or at the two
numbers that the environment variable SIZES names.

Pages come as the portal serves them: from memory while nothing happens. `anew` is the same page after each change.

Keys: `home.cpu_x_floor`, `home.anew_x_floor`, `home.growth`, `home.sql`, `home.html_kb` (compressed), `assets_kb` – likewise
for every page. Growth, statements and sizes are those of a page made anew.
"""

import gzip
import io
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, render_template
from flask import session as cookie_session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event, select

from bench.corpus import a_portal
from bench.harness import arguments, measure, write_json
from portal.accounts.actions import open_session
from portal.accounts.models import User
from portal.accounts.security import COOKIE_KEY
from portal.app import settle
from portal.collaborations.models import Collaboration
from portal.kernel.db import Database, transaction
from portal.listings.models import Listing
from portal.proposals.models import Proposal
from portal.web.caching import KeptPages

SIZES = tuple(map(int, os.environ.get("SIZES", "5000 50000").split()))
BARS = {"home": 2.0}  # every other page: 7
BAR, GROWTH, SQL, HTML_KB, ASSETS_KB = 7.0, 1.3, 6, 25.0, 80.0
_BARE = "<!doctype html><title>{{ row.title }}</title><h1>{{ row.title }}</h1><p>{{ row.summary }}</p>"


def main() -> bool:
    options = arguments(__doc__, folder="keep the portals there, and take those that are there")
    with tempfile.TemporaryDirectory(prefix="causeway-bench-") as name:
        small, large = (measured((options.folder or Path(name)) / str(size), size) for size in SIZES)
    figures, fine = {}, True
    print(f"{'page':16}{'× bare':>8}{'anew':>8}{'growth':>8}{'SQL':>5}{'kB':>7}")
    for page, now in large["pages"].items():
        ratio, anew = now["ms"] / large["bare"], now["anew_ms"] / large["bare"]
        growth = anew / (small["pages"][page]["anew_ms"] / small["bare"])
        holds = ratio <= BARS.get(page, BAR) and growth <= GROWTH and now["sql"] <= SQL and now["kb"] <= HTML_KB
        fine &= holds
        print(f"{page:16}{ratio:8.2f}{anew:8.2f}{growth:8.2f}{now['sql']:5}{now['kb']:7.1f}{'' if holds else '  EXCEEDED'}")
        figures |= {
            f"{page}.cpu_x_floor": round(ratio, 3), f"{page}.anew_x_floor": round(anew, 3), f"{page}.growth": round(growth, 3),
            f"{page}.sql": now["sql"], f"{page}.html_kb": round(now["kb"], 1),
        }  # fmt: skip
    figures["assets_kb"] = large["assets_kb"]
    print(f"CSS and scripts, compressed: {figures['assets_kb']} kB; bare page: {large['bare']:.3f} ms")
    if options.json:
        write_json(options.json, figures)
    return fine and figures["assets_kb"] <= ASSETS_KB


def measured(folder: Path, listings: int) -> dict[str, Any]:
    """The figures of one portal: the bare page on its database, and each page for whoever uses it."""
    print(f"preparing {listings:,} listings …", file=sys.stderr)
    app = a_portal(folder, listings)
    database: Database = app.extensions["database"]
    calls = {page: call(app, path, who) for page, (path, who) in pages(app).items()}
    bare = call(bare_app(database), "/", None)
    for one in (*calls.values(), bare):
        status, _, body = one()
        assert status == "200 OK", (status, body[:300])
    settle()  # as both servers do
    kept = measure({"bare": bare, **calls})
    app.extensions["kept_pages"] = KeptPages(most=0)
    results = measure({"bare": bare, **calls})
    found = {
        page: {
            "ms": kept[page].median_ms / kept["bare"].median_ms * results["bare"].median_ms,
            "anew_ms": results[page].median_ms,
            "sql": statements(database, calls[page]),
            "kb": size(calls[page]),
        }
        for page in calls
    }
    return {"bare": results["bare"].median_ms, "pages": found, "assets_kb": assets_kb(app, calls["search"])}


def pages(app: Flask) -> dict[str, tuple[str, str | None]]:
    """The address of each page, and whose it is: a cookie, or None for a visitor."""
    database: Database = app.extensions["database"]
    with database.writing() as session, transaction(session):
        people = {
            key: cookie(app, open_session(session, session.scalars(select(User).where(User.email.startswith(f"{key}@"))).one()))
            for key in ("ingrid", "helena", "farid")
        }
    with database.reading() as session:
        ingrid = session.scalars(select(User.id).where(User.email.startswith("ingrid@"))).one()
        proposal = session.scalars(select(Proposal.id).where(Proposal.author_id == ingrid, Proposal.number > 0)).first()
        running = session.scalars(select(Collaboration.id).where(Collaboration.partner_lead_id == ingrid)).first()
        listing = session.scalars(select(Listing).where(Listing.title.startswith("Predict pump"))).one().href
    return {
        "home": ("/", None),
        "home_signed_in": ("/", people["ingrid"]),
        "search": ("/search?q=energy+model", None),
        "search_member": ("/search?q=energy+model&remote=1", people["ingrid"]),
        "browse": ("/search", None),
        "listing": (listing, None),
        "listing_owner": (listing, people["helena"]),
        "proposal": (f"/proposals/PR-{proposal:04d}", people["ingrid"]),
        "collaboration": (f"/collaborations/CO-{running:04d}", people["ingrid"]),
        "work": ("/work", people["ingrid"]),
        "work_officer": ("/work", people["farid"]),
        "organisation": ("/organisations/tidewell-water", None),
        "person": ("/people/ingrid-solheim", people["helena"]),
        "sign_in": ("/sign-in", None),
    }


def call(app: Flask, path: str, who: str | None) -> Callable[[], tuple[str, Any, bytes]]:
    """A GET as the WSGI server makes it."""
    return request(app, "GET", path, who)


def request(
    app: Flask, method: str, path: str, who: str | None = None, *, form: dict[str, str] | None = None
) -> Callable[[], tuple[str, Any, bytes]]:
    """The request as the WSGI server makes it, without a client's cost around it."""
    address, _, query = path.partition("?")
    sent = urlencode(form or {}).encode()

    def run() -> tuple[str, Any, bytes]:
        answer: list[Any] = []
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": address, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(sent), "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": False,
            "wsgi.run_once": False, "HTTP_HOST": "127.0.0.1:8000", "HTTP_ACCEPT": "text/html", "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(sent)),
        }  # fmt: skip
        if who:
            environ["HTTP_COOKIE"] = who
        body = app.wsgi_app(environ, lambda status, headers, exc=None: answer.extend((status, headers)))
        try:
            return answer[0] if answer else "", answer[1:], b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()

    return run


def bare_app(database: Database) -> Flask:
    """What Flask costs anyway: one row by its key, one small template."""
    app = Flask("bare")
    template = app.jinja_env.from_string(_BARE)  # compiled once, as a file would be

    @app.get("/")
    def show() -> str:
        with database.reading() as g.session:
            return render_template(template, row=g.session.get(Listing, 1))

    return app


def cookie(app: Flask, token: str) -> str:
    """The cookie header of somebody who signed in and has seen a page."""
    with app.test_request_context():
        generate_csrf()
        kept = {COOKIE_KEY: token, "csrf_token": cookie_session["csrf_token"]}
    signed = app.session_interface.get_signing_serializer(app).dumps(kept)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={signed}"


def statements(database: Database, one: Callable[[], Any]) -> int:
    """How many SQL statements one request makes."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        one()
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return len(asked)


def size(one: Callable[[], tuple[str, Any, bytes]]) -> float:
    """Compressed size of the page in kB."""
    return len(gzip.compress(one()[2], 6)) / 1000


def assets_kb(app: Flask, one: Callable[[], tuple[str, Any, bytes]]) -> float:
    """Compressed size of all styles and scripts that the search page, the largest, loads."""
    page = one()[2].decode()
    paths = set(re.findall(r'(?:href|src)="(/static/[^"#]+\.(?:css|js))"', page))
    bodies = [call(app, path, None)()[2] for path in paths]
    return round(sum(len(gzip.compress(body, 6)) for body in bodies) / 1000, 1)


if __name__ == "__main__":
    sys.exit(not main())
