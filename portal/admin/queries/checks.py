"""What a machine can say of a listing before a person judges it: what is missing, what resembles it, what looks wrong.

None of it decides anything. A check that finds something says what, in words that the moderator can pass on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.ids import reference
from portal.kernel.text import N_, Words, folded
from portal.listings.models import Listing
from portal.listings.states import Kind, ListingState

ALIKE = 0.85  # of two titles, folded: the share of letters in common from which they are probably one thing
COMPARED = 300  # of the organisation's listings, the newest
SHORT = 200  # characters below which a description says little
_GONE = (ListingState.WITHDRAWN, ListingState.REJECTED)
_TARGET = re.compile(r"\]\(\s*<?([^\s)>]+)|^\s*\[[^\]]+\]:\s*(\S+)|<([a-z][a-z0-9+.-]*:[^>\s]+)>", re.I | re.M)
_BARE = re.compile(r"\b(?:javascript|data|vbscript|file|ftp):[^\s)>]+", re.I)
# What helps to decide, beyond what must be there: a sentence for each group of fields of which one should be filled.
_WISHED: dict[Kind, tuple[tuple[tuple[str, ...], str], ...]] = {
    Kind.PROJECT: ((("partner_sought",), N_("It does not say which partner is sought.")),),
    Kind.CHALLENGE: (
        (("budget_minor", "prize_minor"), N_("It names neither a budget nor a prize.")),
        (("criteria",), N_("It does not say how answers are compared.")),
    ),
    Kind.INTERNSHIP: (
        (("pay_minor",), N_("It does not say what is paid, or that nothing is.")),
        (("hours_per_week",), N_("It does not say how many hours a week.")),
        (("starts_on",), N_("It does not say when it starts.")),
    ),
    Kind.TRAINING: (
        (("starts_on",), N_("It does not say when it starts.")),
        (("cost_minor",), N_("It does not say what it costs, or that it is free.")),
    ),
    Kind.COMPUTE: (
        (("gpu_hours", "core_hours"), N_("It does not say how many hours are offered.")),
        (("eligibility",), N_("It does not say who may ask.")),
    ),
}
# What no listing may promise or ask. Source: what portals of this kind warn their readers of.
_CLAIMS = (
    (
        r"\bguarantee(?:d|s)?\b[^.\n]{0,40}\b(?:funding|job|visa|income|admission|results?)\b",
        N_("It guarantees what nobody can."),
    ),
    (
        r"\b(?:application|processing|registration|placement) fee\b|\bpay (?:a |in )?(?:deposit|advance)\b",
        N_("It asks for money beforehand."),
    ),
    (
        r"\b(?:bank (?:account|details)|credit card|passport (?:copy|number|scan)|social security number)\b",
        N_("It asks for papers or accounts."),
    ),
    (r"\bunpaid (?:trial|test) (?:period|work|task)\b|\bwork for exposure\b", N_("It asks for work without pay.")),
    (
        r"\b(?:males?|females?|men|women|native speakers?|under \d\d|aged? \d\d)\b[^.\n]{0,20}\b(?:only|preferred)\b",
        N_("It shuts people out by sex, age or origin."),
    ),
    (r"\b(?:whatsapp|telegram|wechat) (?:only|us|me|at|\+?\d)", N_("It leads people to talk elsewhere.")),
)


@dataclass(frozen=True)
class Resembling:
    """A listing that this one resembles."""

    title: str
    href: str


@dataclass(frozen=True)
class Check:
    """One check: its name, and what it found; nothing found is fine."""

    label: str
    found: tuple[Words, ...] = ()
    resembling: tuple[Resembling, ...] = ()

    @property
    def is_fine(self) -> bool:
        return not self.found and not self.resembling


def checks_of(session: Session, listing: Listing) -> list[Check]:
    """Every check of a listing loaded in `FULL`; one statement."""
    texts = "\n".join(_texts(listing))
    return [
        Check(N_("Complete"), tuple(Words(sentence) for sentence in _missing(listing))),
        Check(N_("New"), resembling=_duplicates(session, listing)),
        Check(N_("Links lead to the web"), tuple(_odd_links(texts))),
        Check(N_("No forbidden claims"), tuple(_claims(texts))),
    ]


def _texts(listing: Listing) -> Iterator[str]:
    yield from (listing.title, listing.summary, listing.description)
    for name in ("partner_sought", "must_haves", "criteria", "eligibility", "prerequisites", "software"):
        yield getattr(listing.detail, name, "") or ""


def _missing(listing: Listing) -> Iterator[str]:
    if not listing.summary:
        yield N_("It has no summary.")
    if len(listing.description) < SHORT:
        yield N_("Its description is very short.")
    if not listing.fields and not listing.skills:
        yield N_("It names neither a field nor a skill, so that few will find it.")
    if listing.closes_at is not None and listing.closes_at <= clock.now():
        yield N_("Its deadline has passed.")
    for names, sentence in _WISHED[listing.kind]:
        if all(getattr(listing.detail, name) in (None, "") for name in names):
            yield sentence


def _duplicates(session: Session, listing: Listing) -> tuple[Resembling, ...]:
    near = [Listing.organisation_id == listing.organisation_id]
    near += [Listing.source_url == listing.source_url] if listing.source_url else []
    query = select(Listing.id, Listing.kind, Listing.title, Listing.source_url).where(or_(*near), Listing.id != listing.id)
    query = query.where(Listing._state.not_in((*_GONE, ListingState.DRAFT)))
    title = folded(listing.title)
    return tuple(
        Resembling(row.title, f"/{row.kind.facts.path}/{reference(row.kind.facts.prefix, row.id)}")
        for row in session.execute(query.order_by(Listing.id.desc()).limit(COMPARED))
        if (listing.source_url and row.source_url == listing.source_url) or _is_close(title, folded(row.title))
    )


def _is_close(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _odd_links(texts: str) -> Iterator[Words]:
    written = [next(filter(None, found)) for found in _TARGET.findall(texts)]
    for target in dict.fromkeys((*written, *_BARE.findall(texts))):
        if not target.lower().startswith(("http://", "https://", "mailto:")):
            yield Words(N_("“%(link)s” is no address on the web."), {"link": target[:80]})


def _claims(texts: str) -> Iterator[Words]:
    for pattern, sentence in _CLAIMS:
        if found := re.search(pattern, texts, re.I):
            yield Words(
                N_("%(sentence)s It says: “%(quote)s”."), {"sentence": Words(sentence), "quote": " ".join(found[0].split())[:80]}
            )
