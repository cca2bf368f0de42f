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
from portal.kernel.text import N_, folded, slug
from portal.organisations.actions import import_organisation
from portal.organisations.inputs import OrganisationRecord, canonical, country_codes, ror
from portal.organisations.models import Organisation, OrganisationDomain
from portal.organisations.queries import companies_called, namesake, standing_for
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
_MOST_KEPT = 5_000  # of what an import keeps in mind
_FORMS = frozenset(
    {"ag", "co", "company", "corp", "corporation", "gmbh", "group", "holdings", "inc", "incorporated", "llc", "ltd", "plc", "sa"}
    | {"se", "the"}
)
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


class Met:
    """The organisations that earlier records of the same import named or entered. Some may not be written yet."""

    def __init__(self) -> None:
        self.named: dict[Named, Organisation] = {}
        self._unwritten: set[str] = set()

    def look(self, session: Session, keys: set[str]) -> None:
        """Before the database is asked for `keys`: let it have what could answer to one of them."""
        if not self._unwritten.isdisjoint(keys) or len(self._unwritten) > _MOST_KEPT:
            session.flush()
            self._unwritten.clear()

    def note(self, organisation: Organisation, keys: set[str]) -> None:
        """By what an organisation that was just entered could be found."""
        if organisation.id is None:
            self._unwritten |= keys

    def forget(self) -> None:
        """What was entered last was taken back."""
        self.named.clear()
        self._unwritten.clear()


def organisation_for(session: Session, named: Named, *, actor: Actor, met: Met) -> Organisation:
    """That organisation; one that is not here yet is entered and verified, `actor` (an administrator) vouching.

    `met` is added to: what stands there already is not looked for again.

    Raises:
        Invalid: the name or ROR id is none.
    """
    if named not in met.named:
        given = OrganisationRecord(
            name=shortened(named.name, 200), kind=named.kind, short_name=named.short_name[:60], ror=named.ror
        )
        keys = _keys(given.name, given.ror)
        met.look(session, keys)
        if len(met.named) > _MOST_KEPT:
            met.named.clear()
        met.named[named] = found = _known(session, given) or import_organisation(session, given, actor=actor)[0]
        met.note(found, keys)
    return met.named[named]


def _known(session: Session, given: OrganisationRecord) -> Organisation | None:
    """By ROR id, by name, or – companies – by the name without its legal form."""
    if found := namesake(session, given.name, given.ror):
        return found
    core = _core(given.name)
    if given.kind is not OrganisationKind.COMPANY or not core:
        return None
    alike = (each.id for each in companies_called(session, core[0]) if _core(each.name) == core)
    first = next(alike, None)
    return standing_for(session, session.get_one(Organisation, first)) if first is not None else None


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
    met = Met()

    def upsert(session: Session, record: Record, origin: Origin) -> Outcome:
        content, earlier = content_hash(record), imported(session, origin)
        if earlier and earlier.content_hash == content:
            return Outcome.UNCHANGED
        keys = _keys(to_line(text_in(record, "name")), *texts_in(record, "domains"))
        met.look(session, keys)
        given, known = read(session, record)
        if earlier:
            known = session.get(Organisation, earlier.subject_id) or known
        organisation, outcome = import_organisation(session, given, actor=terms.actor, known=known)
        remember(session, earlier, origin, organisation, content=content)
        met.note(organisation, keys)
        return outcome

    return Importer(name, origin_in, upsert, met.forget)


def _keys(name: str, *others: str) -> set[str]:
    """By what the organisation could be found, or could be in another's way: its name, its address, its ROR id and domains."""
    return {folded(name), " ".join(_core(name)), f"/{slug(name)}", *filter(None, others)}


OFFERS: dict[str, Offer] = {
    "organisations": partial(_importer, "organisations", _ror_origin, _read_ror),
    "companies": partial(_importer, "companies", _company_origin, _read_company),
    "university_domains": partial(_importer, "university_domains", _domain_origin, _read_domains),
}
