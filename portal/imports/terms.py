"""What a feature offers to the `import` command, and on what terms records come in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.imports.reading import Record
from portal.imports.running import Importer
from portal.kernel.errors import Forbidden
from portal.kernel.policy import Actor
from portal.kernel.text import N_


@dataclass(frozen=True)
class Terms:
    """Who vouches for what is imported, who answers for it, and what becomes of records whose time is over.

    `actor` is an administrator of the portal – or, where `organisation_id` is given, of that organisation, whose own things all
    of them are then. `owner_of` gives the account that answers for what comes
    in; that of `actor` where nothing else is said. `keep_open` takes records in as open
    although their deadline has passed at the source – for demonstrations; otherwise they come in closed.
    """

    actor: Actor
    owner_of: Callable[[Session], int] | None = None
    keep_open: bool = False
    organisation_id: int | None = None

    def owner_for(self, session: Session) -> int:
        """The account that answers for what is offered.

        Raises:
            Forbidden: nobody was named, and `actor` is no person with an account.
        """
        if self.owner_of is not None:
            return self.owner_of(session)
        if self.actor.id is None:
            raise Forbidden(N_("Say which account answers for what is imported."))
        return self.actor.id


Offer = Callable[[Terms], Importer]
Shown = Callable[[Session, Record], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Uploadable:
    """A kind of record that people bring in with a form.

    `label` is what they call it, marked. `own` are an organisation's own things, all else records of public sources. `fields`
    are the names that a column can have; none where a record is its source's own affair. `shown` gives what the importer
    reads in a record, by field, or raises what it would refuse it with.
    """

    label: str
    offer: Offer
    own: bool = False
    fields: tuple[str, ...] = ()
    lists: Mapping[str, str] = field(default_factory=dict)
    shown: Shown | None = None
