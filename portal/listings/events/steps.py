"""What becomes of a listing, and of what belongs to it."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_
from portal.listings.states import TermStep


@dataclass(frozen=True)
class ListingDrafted(Fact):
    """Somebody began a listing."""

    kind: ClassVar[str] = "listing.drafted"
    says: ClassVar[str] = N_("%(actor)s began %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingSubmitted(Fact):
    """The owner asked for publication."""

    kind: ClassVar[str] = "listing.submitted"
    says: ClassVar[str] = N_("%(actor)s sent %(subject)s for review")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingPublished(Fact):
    """It can now be found."""

    kind: ClassVar[str] = "listing.published"
    says: ClassVar[str] = N_("%(actor)s published %(subject)s")


@dataclass(frozen=True)
class ListingApproved(Fact):
    """Moderation found it fine; it opens by itself on the day its owner chose."""

    kind: ClassVar[str] = "listing.approved"
    says: ClassVar[str] = N_("%(actor)s approved %(subject)s for a later day")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingAnnounced(Fact):
    """Its readers can read it already; it opens by itself on the day its owner chose."""

    kind: ClassVar[str] = "listing.announced"
    says: ClassVar[str] = N_("%(actor)s announced %(subject)s")


@dataclass(frozen=True)
class ListingUnannounced(Fact):
    """Nobody else can read it any more until it opens: its owner's wish, or the day came and it could not open."""

    kind: ClassVar[str] = "listing.unannounced"
    says: ClassVar[str] = N_("%(actor)s no longer announces %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingReturned(Fact):
    """Moderation asked for changes; the reason stands on the listing."""

    kind: ClassVar[str] = "listing.returned"
    says: ClassVar[str] = N_("%(actor)s asked for changes to %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingChanged(Fact):
    """Its text or facts changed; `material` after publication means that readers are told."""

    kind: ClassVar[str] = "listing.changed"
    says: ClassVar[str] = N_("%(actor)s changed %(subject)s")
    material: bool


@dataclass(frozen=True)
class ListingReleased(Fact):
    """It is for other readers than before, or it names others."""

    kind: ClassVar[str] = "listing.released"
    says: ClassVar[str] = N_("%(actor)s changed who can read %(subject)s, from “%(before)s” to “%(after)s”")
    seen_by: ClassVar[str] = "staff"
    before: str
    after: str


@dataclass(frozen=True)
class ListingInvited(Fact):
    """One person more can read it: it names them."""

    kind: ClassVar[str] = "listing.invited"
    says: ClassVar[str] = N_("%(subject)s was opened to one person more")
    seen_by: ClassVar[str] = "staff"
    account_id: int


@dataclass(frozen=True)
class ListingHidden(Fact):
    """It can no longer be found: taken back, withdrawn, refused, suspended or archived."""

    kind: ClassVar[str] = "listing.hidden"
    says: ClassVar[str] = N_("%(actor)s took %(subject)s out of the listings")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))


@dataclass(frozen=True)
class ListingClosed(Fact):
    """It takes no more answers but can still be read."""

    kind: ClassVar[str] = "listing.closed"
    says: ClassVar[str] = N_("%(actor)s closed %(subject)s")


@dataclass(frozen=True)
class ListingExpiring(Fact):
    """It has no deadline and was not renewed for almost a year: its owner is asked whether it still stands."""

    kind: ClassVar[str] = "listing.expiring"
    says: ClassVar[str] = N_("%(subject)s is about to expire")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingRenewed(Fact):
    """Its owner said that it still stands."""

    kind: ClassVar[str] = "listing.renewed"
    says: ClassVar[str] = N_("%(actor)s renewed %(subject)s")


@dataclass(frozen=True)
class ListingExpired(Fact):
    """Nobody renewed it for a year; it takes no more answers."""

    kind: ClassVar[str] = "listing.expired"
    says: ClassVar[str] = N_("%(subject)s expired because nobody renewed it")


@dataclass(frozen=True)
class ListingChecked(Fact):
    """Somebody looked at it after it was published at once, and left it open."""

    kind: ClassVar[str] = "listing.checked"
    says: ClassVar[str] = N_("%(actor)s checked %(subject)s after its publication")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingAppealed(Fact):
    """Its owner says why it should not be suspended; the text stands on the listing."""

    kind: ClassVar[str] = "listing.appealed"
    says: ClassVar[str] = N_("%(actor)s appealed against the suspension of %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingAppealAnswered(Fact):
    """It stays suspended; the reason stands on the listing."""

    kind: ClassVar[str] = "listing.appeal_answered"
    says: ClassVar[str] = N_("%(actor)s left %(subject)s suspended")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingTrustGiven(Fact):
    """Listings of this organisation are published at once, and checked afterwards."""

    kind: ClassVar[str] = "listing.trust_given"
    says: ClassVar[str] = N_("%(actor)s trusted %(subject)s to publish at once")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class TermTended(Fact):
    """A term of a vocabulary was added, reworded, retired, offered again, or another stands for it (`into_id`)."""

    kind: ClassVar[str] = "term.tended"
    says: ClassVar[str] = N_("%(actor)s tended a term of a vocabulary: %(step)s")
    seen_by: ClassVar[str] = "staff"
    step: TermStep
    into_id: int | None = None


@dataclass(frozen=True)
class ListingTrustEnded(Fact):
    """Listings of this organisation are checked before they open, as those of others."""

    kind: ClassVar[str] = "listing.trust_ended"
    says: ClassVar[str] = N_("%(subject)s can no longer publish at once")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingTemplateSaved(Fact):
    """The organisation can begin listings with one more template."""

    kind: ClassVar[str] = "listing.template_saved"
    says: ClassVar[str] = N_("%(actor)s kept a listing of %(subject)s as a template")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingTemplateRemoved(Fact):
    """A template is gone; listings begun with it stay."""

    kind: ClassVar[str] = "listing.template_removed"
    says: ClassVar[str] = N_("%(actor)s removed a template of %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingPlacesCounted(Fact):
    """So many of its places are filled now."""

    kind: ClassVar[str] = "listing.places_counted"
    says: ClassVar[str] = N_("%(filled)s places of %(subject)s are filled")
    seen_by: ClassVar[str] = "staff"
    filled: int


@dataclass(frozen=True)
class ListingFilled(Fact):
    """All its places are filled, so it takes no more answers; those who wait for one are told."""

    kind: ClassVar[str] = "listing.filled"
    says: ClassVar[str] = N_("%(subject)s closed because all its places are filled")


@dataclass(frozen=True)
class ListingHalted(Fact):
    """Its organisation is suspended; it takes no more answers."""

    kind: ClassVar[str] = "listing.halted"
    says: ClassVar[str] = N_("%(subject)s closed because its organisation is suspended")


@dataclass(frozen=True)
class ListingDiscarded(Fact):
    """A draft that nobody else ever read is gone."""

    kind: ClassVar[str] = "listing.discarded"
    says: ClassVar[str] = N_("%(actor)s discarded a draft")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ListingReaderMerged(Fact):
    """An organisation that it names was merged into another one, which it does not name."""

    kind: ClassVar[str] = "listing.reader_merged"
    says: ClassVar[str] = N_("An organisation that %(subject)s names was merged into another one")
    seen_by: ClassVar[str] = "staff"
