"""What somebody looked for lately, kept in their own cookie and nowhere else: it ends with their session, or when they say so."""

import json
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, g, redirect, session, url_for

from portal.kernel.text import N_, folded, one_line
from portal.web.guards import signed_in
from portal.web.words import gettext

bp = Blueprint("recent", __name__)
MOST = 8
LONGEST = 100  # characters of one
_ROOM = 1_000  # bytes of all of them: a cookie has four thousand for everything
_KEY = "searches"

Looked = tuple[str, str]  # the tab, empty for listings, and the words


def remember(tab: str, text: str) -> None:
    """Put it before the others; what a visitor looks for is not kept."""
    words = one_line(text)[:LONGEST]
    if not g.actor.is_person or not words:
        return
    kept = [(tab, words), *(one for one in recent() if (one[0], folded(one[1])) != (tab, folded(words)))][:MOST]
    while len(json.dumps(kept)) > _ROOM:
        kept.pop()
    if kept != recent():
        session[_KEY] = [g.actor.id, kept]


def recent(beginning: str = "") -> list[Looked]:
    """Their own, the newest first; those alone in which a word begins so."""
    owner, kept = session.get(_KEY, (None, ()))
    wanted = folded(beginning)
    if not g.actor.is_person or owner != g.actor.id:
        return []
    return [(tab, words) for tab, words in kept if f" {wanted}" in f" {folded(words)}"]


def address_of(looked: Looked) -> str:
    """The page that looks for it again."""
    tab, words = looked
    return f"/search?{urlencode(({'in': tab} if tab else {}) | {'q': words})}"


@bp.post("/searches/forget")
@signed_in
def forget() -> Any:
    """Forget all of them."""
    session.pop(_KEY, None)
    flash(gettext(N_("What you looked for lately is forgotten.")), "good")
    return redirect(url_for("search.saved.index"), 303)
