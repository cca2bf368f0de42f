"""Any search to take along: what it finds as a feed, a calendar or a table."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from flask import Blueprint, Response, current_app, g, request, stream_with_context
from sqlalchemy.orm import Session
from werkzeug.exceptions import ServiceUnavailable

from portal.kernel.policy import Actor
from portal.search.engine.query import MAX_PER_PAGE, Query
from portal.search.exports import CALENDAR_ENTRIES, FEED_ENTRIES, TABLE_ROWS, atom, calendar, table
from portal.search.forms import Asked
from portal.search.sources import Finding
from portal.search.views.asking import generation, index, question, searched
from portal.web.database import database_of
from portal.web.guards import for_programs, public
from portal.web.words import gettext as _

bp = Blueprint("exporting", __name__)


@bp.get("/search.<any(atom, ics, csv):form>")
@for_programs
@public
def export(form: str) -> Any:
    """The results of the same question as a feed, a calendar of deadlines or a table."""
    if generation() is None:
        raise ServiceUnavailable
    asked = replace(Asked.from_args(request.args), at=None)
    title = _("“%(words)s” – search", words=asked.text) if asked.text else _("Find opportunities")
    return {"atom": _feed, "ics": _calendar, "csv": _csv}[form](asked, title)


def _feed(asked: Asked, title: str) -> Response:
    found = _all(g.db, g.actor, question(asked, sort="newest"), FEED_ENTRIES)
    return Response(atom(title, request.full_path.rstrip("?"), found, _address), mimetype="application/atom+xml")


def _calendar(asked: Asked, title: str) -> Response:
    found = _all(g.db, g.actor, question(asked, sort="closing"), CALENDAR_ENTRIES)
    return Response(calendar(title, found, _address), mimetype="text/calendar")


def _csv(asked: Asked, _title: str) -> Response:
    lines = _table(question(asked), g.actor)
    begun = [next(lines)]  # once the answer is on its way it can no longer become a refusal
    headers = {"Content-Disposition": "attachment; filename=search.csv"}
    return Response(stream_with_context(chain(begun, lines)), mimetype="text/csv", headers=headers)


def _table(query: Query, actor: Actor) -> Iterator[str]:
    """Streams longer than the request's own session lives."""
    with database_of().reading() as session:
        found = _all(session, actor, query, TABLE_ROWS)
        first = list(islice(found, 1))
        yield from table(chain(first, found), _address)


def _all(session: Session, actor: Actor, query: Query, most: int) -> Iterator[Finding]:
    """The findings of every page, at most so many, read a page at a time; whatever comes or goes meanwhile."""
    query = replace(query, facets=(), per_page=MAX_PER_PAGE)
    for done in range(0, most, MAX_PER_PAGE):
        page = index().search(query)
        yield from searched().findings(session, actor, page.ids[: most - done])
        if page.after is None:
            return
        query = replace(query, at=page.after)


def _address(path: str) -> str:
    base: str = current_app.extensions["settings"].base_url
    return base.rstrip("/") + path
