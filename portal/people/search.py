"""What the search may know of people: those who agreed to be found, with what their page shows to everybody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.policy import VISITOR, Actor
from portal.kernel.terms import the_terms
from portal.kernel.text import N_
from portal.organisations.models import Membership
from portal.organisations.search import verified_names
from portal.organisations.states import MembershipState
from portal.people.models import Profile
from portal.people.policies import FINDABLE, reader_tokens
from portal.people.queries import FULL, RULED, affiliations
from portal.search.engine.documents import Document
from portal.search.sources import Facet, Findable, Mark
from portal.search.telling import themselves, unmarked
from portal.web.limits import Limit, network
from portal.web.words import gettext as _

# Looking through those who agreed to be found, by whatever way.
LOOKUPS = Limit("people directory", "60 per minute", network)
EXCERPT = 200  # characters of what somebody says of themselves that a result shows
TAGS = 5


def documents(session: Session, ids: Sequence[int]) -> list[Document]:
    """Those of `ids` who agreed to be found."""
    query = select(Profile).options(*FULL).where(Profile.id.in_(ids), FINDABLE.where(VISITOR))
    profiles = session.scalars(query).all()
    labels = {term.code: term.label for term in the_terms().offered(session)} if any(p.field_ids for p in profiles) else {}
    return [_document(session, profile, labels) for profile in profiles]


def all_ids(session: Session) -> Iterable[int]:
    """Everybody who agreed to be found."""
    return session.scalars(select(Profile.id).where(FINDABLE.where(VISITOR)).order_by(Profile.id)).all()


def rows(session: Session, actor: Actor, ids: Sequence[int], mark: Mark) -> list[Mapping[str, Any]]:
    """The people found, as far as they agree at this moment, in the order they were found in."""
    query = select(Profile).options(*RULED).where(Profile.id.in_(ids), FINDABLE.where(actor))
    found = {each.id: each for each in session.scalars(query)}
    return [_row(found[number], actor, mark) for number in ids if number in found]


def touched(session: Session, events: Sequence[Event]) -> set[int]:
    """Those who changed their page or their account, came or went, and those of organisations and fields that changed."""
    changed = {event.subject_id for event in events if event.subject_type in ("profile", "account") and event.subject_id}
    changed |= {event.data["account_id"] for event in events if event.subject_type == "membership"}
    renamed = {event.subject_id for event in events if event.subject_type == "organisation" and event.subject_id}
    if renamed:
        active = Membership._state == MembershipState.ACTIVE
        changed.update(session.scalars(select(Membership.account_id).where(Membership.organisation_id.in_(renamed), active)))
    terms = {event.subject_id for event in events if event.subject_type == "field" and event.subject_id}
    return changed | (_of_fields(session, terms) if terms else set())


def _of_fields(session: Session, terms: Collection[int]) -> set[int]:
    """Those who named one of these fields, or one that belongs to them."""
    offered = the_terms().offered(session)
    codes = tuple(f"{term.code}." for term in offered if term.id in terms)
    meant = {*terms, *(term.id for term in offered if term.code.startswith(codes))}
    people = session.execute(select(Profile.id, Profile.field_ids).where(FINDABLE.where(VISITOR)))
    return {number for number, field_ids in people if not meant.isdisjoint(field_ids)}


def _document(session: Session, profile: Profile, labels: Mapping[str, str]) -> Document:
    """`labels` of all fields by their codes: who looks for what a field belongs to finds those in it too."""
    organisations = [each.organisation for each in affiliations(profile, actor=VISITOR)]
    terms = the_terms().numbered(session, profile.field_ids)
    above = [labels[code] for term in terms if (code := term.code.rpartition(".")[0]) in labels]
    fields = tuple(dict.fromkeys((*(term.label for term in terms), *above)))
    known = tuple(dict.fromkeys((*profile.expertise, *profile.skills, *profile.methods)))
    texts = (profile.open_to, profile.seeks, profile.group, profile.study, unmarked(profile.about))
    return Document(
        id=profile.id,
        type="person",
        kind="",
        organisation_id=organisations[0].id if organisations else 0,
        organisation="\n".join(" ".join((each.name, each.short_name)) for each in organisations),
        fields=fields,
        reference="",
        title=profile.name,
        summary=profile.headline,
        text="\n".join(filter(None, texts)),
        readers=reader_tokens(profile),
        state="",
        published_at=int(profile.updated_at.timestamp()),
        skills=known,
        topics="\n".join((*known, *fields)),
        levels=tuple(str(each.id) for each in organisations),
    )


def _said(headline: str, about: str) -> str:
    """What somebody says of themselves; many begin with their headline once more."""
    return about if about.startswith(headline) else " – ".join(filter(None, (headline, about)))


def _row(profile: Profile, actor: Actor, mark: Mark) -> Mapping[str, Any]:
    known = [each.organisation for each in affiliations(profile, actor=actor)]
    return {
        "number": profile.id,
        "kind": "person",
        "kind_label": _("Person"),
        "title": mark(profile.name, 0, profile.id),
        "href": profile.href,
        "summary": mark(_said(profile.headline, unmarked(profile.about)), EXCERPT, profile.id),
        "organisation": ", ".join(each.name for each in known),
        "organisation_href": known[0].href if len(known) == 1 else "",
        "tags": [(term, f"/search?{urlencode({'in': 'people', 'skill': term})}") for term in profile.expertise[:TAGS]],
    }


FINDABLE_PEOPLE = Findable(
    name="people",
    label=N_("People"),
    documents=documents,
    all_ids=all_ids,
    rows=rows,
    touched=touched,
    nothing=N_("Nobody who agreed to be found uses all of these words. Their organisation can put you in touch."),
    facets=(
        Facet("organisation", N_("Organisation"), "level", verified_names),
        Facet("field", N_("Field"), "field", themselves),
        Facet("skill", N_("Skill"), "skill", themselves),
    ),
    sorts=(("newest", N_("Changed last")),),
    whole=(N_("Everybody by name"), "/people"),
    suggested=True,
    limit=LOOKUPS,
)
