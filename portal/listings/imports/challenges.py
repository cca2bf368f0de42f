"""Challenges: SBIR topics, prize competitions, and data challenges of companies."""

import re
from typing import Any

from portal.imports.origins import Origin, origin_of
from portal.imports.reading import Record, text_in, texts_in
from portal.imports.text import Form, to_line
from portal.imports.values import currency_of, parse_amount
from portal.listings.imports import subjects
from portal.listings.imports.landing import Draft, Source, bullets, deadline_of, prose, sections, summary_of, title_of
from portal.listings.states import Kind
from portal.organisations.imports import Named
from portal.organisations.states import OrganisationKind

_ZONE = "America/New_York"  # the clocks of all three sources
# One agency, many spellings. Source: the agencies' own names.
_AGENCIES = {
    "NASA": "National Aeronautics and Space Administration",
    "NIST PSCR Group": "National Institute of Standards and Technology",
    "National Institute of Standards & Technology": "National Institute of Standards and Technology",
    "Centers for Disease Control & Prevention": "Centers for Disease Control and Prevention",
    "Department of Health & Human Services": "Department of Health and Human Services",
    "Department of Health and Humans Services": "Department of Health and Human Services",
    "National Institute of Health": "National Institutes of Health",
    "Energy Programs": "Department of Energy",
    "US Department of Agriculture": "Department of Agriculture",
}


def read_challenge(record: Record) -> Draft:
    """The record as a challenge."""
    form: Form = "html" if record.get("format") == "html" else "text"
    prize = record.get("prize_total")
    currency = currency_of(prize) or "USD"
    told = prose(record.get("description"), form, most=30_000)
    description = sections(
        told,
        ("Prizes", prose(record.get("prizes"), form) or to_line(text_in(record, "prize_total"))),
        ("How to enter", prose(record.get("how_to_enter"), form)),
        ("At the source", bullets(_facts(record))),
    )
    title = title_of(record.get("title"), form)
    values: dict[str, Any] = {
        "title": title,
        "description": description,
        "summary": summary_of(prose(record.get("summary"), form) or told, record.get("programme")),
        "currency": currency,
        "time_zone": _ZONE,
        "prize_minor": parse_amount(prize, currency),
        "criteria": prose(record.get("judging"), form) or bullets({"Metric": record.get("metric")}),
        "eligibility": prose(record.get("rules"), form) or _eligibility(record),
    }
    closes = record.get("closes") or (f"{record['year']}-12-31" if text_in(record, "year") else None)
    if phase := to_line(text_in(record, "phase")):
        values["phases"] = [{"name": phase[:120], "ends_on": deadline_of(closes, _ZONE)[0]}]
    fields = subjects.of_words(title, text_in(record, "summary"), text_in(record, "description")[:1500])
    return Draft(by=_agency(record), values=values, closes=deadline_of(closes, _ZONE), fields=fields)


def _origin(record: Record) -> Origin:
    return origin_of(record, "challenges")


CHALLENGES = Source(Kind.CHALLENGE, _origin, read_challenge)


def _agency(record: Record) -> Named:
    if record.get("source") == "kaggle-solutions":
        return Named(to_line(text_in(record, "organisation")) or "Kaggle", OrganisationKind.COMPANY)
    path = texts_in(record, "organisation_path")
    name = to_line(path[-1] if path else text_in(record, "organisation"))
    name = re.split(r" [-–] |, (?=Department|Office|National|Naval)", name)[-1].strip(" ,")
    found = re.fullmatch(r"(.+?) \(([A-Z][A-Za-z&/]{1,14})\)", name)
    name, short = (found[1], found[2]) if found else (name, "")
    name = name.removeprefix("U.S. ")
    return Named(_AGENCIES.get(name, name), OrganisationKind.PUBLIC, short_name=short)


def _facts(record: Record) -> dict[str, str]:
    names = {"Programme": "programme", "Opens": "opens", "Closes": "closes", "Year": "year", "Teams": "teams"}
    return {label: text_in(record, name) for label, name in names.items()}


def _eligibility(record: Record) -> str:
    """SBIR and STTR say by their name who may answer. Source: 15 U.S.C. § 638."""
    if record.get("source") != "sbir.gov":
        return ""
    return "Small businesses in the United States, in STTR together with a research institution."
