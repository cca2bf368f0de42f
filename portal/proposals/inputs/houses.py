"""Which organisation a partner’s row stands for: the one place that knows of rows that have its number, and rows that do not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal.proposals.inputs.budget import Partner
from portal.proposals.inputs.content import Content

_LONGEST = 160


@dataclass(frozen=True)
class House:
    """An organisation of this portal by its number, whatever it is called by now."""

    id: int
    name: str

    @property
    def row(self) -> Partner:
        """A partner’s row for it."""
        return Partner(self.name[:_LONGEST], organisation=self.id)

    def is_of(self, partner: Partner) -> bool:
        """Whether the row is its own: by number, or by name where the row has none."""
        return partner.organisation == self.id or (partner.organisation is None and partner.name == self.name[:_LONGEST])


def known_houses(content: Content, other: Content) -> Mapping[str, Partner]:
    """The partners by key, with the number that the very same row has in another version of the text."""
    numbers = {(each.key, each.name): each.organisation for each in other.partners if each.organisation is not None}
    return {
        each.key: each if each.organisation is not None else replace(each, organisation=numbers.get((each.key, each.name)))
        for each in content.partners
    }


def with_house(content: Content, house: House) -> Content:
    """The text with a row for this organisation: one that stands there already, else another one."""
    own = next((each for each in content.partners if house.is_of(each)), None)
    if own is None:
        return replace(content, partners=[*content.partners, house.row])
    named = [replace(each, organisation=house.id) if each is own else each for each in content.partners]
    return replace(content, partners=named)
