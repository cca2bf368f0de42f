"""Internships: plain facts of posts at companies, and student posts of the US government."""

import re
from typing import Any

from portal.imports.origins import Origin, origin_of
from portal.imports.reading import Record, text_in, texts_in
from portal.imports.text import to_line
from portal.imports.values import parse_date
from portal.listings.imports import subjects
from portal.listings.imports.landing import PROSE, Draft, Source, bullets, deadline_of, summary_of, title_of
from portal.listings.states import Kind, Level, Visa
from portal.organisations.imports import Named
from portal.organisations.states import OrganisationKind

_ZONE = "America/New_York"
_NOBODY = "Other Agencies and Independent Organizations"  # the source's word where the department itself is meant
_LEVELS = (
    (re.compile(r"high school", re.IGNORECASE), Level.SCHOOL),
    (re.compile(r"undergrad|bachelor|\bBS\b", re.IGNORECASE), Level.BACHELOR),
    (re.compile(r"ph\.?d|doctora", re.IGNORECASE), Level.DOCTORAL),
    (re.compile(r"master'?s\b|\bMS\b|\bgraduate|\bMBA\b", re.IGNORECASE), Level.MASTER),
)

_VISAS = {
    "Offers Sponsorship": Visa.SPONSORED,
    "Does Not Offer Sponsorship": Visa.NOT_SPONSORED,
    "U.S. Citizenship is Required": Visa.CITIZENS,
}


def read_internship(record: Record) -> Draft:
    """The record as an internship. Neither source names a supervisor: whoever answers for the listing does."""
    title = title_of(record.get("title"))
    places = [to_line(place) for place in texts_in(record, "locations")]
    values: dict[str, Any] = {
        "title": title,
        "description": bullets(_facts(record)),
        "summary": summary_of("", title, _host(record), ", ".join(texts_in(record, "terms")), "; ".join(places[:3])),
        "currency": "USD",
        "time_zone": _ZONE,
        "place": "; ".join(places)[:200],
        "remote": any("remote" in place.lower() for place in places),
        "visa": _VISAS.get(text_in(record, "sponsorship"), Visa.UNSAID),
        "eligibility": "\n".join(f"- {to_line(each)}" for each in texts_in(record, "eligibility"))[:PROSE],
        "level": next((level for pattern, level in _LEVELS if pattern.search(title)), Level.ANY),
    }
    series = " ".join(texts_in(record, "occupation_series"))
    return Draft(by=_by(record), values=values, closes=_closes(record), fields=subjects.of_words(title, series))


def _origin(record: Record) -> Origin:
    return origin_of(record, "internships")


INTERNSHIPS = Source(Kind.INTERNSHIP, _origin, read_internship)


def _host(record: Record) -> str:
    company = to_line(text_in(record, "company"))
    return to_line(text_in(record, "department")) if company == _NOBODY else company


def _by(record: Record) -> Named:
    kind = OrganisationKind.PUBLIC if record.get("source") == "usajobs" else OrganisationKind.COMPANY
    return Named(_host(record), kind)


def _closes(record: Record) -> Any:
    """A post that is no longer active was closed on the day it was last touched, as far as the source tells."""
    if record.get("active") is False:
        return parse_date(record.get("updated")), None
    return deadline_of(record.get("closes"), _ZONE)


def _facts(record: Record) -> dict[str, str]:
    return {
        "Company": _host(record),
        "Department": text_in(record, "department"),
        "Unit": text_in(record, "unit"),
        "Terms": ", ".join(texts_in(record, "terms")),
        "Places": "; ".join(texts_in(record, "locations")),
        "Occupation": "; ".join(texts_in(record, "occupation_series")),
        "Posted": text_in(record, "posted", "opens")[:10],
    }
