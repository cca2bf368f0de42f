"""What a feature offers to the `import` command, and on what terms records come in."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.imports.running import Importer
from portal.kernel.errors import Forbidden
from portal.kernel.policy import Actor
from portal.kernel.text import N_


@dataclass(frozen=True)
class Terms:
    """Who vouches for what is imported, who answers for it, and what becomes of records whose time is over.

    `actor` is an administrator of the portal. `owner_of` gives the account that answers for the things of one organisation
    (by id); the account of `actor` where nothing else is said. `keep_open` takes records in as open
    although their deadline has passed at the source – for demonstrations; otherwise they come in closed.
    """

    actor: Actor
    owner_of: Callable[[Session, int], int] | None = None
    keep_open: bool = False

    def owner_for(self, session: Session, organisation_id: int) -> int:
        """The account that answers for what one organisation offers.

        Raises:
            Forbidden: nobody was named, and `actor` is no person with an account.
        """
        if self.owner_of is not None:
            return self.owner_of(session, organisation_id)
        if self.actor.id is None:
            raise Forbidden(N_("Say which account answers for what is imported."))
        return self.actor.id


Offer = Callable[[Terms], Importer]
