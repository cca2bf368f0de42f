"""Who may do what: an actor, and rules that answer twice – for one thing, and as a filter over a table.

The two answers are compared over a generated world by `tests/architecture/test_rules.py`, so a list can never show
what its pages refuse.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, false, not_, true
from sqlalchemy.sql import and_, or_

from portal.kernel.errors import Forbidden
from portal.kernel.text import N_, Words


class Role(StrEnum):
    """What a person may do inside one organisation."""

    MEMBER = "member"
    POSTER = "poster"
    OFFICER = "officer"
    SIGNATORY = "signatory"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Seat:
    """One active membership."""

    organisation_id: int
    roles: frozenset[Role]


@dataclass(frozen=True)
class Actor:
    """Who is asking: a visitor (no id), a person, or the portal itself (`is_system`)."""

    id: int | None = None
    name: str = ""
    kind: str = ""  # professor, company, student, officer: what the person chose at registration
    seats: tuple[Seat, ...] = ()
    is_admin: bool = False
    is_system: bool = False

    @property
    def is_person(self) -> bool:
        return self.id is not None

    @property
    def organisations(self) -> frozenset[int]:
        """Ids of the organisations this person belongs to, in whatever role."""
        return frozenset(seat.organisation_id for seat in self.seats)

    def organisations_as(self, *roles: Role) -> frozenset[int]:
        """Ids of the organisations in which this person holds one of `roles`."""
        return frozenset(seat.organisation_id for seat in self.seats if not seat.roles.isdisjoint(roles))

    @property
    def reader_tokens(self) -> tuple[str, ...]:
        """The third form of a rule: a stored document is visible where it carries one of these."""
        if not self.is_person:
            return ("public",)
        return (
            "public",
            "registered",
            f"person:{self.id}",
            *(f"org:{number}" for number in sorted(self.organisations)),
        )


VISITOR = Actor()
SYSTEM_ACTOR = Actor(name="Causeway", is_system=True)


@dataclass(frozen=True)
class Rule:
    """One sentence asked in two ways.

    `says` completes “only … may”; `holds(actor, thing)` answers for a loaded thing, `where(actor)` as SQL over its table.
    """

    says: str | Words
    holds: Callable[[Actor, Any], bool]
    where: Callable[[Actor], ColumnElement[bool]]

    @property
    def words(self) -> Words:
        """The sentence, ready to be translated, whatever it was composed of."""
        return self.says if isinstance(self.says, Words) else Words(self.says)

    def __and__(self, other: "Rule") -> "Rule":
        return Rule(
            Words(N_("%(a)s, %(b)s"), {"a": self.words, "b": other.words}),
            lambda actor, thing: self.holds(actor, thing) and other.holds(actor, thing),
            lambda actor: and_(self.where(actor), other.where(actor)),
        )

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(
            Words(N_("%(a)s, or %(b)s"), {"a": self.words, "b": other.words}),
            lambda actor, thing: self.holds(actor, thing) or other.holds(actor, thing),
            lambda actor: or_(self.where(actor), other.where(actor)),
        )

    def __invert__(self) -> "Rule":
        return Rule(
            Words(N_("not %(a)s"), {"a": self.words}),
            lambda actor, thing: not self.holds(actor, thing),
            lambda actor: not_(self.where(actor)),
        )


def about_actor(says: str, test: Callable[[Actor], bool]) -> Rule:
    """A rule that looks at the person alone, not at the thing."""
    return Rule(says, lambda actor, _thing: test(actor), lambda actor: true() if test(actor) else false())


SIGNED_IN = about_actor(N_("signed-in people"), lambda actor: actor.is_person)
ADMIN = about_actor(N_("administrators of the portal"), lambda actor: actor.is_admin)
SYSTEM = about_actor(N_("the portal itself"), lambda actor: actor.is_system)


def require(rule: Rule, actor: Actor, thing: Any) -> None:
    """Go on only where `rule` holds.

    Raises:
        Forbidden: it does not; the sentence names who may.
    """
    if not rule.holds(actor, thing):
        raise Forbidden(N_("Only %(who)s may do this."), who=rule.words)
