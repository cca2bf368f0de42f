"""Organisations from public registers, and the organisation behind a name that some record gives."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.imports.origins import Origin, content_hash, imported, origin_of, remember
from portal.imports.reading import Record, text_in, texts_in
from portal.imports.report import Outcome
from portal.imports.running import Importer
from portal.imports.terms import Offer, Terms
from portal.imports.text import safe_link, shortened, to_line
from portal.kernel.errors import Refused
from portal.kernel.policy import Actor
from portal.kernel.text import N_, folded
from portal.organisations.actions import import_organisation
from portal.organisations.inputs import OrganisationRecord, canonical, country_codes, ror
from portal.organisations.models import Organisation, OrganisationDomain
from portal.organisations.queries import namesake, standing_for
from portal.organisations.states import OrganisationKind, OrganisationState

_KINDS = {
    "education": OrganisationKind.UNIVERSITY,
    "company": OrganisationKind.COMPANY,
    "government": OrganisationKind.PUBLIC,
    "facility": OrganisationKind.INSTITUTE,
    "healthcare": OrganisationKind.INSTITUTE,
    "nonprofit": OrganisationKind.INSTITUTE,
    "archive": OrganisationKind.INSTITUTE,
    "other": OrganisationKind.INSTITUTE,
}
# Words that companies are written with and without.
_FORMS = frozenset(
    {"ag", "co", "company", "corp", "corporation", "gmbh", "group", "holdings", "inc", "incorporated", "llc", "ltd", "plc", "sa"}
    | {"se", "the"}
)
_LIKE = 50  # organisations whose names are compared at most
# Made once: asked for every record.
_WITH_DOMAIN = (
    select(Organisation)
    .join(Organisation.domains)
    .where(OrganisationDomain.domain.in_(bindparam("domains", expanding=True)), Organisation._state == OrganisationState.VERIFIED)
    .limit(1)
)


@dataclass(frozen=True)
class Named:
    """An organisation as a record names it: by name and kind, perhaps by ROR id."""

    name: str
    kind: OrganisationKind
    ror: str = ""
    short_name: str = ""


Read = Callable[[Session, Record], tuple[OrganisationRecord, Organisation | None]]


Met = dict[Named, Organisation]  # organisations that earlier records of the same import named


def organisation_for(session: Session, named: Named, *, actor: Actor, met: Met | None = None) -> int:
    """The id of that organisation; one that is not here yet is entered and verified, `actor` (an administrator) vouching.

    `met` is added to: what stands there already is not looked for again.

    Raises:
        Invalid: the name or ROR id is none.
    """
    met = {} if met is None else met
    if named not in met:
        given = OrganisationRecord(
            name=shortened(named.name, 200), kind=named.kind, short_name=named.short_name[:60], ror=named.ror
        )
        found = _known(session, given) or import_organisation(session, given, actor=actor)[0]
        if found.id is None:
            session.flush()  # later records must find it
        met[named] = found
    return met[named].id


def _known(session: Session, given: OrganisationRecord) -> Organisation | None:
    """By ROR id, by name, or – companies – by the name without its legal form."""
    if found := namesake(session, given.name, given.ror):
        return found
    core = _core(given.name)
    if given.kind is not OrganisationKind.COMPANY or not core:
        return None
    alike = select(Organisation).where(
        Organisation.kind == OrganisationKind.COMPANY,
        Organisation._state.in_((OrganisationState.VERIFIED, OrganisationState.MERGED)),
        # The index of keys holds what this looks at; the table itself is several times as large.
        Organisation.id.in_(select(Organisation.id).where(Organisation.name_key.contains(max(core, key=len), autoescape=True))),
    )
    for each in session.scalars(alike.order_by(Organisation.id).limit(_LIKE)):
        if _core(each.name) == core:
            return standing_for(session, each)
    return None


def _core(name: str) -> tuple[str, ...]:
    words = "".join(letter if letter.isalnum() else " " for letter in folded(name)).split()
    return tuple(word for word in words if word not in _FORMS)


def _read_ror(session: Session, record: Record) -> tuple[OrganisationRecord, Organisation | None]:
    if text_in(record, "status") in ("inactive", "withdrawn"):
        raise Refused(N_("The register says that this organisation is closed."))
    types = [each for each in texts_in(record, "types") if each in _KINDS]
    code = text_in(record, "country_code")
    given = OrganisationRecord(
        name=shortened(to_line(text_in(record, "name")), 200),
        kind=_KINDS[types[0]] if types else OrganisationKind.PUBLIC,  # nothing but a funder
        short_name=next((each for each in texts_in(record, "acronyms") if len(each) <= 60), ""),
        city=to_line(text_in(record, "city"))[:120],
        country_code=code if code in country_codes() else "",
        website=_website(record),
        ror=text_in(record, "id"),
        domains=texts_in(record, "domains"),
    )
    return given, _known(session, given)


def _read_company(session: Session, record: Record) -> tuple[OrganisationRecord, Organisation | None]:
    name = to_line(text_in(record, "name"))
    if name.endswith(" (The)"):
        name = f"The {name.removesuffix(' (The)')}"
    given = OrganisationRecord(
        name=shortened(name, 200),
        kind=OrganisationKind.COMPANY,
        city=to_line(text_in(record, "headquarters")).partition(",")[0][:120],
        sector=to_line(text_in(record, "sub_industry", "sector"))[:120],
    )
    return given, _known(session, given)


def _read_domains(session: Session, record: Record) -> tuple[OrganisationRecord, Organisation | None]:
    domains = texts_in(record, "domains")
    found = namesake(session, to_line(text_in(record, "name")), "") or _with_domain(session, domains)
    if found is None:
        raise Refused(N_("No organisation of this name or domain is here: import it first."))
    return OrganisationRecord(name=found.name, kind=found.kind, domains=domains), found


def _with_domain(session: Session, domains: list[str]) -> Organisation | None:
    written = [domain for text in domains if (domain := canonical(text))]
    return session.scalars(_WITH_DOMAIN, {"domains": written}).first() if written else None


def _website(record: Record) -> str:
    address = safe_link(record.get("website"))
    return address if address.startswith("http") and "@" not in address and len(address) <= 500 else ""


def _ror_origin(record: Record) -> Origin:
    origin = origin_of(record, "ror")
    return Origin(origin.source, ror("id", origin.source_id), origin.url, "CC0-1.0")


def _company_origin(record: Record) -> Origin:
    return origin_of(record, "s-and-p-500-companies", "symbol")


def _domain_origin(record: Record) -> Origin:
    own_id = "/".join(text_in(record, name) for name in ("alpha_two_code", "name"))[:300].strip()
    return origin_of({**record, "id": own_id}, "university-domains-list")


def _importer(name: str, origin_in: Callable[[Record], Origin], read: Read, terms: Terms) -> Importer:
    fresh: set[str] = set()  # names that were entered and perhaps not written yet

    def upsert(session: Session, record: Record) -> Outcome:
        origin, content = origin_in(record), content_hash(record)
        earlier = imported(session, origin)
        if earlier and earlier.content_hash == content:
            return Outcome.UNCHANGED
        if fresh and not fresh.isdisjoint(_keys(record)):
            session.flush()
            fresh.clear()
        given, known = read(session, record)
        if earlier:
            known = session.get(Organisation, earlier.subject_id) or known
        organisation, outcome = import_organisation(session, given, actor=terms.actor, known=known)
        remember(session, earlier, origin, organisation, content=content)
        fresh.update(_keys(record))
        return outcome

    return Importer(name, origin_in, upsert, fresh.clear)


def _keys(record: Record) -> set[str]:
    """By what an earlier record of the same organisation could be told."""
    name = to_line(text_in(record, "name"))
    return {folded(name), " ".join(_core(name)), *texts_in(record, "domains")}


OFFERS: dict[str, Offer] = {
    "organisations": partial(_importer, "organisations", _ror_origin, _read_ror),
    "companies": partial(_importer, "companies", _company_origin, _read_company),
    "university_domains": partial(_importer, "university_domains", _domain_origin, _read_domains),
}
