"""The piece of a text that shows best why it was found, as safe HTML with the found words marked."""

import re
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from portal.search.engine import analysis
from portal.search.engine.tongues import ENGLISH, MARKS, term

#: Nobody needs to see why a document was found on its fortieth page.
MAX_CHARACTERS = 50_000
_ELLIPSIS = Markup("…")


class _Hit(NamedTuple):
    start: int
    end: int
    term: str


class _Asked(NamedTuple):
    """What is looked for in texts of one language."""

    whole: frozenset[str]
    prefixes: tuple[str, ...]
    candidates: re.Pattern[str]


def highlight(text: str, terms: tuple[str, ...], limit: int = 240, tongue: str = ENGLISH) -> Markup:
    """At most about `limit` characters of the text around the densest group of `terms`, each in `<mark>`.

    Args:
        text: plain text, not trusted: what looks like markup comes out escaped.
        terms: `Page.terms`.
        limit: 0 for all of the text.
        tongue: in which the text was found, see `Page.tongues`.
    """
    cleaned = " ".join(analysis.clean(text[:MAX_CHARACTERS]).split())
    hits = _hits(cleaned, terms, tongue)
    start, end = _window(cleaned, hits, limit) if limit and len(cleaned) > limit else (0, len(cleaned))
    pieces = [_ELLIPSIS] if start else []
    place = start
    for hit in hits:
        if hit.start >= place and hit.end <= end:
            pieces.append(escape(cleaned[place : hit.start]))
            pieces.append(Markup(f"<mark>{escape(cleaned[hit.start : hit.end])}</mark>"))  # noqa: S704 - escaped
            place = hit.end
    pieces.append(escape(cleaned[place:end]))
    if end < len(cleaned):
        pieces.append(_ELLIPSIS)
    return Markup("").join(pieces)


def stems_found(text: str, terms: tuple[str, ...], tongue: str) -> set[str]:
    """Which stems of words that meet one of the terms stand in the text."""
    return {hit.term for hit in _hits(analysis.clean(text[:MAX_CHARACTERS]), terms, tongue)}


def _hits(cleaned: str, terms: tuple[str, ...], tongue: str) -> list[_Hit]:
    if (asked := _asked(terms, tongue)) is None:
        return []
    hits = []
    for match in asked.candidates.finditer(cleaned):
        stem = term(analysis.fold(match[0]), tongue)
        if stem in asked.whole or (asked.prefixes and stem.startswith(asked.prefixes)):
            hits.append(_Hit(match.start(), match.end(), stem))
    return hits


_MARKED = frozenset(MARKS.values())


@lru_cache(maxsize=1024)
def _asked(terms: tuple[str, ...], tongue: str) -> _Asked | None:
    mark = MARKS[tongue]
    own = [asked for asked in terms if (asked[0] if asked[0] in _MARKED else "") == mark]
    if not own:
        return None
    whole = frozenset(asked for asked in own if not asked.endswith("*"))
    prefixes = tuple(asked[:-1] for asked in own if asked.endswith("*"))
    return _Asked(whole, prefixes, _candidates(frozenset(asked[len(mark)] for asked in own)))


def _candidates(initials: frozenset[str]) -> re.Pattern[str]:
    """Words that may have such a stem: a word and its stem begin with the same letter, but for case and accents."""
    letters = "".join(map(re.escape, sorted(initials | {letter.upper() for letter in initials})))
    return re.compile(rf"(?<![^\W_])(?=[{letters}]|[^\x00-\x7f])(?:{analysis.WORD.pattern})")


def _window(cleaned: str, hits: list[_Hit], limit: int) -> tuple[int, int]:
    """Where to cut: the stretch with most different terms, then most hits, then the first; at ends of words."""
    best, best_worth = 0, (0, 0)
    last = 0
    for first, hit in enumerate(hits):
        last = max(last, first)
        while last < len(hits) and hits[last].end <= hit.start + limit:
            last += 1
        inside = hits[first:last]
        worth = (len({other.term for other in inside}), len(inside))
        if worth > best_worth:
            best, best_worth = first, worth
    if not hits:
        return 0, _word_end(cleaned, limit)
    span_end = max((hit.end for hit in hits[best:] if hit.end <= hits[best].start + limit), default=hits[best].end)
    start = max(hits[best].start - (limit - (span_end - hits[best].start)) // 2, 0)
    start = min(start, max(len(cleaned) - limit, 0))
    if start:
        space = cleaned.find(" ", start, hits[best].start)
        start = space + 1 if space >= 0 else start
    return start, _word_end(cleaned, max(start + limit, hits[best].end))


def _word_end(cleaned: str, end: int) -> int:
    if end >= len(cleaned):
        return len(cleaned)
    space = cleaned.rfind(" ", 0, end + 1)
    return space if space > end - analysis.LONGEST_WORD else end
