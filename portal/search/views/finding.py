"""The search page."""

import functools
import time
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request
from werkzeug.exceptions import ServiceUnavailable

from portal.search.engine.errors import IndexBroken
from portal.search.engine.query import Page
from portal.search.forms import Asked
from portal.search.tallying import Searching
from portal.search.views.asking import answer, generations, marked, named_values, question, searched
from portal.search.views.elsewhere import draw, tab_named
from portal.search.views.recent import remember
from portal.search.views.shown import facets, otherwise, paging, reading, with_reasons
from portal.search.views.straight import reference_page
from portal.web.caching import kept
from portal.web.guards import public
from portal.web.words import gettext as _

bp = Blueprint("finding", __name__)
LONGEST_TITLE = 200
AGAIN = 30  # seconds until whoever met a broken index may ask again


def repaired_soon(_problem: IndexBroken) -> Any:
    """Whoever asked at the moment in which the index broke is asked to come back: the worker makes it anew."""
    return current_app.handle_user_exception(ServiceUnavailable(retry_after=AGAIN))


@bp.get("/search")
@functools.partial(kept, besides=generations)
@public
def index() -> Any:
    """Results with facets; a reference typed in goes straight to its page."""
    tab = tab_named(request.args.get("in", ""))
    return draw(*tab) if tab else _listings(Asked.from_args(request.args))


def _listings(asked: Asked) -> Any:
    if (straight := reference_page(asked.text) or asked.typed_filters(named_values)) is not None:
        return redirect(straight, 303)
    page, broken = _found(asked)
    values = facets(asked, page) | paging(asked, page)
    if page.ids:
        rows = searched().rows(g.db, g.actor, page.ids, marked(page))
        values["rows"] = with_reasons(asked, page, rows)
    if not page.ids and not broken:
        values |= otherwise(asked, values)
    return render_template("search/index.html", asked=asked, page_of=page, broken=broken, read=reading(asked), **values)


def _found(asked: Asked) -> tuple[Page, bool]:
    """The answer; that words were looked for is noted, once a walk through its pages."""
    started = time.perf_counter()
    page, broken = answer(question(asked))
    if asked.text and asked.page == 1 and not asked.at and not broken:
        remember("", asked.text)
        spent = int((time.perf_counter() - started) * 1000)
        current_app.extensions["searches"].note(Searching(asked.text, page.total, spent))
    return page, broken


def title_of(asked: Asked) -> str:
    """What to call a search: its words, then its filters."""
    chips = facets(asked, answer(question(asked))[0])["chips"]
    said = " · ".join([*([asked.text] if asked.text else []), *(label for label, _address in chips)])
    return said[:LONGEST_TITLE] or _("Everything that is open")
