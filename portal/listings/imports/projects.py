"""Research grants and student projects: NSF, CORDIS, SFI, OSRE, OpenAstronomy."""

from typing import Any

from portal.imports.origins import Origin, origin_of
from portal.imports.reading import Record, records_in, text_in, texts_in
from portal.imports.text import Form, shortened, to_line
from portal.imports.values import parse_amount, parse_date
from portal.listings.imports import subjects
from portal.listings.imports.landing import PROSE, Draft, Source, bullets, prose, sections, skills_of, summary_of, title_of
from portal.listings.states import Kind
from portal.organisations.imports import Named
from portal.organisations.states import OrganisationKind

# How the OSRE site writes institutions in its addresses. Source: the institutions' own domains.
_SHORT_NAMES = {
    "bsc": "Barcelona Supercomputing Center",
    "depaul": "DePaul University",
    "farmingdale": "Farmingdale State College",
    "ibm": "IBM",
    "intel": "Intel",
    "lanl": "Los Alamos National Laboratory",
    "niu": "Northern Illinois University",
    "northwestern": "Northwestern University",
    "openroad": "OpenROAD",
    "ornl": "Oak Ridge National Laboratory",
    "osu": "Oregon State University",
    "tum": "Technical University of Munich",
    "tuwien": "TU Wien",
    "ucdavis": "University of California, Davis",
    "uci": "University of California, Irvine",
    "ucr": "University of California, Riverside",
    "ucsd": "University of California San Diego",
    "uga": "University of Georgia",
    "utexas": "The University of Texas at Austin",
    "uutah": "University of Utah",
}
_COMPANIES = {"IBM", "Intel"}
_INSTITUTES = ("Laboratory", "Supercomputing", "OpenROAD", "OpenAstronomy", "Institute", "Observatory", "Oceanographic")


def read_project(record: Record) -> Draft:
    """The record as a research project."""
    form: Form = "markdown" if record.get("format") == "markdown" else "text"
    currency = _currency(record.get("currency"))
    abstract = prose(record.get("abstract"), form, most=36_000)
    description = sections(
        abstract,
        ("Requirements", "\n".join(f"- {to_line(each, 'markdown')}" for each in texts_in(record, "requirements"))),
    ) or bullets(_facts(record))
    funder, programme = to_line(text_in(record, "funder")), to_line(_programme(record))
    values = {
        "title": title_of(record.get("title"), form),
        "description": description,
        "summary": summary_of(prose(record.get("summary"), form) or abstract, programme, funder),
        "currency": currency,
        "skills": skills_of(*(role.get("skill") for role in records_in(record, "roles"))),
        "place": _place(record),
        "acronym": to_line(text_in(record, "acronym"))[:60],
        "funder": funder,
        "programme": programme,
        "amount_minor": parse_amount(record.get("amount"), currency) or None,
        **_dates(record),
        "results": shortened(_outputs(record), PROSE),
        "partner_sought": "; ".join(to_line(text_in(role, "title"), "markdown") for role in records_in(record, "roles"))[:600],
    }
    return Draft(by=_institution(record), values=values, fields=_fields(record))


def _origin(record: Record) -> Origin:
    return origin_of(record, "projects")


PROJECTS = Source(Kind.PROJECT, _origin, read_project)


def _institution(record: Record) -> Named:
    name = to_line(text_in(record, "institution")).replace("-DO NOT USE", "").strip()
    if not name:  # CORDIS names no institution: its projects are many partners'
        return Named(to_line(text_in(record, "funder")), OrganisationKind.PUBLIC)
    name = _SHORT_NAMES.get(name, name.partition(" / ")[0])
    short = ""
    if name.endswith(")") and " (" in name:
        name, _, short = name[:-1].rpartition(" (")
    if name in _COMPANIES:
        kind = OrganisationKind.COMPANY
    else:
        kind = OrganisationKind.INSTITUTE if any(word in name for word in _INSTITUTES) else OrganisationKind.UNIVERSITY
    return Named(name, kind, ror=text_in(record, "institution_ror"), short_name=short)


def _fields(record: Record) -> tuple[str, ...]:
    known = [path for path in texts_in(record, "fields") if path.startswith("/")]
    return (
        subjects.of_paths(known)
        or subjects.of_division(text_in(record, "programme"))
        or subjects.of_words(text_in(record, "title"), text_in(record, "abstract")[:2000])
    )


def _programme(record: Record) -> str:
    if record.get("source") == "openastronomy-gsoc":
        return text_in(record, "institution").partition(" / ")[2]
    parts = [text_in(record, "programme"), text_in(record, "topic_title", "subprogramme")]
    return " – ".join(part for part in parts if part)[:300]


def _facts(record: Record) -> dict[str, str]:
    """What there is to say of a record that is nothing but a title."""
    return {
        "Funder": text_in(record, "funder"),
        "Programme": _programme(record),
        "Institution": text_in(record, "institution"),
        "Acronym": text_in(record, "acronym"),
        "From – to": " – ".join(text_in(record, name) for name in ("start", "end") if record.get(name)),
        "Amount": " ".join(text_in(record, name) for name in ("amount", "currency") if record.get(name)),
    }


def _dates(record: Record) -> dict[str, Any]:
    if record.get("kind") == "student_project":  # there `start` is the day its page was written
        return {}
    day_first = record.get("source") == "sfi"
    starts, ends = (parse_date(record.get(name), day_first=day_first) for name in ("start", "end"))
    return {"starts_on": starts, "ends_on": ends if starts is None or ends is None or ends >= starts else None}


def _place(record: Record) -> str:
    return ", ".join(to_line(text_in(record, name)) for name in ("city", "region", "country") if record.get(name))[:200]


def _outputs(record: Record) -> str:
    told = [(to_line(text_in(each, "title")), to_line(text_in(each, "description"))) for each in records_in(record, "outputs")]
    return "\n".join(f"- **{title}**{f' – {text}' if text else ''}" for title, text in told if title)


def _currency(value: Any) -> str:
    return value if value in ("EUR", "USD", "GBP", "CHF") else "USD"
