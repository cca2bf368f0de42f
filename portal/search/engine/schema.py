"""How a document lies in the index: searched words, exact labels, numbers to sort by."""

import hashlib
from dataclasses import dataclass

from portal.search.engine import analysis, ranking
from portal.search.engine.documents import MAX_FIELDS, MAX_SKILLS, Document
from portal.search.engine.query import FACETS
from portal.search.engine.ranking import TEXT_FIELDS
from portal.search.engine.tongues import PLAIN, TONGUES, spoken, tongue_of, written_in

#: Raise it when the files change in a way that `_shape` does not see.
SHAPE = 5

#: The digest stands for all that is kept of a document: equal numbers, equal documents.
NUMBERS = ("id", "published_at", "closes_at", "amount", "digest")
LABELS = (*FACETS, "reader", "word")

#: Stands for "stays open": later than any date.
NEVER = (1 << 33) - 1
#: Of a currency without cents, the most that the portal takes for an amount.
MOST = 10**14
LONGEST_LABEL = 200
LONGEST_TITLE = 500


@dataclass(frozen=True)
class Entry:
    """A document, ready to be written.

    Args:
        words: stems in reading order, per field of `TEXT_FIELDS`.
        labels: exact values, per name of `LABELS`.
        numbers: per name of `NUMBERS`.
    """

    words: dict[str, tuple[str, ...]]
    labels: dict[str, tuple[str, ...]]
    numbers: dict[str, int]
    title: str


def entry(document: Document) -> Entry:
    title = " ".join(analysis.clean(document.title[:LONGEST_TITLE]).split())
    language = label(written_in(document.language, f"{title}\n{document.summary}\n{document.text}")) or PLAIN
    labels = {
        "type": (document.type,),
        "kind": (document.kind,),
        "organisation": (str(document.organisation_id),),
        "field": tuple(dict.fromkeys(document.fields))[:MAX_FIELDS],
        "skill": tuple(dict.fromkeys(document.skills))[:MAX_SKILLS],
        "state": (document.state,),
        "place": (document.place,),
        "remote": (yes_or_no(document.remote),),
        "paid": (yes_or_no(document.paid),),
        "level": document.levels,
        "mode": (document.mode,),
        "trl": (str(document.trl or ""),),
        "currency": (document.currency,),
        "language": (language,),
        "word": tuple(analysis.plain_words(title)),
    }
    tongue = tongue_of(language)
    closes_at = NEVER if document.closes_at is None else document.closes_at
    words = {name: _words(getattr(document, name), name, tongue) for name in TEXT_FIELDS}
    exact = {
        # Tokens are made by code and compared as they are: cleaning could make two of them equal.
        "reader": tuple(dict.fromkeys(token for token in document.readers if token.encode())),
        **{name: tuple(dict.fromkeys(filter(None, map(label, values)))) for name, values in labels.items()},
    }
    numbers = {
        **{"id": document.id, "published_at": _second(document.published_at), "closes_at": _second(closes_at)},
        "amount": min(max(document.amount, 0), MOST),
    }
    digest = hashlib.sha256(repr((words, exact, numbers, title)).encode(errors="surrogatepass")).digest()[:4]
    return Entry(words, exact, numbers | {"digest": int.from_bytes(digest)}, title)


def label(value: str) -> str:
    """The value as it is stored and compared."""
    return analysis.clean(value)[:LONGEST_LABEL].strip()


def yes_or_no(flag: bool) -> str:
    return "yes" if flag else "no"


def fingerprint() -> str:
    """Changes when documents would be written differently, so that an older index is noticed and rebuilt."""
    return _FINGERPRINT


def _words(text: str, name: str, tongue: str) -> tuple[str, ...]:
    return tuple(analysis.stems(text, tongue)[: TEXT_FIELDS[name].max_words])


def _second(moment: int) -> int:
    return min(max(moment, 0), NEVER)


def _shape() -> str:
    text = "Łódź’s universities, e-mail & C++: l’École’s ﬁelds of 東京, الجامعة, Häuser, producciones, bedrijven"
    sample = [(tongue, analysis.stems(text, tongue)) for tongue in TONGUES]
    parts = (
        SHAPE,
        sample,
        spoken("in der und die"),
        analysis.WORD.pattern,
        sorted(analysis.STOP_WORDS),
        TEXT_FIELDS,
        LABELS,
        NUMBERS,
    )
    weights = (ranking.K1, ranking.B, ranking.SCALE)
    return hashlib.sha256(repr((parts, weights)).encode()).hexdigest()[:16]


_FINGERPRINT = _shape()
