"""How a recorded fact is told: which sentence, with which words for the values it holds, and what its subject is called.

The log holds numbers and values of enums only. Names are looked up when something is shown, and only those that the reader
may see at that moment.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, String, and_, bindparam, false, inspect, or_, select
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.orm import Session, defer

from portal.kernel.db import AnySelect
from portal.kernel.events import Event, Fact
from portal.kernel.policy import SYSTEM_ACTOR, Actor
from portal.kernel.states import Labelled, member_of
from portal.kernel.subjects import all_subjects
from portal.kernel.text import N_, Words

_UNKNOWN = N_("%(actor)s did something with %(subject)s")
_NAMELESS = N_("Somebody")


@dataclass(frozen=True)
class Named:
    """What a thing is called and where it is shown."""

    title: str
    href: str


Names = Mapping[tuple[str, int], Named]


def fact_named(kind: str) -> type[Fact] | None:
    """The fact of that kind; None for one that only an older version of the portal recorded."""
    found = _facts().get(kind)
    if found is None:
        _facts.cache_clear()  # a feature may have been imported since
        found = _facts().get(kind)
    return found


def kinds_of_facts() -> Mapping[str, type[Fact]]:
    """Every kind that is known, with its fact."""
    return _facts()


def told(kind: str, data: Mapping[str, Any], *, subject_type: str, actor: Words, subject: Words) -> Words:
    """The sentence about one fact, to be translated where it is shown."""
    fact = fact_named(kind)
    return Words(fact.says if fact else _UNKNOWN, {**spelled(subject_type, data), "actor": actor, "subject": subject})


def spelled(subject_type: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """A fact's payload with the words for values of enums: `in_approval` becomes “In approval”."""
    subject = all_subjects().get(subject_type)
    kinds = _enums(subject.model) if subject else ()
    return {name: _word(kinds, value) if isinstance(value, str) else value for name, value in data.items()}


def actor_words(kind: str, actor_id: int | None, name: str | None) -> Words:
    """Who did it, as readers may know: nobody's name where the fact hides it, the portal's where no person did it."""
    fact = fact_named(kind)
    if fact is not None and fact.hides_actor:
        return Words(_NAMELESS)
    if actor_id is None:
        return Words(SYSTEM_ACTOR.name)
    return Words("%(name)s", {"name": name}) if name else Words(N_("A former member"))


def subject_words(named: Named | None, subject_type: str, subject_id: int) -> Words:
    """“Title” for those who may read it; the kind of thing and its number for those who may know that much."""
    if named is not None:
        return Words(N_("“%(title)s”"), {"title": named.title})
    subject = all_subjects().get(subject_type)
    label = Words(subject.label) if subject else Words(subject_type.replace("_", " "))
    return Words(N_("%(thing)s no. %(number)s"), {"thing": label, "number": subject_id})


def names_for(session: Session, actor: Actor, events: Mapping[tuple[str, int], int]) -> dict[tuple[str, int], Named]:
    """What things are called, in one statement; those the actor may not read now are left out.

    Args:
        events: for each thing (type and id) the id of an event about it.
    """
    wanted = {name for name, _ in events}
    known = [(name, subject) for name, subject in all_subjects().items() if name in wanted]
    if not known:
        return {}
    query = _with_subjects(tuple((name, subject.model, subject.options) for name, subject in known))
    found: dict[tuple[str, int], Named] = {}
    for row in session.execute(query, {"ids": list(events.values())}).unique():
        for (name, subject), thing in zip(known, row[1:], strict=True):
            if thing is not None and subject.read.holds(actor, thing):
                found[name, thing.id] = Named(subject.title(thing), subject.href(thing))
    return found


def readable(actor: Actor, types: Collection[str] | None = None) -> Any:
    """A condition over the log: events whose subject the actor may read, of the types given (default: all).

    It is tested entry by entry: for lists that walk the log and stop when they have enough.
    """
    from_sql = [
        and_(_type() == name, select(1).where(_id(s.model) == Event.subject_id, s.read.where(actor)).exists())
        for name, s in all_subjects().items()
        if types is None or name in types
    ]
    return or_(false(), *from_sql)


def _type() -> Any:
    """The subject's type as an expression that no index knows: else the whole log would be collected and sorted."""
    return Event.subject_type.concat("")


@lru_cache(maxsize=128)
def _with_subjects(known: tuple[tuple[str, Any, tuple[Any, ...]], ...]) -> AnySelect:
    """Events by `ids`, each with the thing it is about; made once per set of types: that takes longer than asking."""
    query: AnySelect = select(Event.id, *(model for _, model, _ in known))
    query = query.where(Event.id.in_(bindparam("ids", expanding=True)))
    for name, model, options in known:
        query = query.outerjoin(model, and_(Event.subject_type == name, model.id == Event.subject_id))
        query = query.options(*options, *_without_long_texts(model))
    return query


def _id(model: Any) -> Any:
    return model.id


@lru_cache(maxsize=1)
def _facts() -> dict[str, type[Fact]]:
    found, todo = {}, [Fact]
    while todo:
        fact = todo.pop()
        todo.extend(fact.__subclasses__())
        if "kind" in vars(fact):
            found[fact.kind] = fact
    return found


@lru_cache(maxsize=64)
def _enums(model: type) -> tuple[type[Labelled], ...]:
    """The enums of a model's columns, the one of its state first."""
    columns: list[Any] = sorted(inspect(model).columns, key=lambda column: column.name != "state")
    kinds = (column.type.enum_class for column in columns if isinstance(column.type, EnumColumn))
    return tuple(kind for kind in kinds if kind is not None and issubclass(kind, Labelled))


def _word(kinds: tuple[type[Labelled], ...], value: str) -> str | Words:
    member = next((found for kind in kinds if (found := member_of(kind, value)) is not None), None)
    return Words(member.label) if member is not None else value


@lru_cache(maxsize=64)
def _without_long_texts(model: type) -> tuple[Any, ...]:
    """Loader options: a name needs no description and no draft."""
    return tuple(
        defer(attribute.class_attribute)
        for attribute in _attributes(model)
        if isinstance(kind := attribute.columns[0].type, JSON) or (isinstance(kind, String) and kind.length is None)
    )


def _attributes(model: Any) -> Any:
    return inspect(model).column_attrs
