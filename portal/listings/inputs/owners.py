"""Who answers for a listing beside its owner, as the owner writes it down."""

from dataclasses import dataclass
from functools import partial

from portal.kernel.errors import Invalid
from portal.kernel.inputs import email, line, whole
from portal.kernel.text import N_
from portal.listings.inputs.shared import settle


@dataclass(frozen=True)
class Colleague:
    """Somebody of one's own organisation, by the address of their account."""

    email: str

    def __post_init__(self) -> None:
        settle(self, email=lambda field, value: email(field, value).lower())


@dataclass(frozen=True)
class Heir:
    """Which of the co-owners is to be the owner."""

    account_id: int

    def __post_init__(self) -> None:
        settle(self, account_id=partial(whole, least=1, most=2**31 - 1))


@dataclass(frozen=True)
class NamedResponsible:
    """A name, or a colleague by the address of their account, or – both empty – nobody but the owner."""

    name: str = ""
    address: str = ""

    def __post_init__(self) -> None:
        settle(
            self,
            name=partial(line, required=False),
            address=lambda field, value: email(field, value).lower() if value else "",
        )
        if self.name and self.address:
            raise Invalid("address", N_("Enter a name or an address, not both."))
