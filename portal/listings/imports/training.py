"""Training: free online courses, summer schools, workshops."""

import re
from typing import Any

from portal.imports.origins import MOST_CHARACTERS, Origin, origin_of
from portal.imports.reading import Record, text_in, texts_in
from portal.imports.text import to_line
from portal.imports.values import parse_date
from portal.listings.imports import subjects
from portal.listings.imports.landing import Draft, Source, bullets, deadline_of, skills_of, summary_of, title_of
from portal.listings.states import Kind, Mode
from portal.organisations.imports import Named
from portal.organisations.states import OrganisationKind

# Whoever keeps the list answers for its entries: the course's own provider is a fact of the course.
_KEEPERS = {
    "free-programming-books": "Free Ebook Foundation",
    "awesome-mlss": "Awesome Machine Learning Summer Schools",
    "coderefinery": "CodeRefinery",
}
_ONLINE = re.compile(r"online|virtual", re.IGNORECASE)
_ON_SITE_TOO = re.compile(r"hybrid|onsite|, virtual|\(virtual", re.IGNORECASE)


def read_training(record: Record) -> Draft:
    """The record as a training programme."""
    title = _title(record)
    topics = skills_of(record.get("topics"), [text_in(record, "topic"), text_in(record, "subtopic")])
    starts, ends = parse_date(record.get("start")), parse_date(record.get("end"))
    provider = _provider(record)
    place = to_line(text_in(record, "place")).strip("/ ")
    values: dict[str, Any] = {
        "title": title,
        "description": bullets(_facts(record)),
        "summary": summary_of("", title, provider, ", ".join(topics), place, text_in(record, "dates")),
        "language": "en",
        "skills": topics,
        "place": place[:200],
        "remote": _mode(record) is Mode.ONLINE,
        "provider": (provider or _keeper(record))[:200],
        "mode": _mode(record),
        "taught_in": text_in(record, "language").replace("_", "-") or "en",
        "cost_minor": 0 if record.get("source") in ("free-programming-books", "coderefinery") else None,
        "starts_on": starts,
        "ends_on": ends if starts is None or ends is None or ends >= starts else None,
    }
    if starts is not None:
        values["sessions"] = [{"starts_on": starts, "ends_on": values["ends_on"], "place": values["place"][:160]}]
    fields = subjects.of_words(title, " ".join(topics)) or ("1.2",)  # all three sources are about computing
    by = Named(_keeper(record), OrganisationKind.INSTITUTE)
    return Draft(by=by, values=values, closes=_closes(record), fields=fields)


def _origin(record: Record) -> Origin:
    """None of the sources numbers its entries: title, day and address together tell them apart."""
    parts = [text_in(record, name).strip() for name in ("title", "start", "url")]
    own_id = to_line("|".join(part for part in parts if part))[:MOST_CHARACTERS].strip()
    return origin_of({**record, "id": own_id}, "training")


TRAINING = Source(Kind.TRAINING, _origin, read_training)


def _keeper(record: Record) -> str:
    return _KEEPERS.get(text_in(record, "source"), text_in(record, "source"))


def _title(record: Record) -> str:
    title = title_of(record.get("title"), "markdown")
    if record.get("kind") != "workshop" or not title:
        return title
    return f"CodeRefinery workshop: {title}"[:200]


def _provider(record: Record) -> str:
    """The list puts a provider without a teacher in brackets."""
    named = to_line(text_in(record, "provider"), "markdown")
    return named[1:-1] if re.fullmatch(r"\([^()]+\)", named) else named


def _mode(record: Record) -> Mode:
    told = " ".join(text_in(record, name) for name in ("place", "title", "dates"))
    if record.get("kind") != "online_course" and not _ONLINE.search(told):
        return Mode.HYBRID if _ON_SITE_TOO.search(told) else Mode.ON_SITE
    return Mode.HYBRID if _ON_SITE_TOO.search(told) else Mode.ONLINE


def _closes(record: Record) -> Any:
    """The deadline to apply, else the end: after it nobody can take part."""
    day, _ = deadline_of(record.get("deadline"), "UTC")
    return (day, None) if day else (parse_date(record.get("end")), None)


def _facts(record: Record) -> dict[str, Any]:
    participants = record.get("participants")
    return {
        "Provider": _provider(record),
        "Topic": " – ".join(to_line(text_in(record, name), "markdown") for name in ("topic", "subtopic") if record.get(name)),
        "Topics": ", ".join(texts_in(record, "topics")),
        "Dates": text_in(record, "dates") or " – ".join(text_in(record, n) for n in ("start", "end") if record.get(n)),
        "Place": text_in(record, "place"),
        "Apply by": " ".join(text_in(record, name) for name in ("deadline", "timezone") if record.get(name)),
        "Participants": participants.get("total") if isinstance(participants, dict) else None,
        "Note": text_in(record, "note"),
    }
