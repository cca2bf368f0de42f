"""Who of those that read a thing reads one message or file on it: all of them, one side's people, or partnership officers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Boolean, ColumnElement, and_, bindparam, not_, or_

from portal.kernel.policy import Actor, Role
from portal.kernel.text import N_

_KEY = re.compile(r"all|side(?P<side>[1-9][0-9]{0,8})|officers(?P<office>[1-9][0-9]{0,8})?")
# By whether it is one side's and whether it is officers': for whoever chooses, and beside what has the scope.
_LABELS = {
    (False, False): (N_("Everybody who takes part"), ""),
    (True, False): (N_("Only people of my organisation"), N_("Only your organisation sees this")),
    (False, True): (N_("Partnership officers of both sides"), N_("Only partnership officers see this")),
    (True, True): (N_("Partnership officers of my organisation"), N_("Only your partnership officers see this")),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """All who read the thing; with `side_id` only that organisation's people; with `officers` only its – or both sides' –
    partnership officers. Its two answers, `holds` and `readable`, are compared by a test.
    """

    side_id: int | None = None
    officers: bool = False

    @property
    def key(self) -> str:
        """How forms and addresses name it: `all`, `side7`, `officers`, `officers7`."""
        if self.side_id is None:
            return "officers" if self.officers else "all"
        return f"officers{self.side_id}" if self.officers else f"side{self.side_id}"

    @property
    def label(self) -> str:
        """Who reads it, for whoever chooses; marked."""
        return _LABELS[self.side_id is not None, self.officers][0]

    @property
    def told(self) -> str:
        """Who reads it, beside what has this scope; marked, and empty where all do."""
        return _LABELS[self.side_id is not None, self.officers][1]

    @classmethod
    def named(cls, key: str) -> Self | None:
        """The scope of that key; None where it is none."""
        found = _KEY.fullmatch(key)
        if found is None:
            return None
        number = found["side"] or found["office"]
        return cls(int(number) if number else None, key.startswith("officers"))

    def holds(self, actor: Actor, sides: Sequence[int]) -> bool:
        """Whether `actor`, who reads a thing with these sides, reads what has this scope."""
        if self.officers:
            theirs = sides if self.side_id is None else (self.side_id,)
            return not actor.organisations_as(Role.OFFICER).isdisjoint(theirs)
        return self.side_id is None or self.side_id in actor.organisations


EVERYBODY = Scope()


def scopes_for(actor: Actor, sides: Sequence[int]) -> tuple[Scope, ...]:
    """What `actor` may choose from on a thing with these sides, the widest first."""
    own = [side for side in dict.fromkeys(sides) if side in actor.organisations]
    if len(set(sides)) < 2:
        return (EVERYBODY,)
    choices = (EVERYBODY, *map(Scope, own), Scope(officers=True), *(Scope(side, officers=True) for side in own))
    return tuple(scope for scope in choices if scope.holds(actor, sides))


def readable(model: Any) -> ColumnElement[bool]:
    """The same as `holds` over rows with `side_id` and `officers`; the values come from `values_for`."""
    sides: Any = bindparam("sides", expanding=True)
    offices: Any = bindparam("offices", expanding=True)
    for_sides = or_(model.side_id.is_(None), model.side_id.in_(sides))
    for_officers = or_(and_(model.side_id.is_(None), bindparam("is_officer", type_=Boolean)), model.side_id.in_(offices))
    return or_(and_(not_(model.officers), for_sides), and_(model.officers, for_officers))


def values_for(actor: Actor, sides: Sequence[int]) -> Mapping[str, Any]:
    """What `readable` binds for this reader of a thing with these sides."""
    offices = actor.organisations_as(Role.OFFICER)
    return {
        "sides": sorted(actor.organisations),
        "offices": sorted(offices),
        "is_officer": not offices.isdisjoint(sides),
    }
