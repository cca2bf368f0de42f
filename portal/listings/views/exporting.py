"""One's listings to take along: as a table, a workbook, or for a program."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Response, current_app, g, request, stream_with_context

from portal.accounts.freshness import fresh
from portal.kernel.errors import Missing
from portal.kernel.policy import Actor
from portal.kernel.spreadsheets import csv_pieces, xlsx_pieces
from portal.listings.queries import COLUMNS, exported
from portal.listings.views.mount import bp
from portal.web.database import database_of
from portal.web.guards import for_programs
from portal.web.limits import Limit, limited

_A_DAY = Limit("export of listings", "60 per day", lambda: str(g.actor.id or ""))


@bp.get("/listings/export/<string:form>")
@for_programs
@fresh
@limited(_A_DAY)
def export(form: str) -> Any:
    """All of them in one file, read while it is sent; with `of=organisation` also those of one's organisations."""
    if form not in _FORMS:
        raise Missing
    mimetype, write = _FORMS[form]
    pieces = write(_found(g.actor, all_of_mine=request.args.get("of") == "organisation"))
    named = {"Content-Disposition": f"attachment; filename=listings.{form}"}
    return Response(stream_with_context(pieces), mimetype=mimetype, headers=named)


def _found(actor: Actor, *, all_of_mine: bool) -> Iterator[dict[str, str]]:
    """Streams longer than the request's own session lives."""
    base = current_app.extensions["settings"].base_url.rstrip("/")
    with database_of().reading() as session:
        for values in exported(session, actor, all_of_mine=all_of_mine):
            yield values | ({"href": base + values["href"]} if "href" in values else {})


def _rows(found: Iterable[dict[str, str]]) -> Iterator[list[str]]:
    yield [name.removesuffix("_minor") for name in COLUMNS]
    for values in found:
        yield [values.get(name, "") for name in COLUMNS]


def _json(found: Iterable[dict[str, str]]) -> Iterator[bytes]:
    yield b"["
    for number, values in enumerate(found):
        yield (",\n" if number else "\n").encode() + json.dumps(values, ensure_ascii=False).encode(errors="replace")
    yield b"\n]\n"


_FORMS: dict[str, tuple[str, Callable[[Iterable[dict[str, str]]], Iterator[bytes]]]] = {
    "csv": ("text/csv", lambda found: csv_pieces(_rows(found))),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lambda found: xlsx_pieces(_rows(found))),
    "json": ("application/json", _json),
}
