"""What the engines may know of a thing that facts, threads and files are about, without knowing its feature."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.errors import Forbidden, Invalid, Missing
from portal.kernel.policy import Actor, Rule
from portal.kernel.text import N_

_MOST = 2**31 - 1  # the largest id a database holds


@dataclass(frozen=True)
class Subject:
    """How to find, name and guard one type of thing.

    `title(thing)` is what people call it, `href(thing)` its page, `sides(thing)` the ids of the organisations on either side
    (one for a listing, two for a proposal), `options` the loader options that `read` and `title` need.
    """

    model: type
    label: str
    read: Rule
    title: Callable[[Any], str]
    href: Callable[[Any], str]
    sides: Callable[[Any], tuple[int, ...]] = lambda thing: ()
    options: tuple[Any, ...] = ()
    write: Rule | None = None  # who may add messages and files; None: nobody
    contents: Rule | None = None  # who may read its messages and files; None: whoever may read the thing
    people: Callable[[Any], tuple[int, ...]] = lambda thing: ()  # accounts of those who take part, told of messages and files


_subjects: dict[str, Subject] = {}


def register(subjects: Mapping[str, Subject]) -> None:
    """Replace the registry; called once by the wiring. Keys are table names."""
    _subjects.clear()
    _subjects.update(subjects)


def all_subjects() -> Mapping[str, Subject]:
    """Every registered type by table name."""
    return _subjects


def subject_named(name: str) -> Subject:
    """The subject of that table name.

    Raises:
        Missing: there is none.
    """
    try:
        return _subjects[name]
    except KeyError:
        raise Missing from None


def load_subject(session: Session, name: str, number: int, *, actor: Actor) -> Any:
    """The thing itself, if `actor` may read it.

    Raises:
        Missing: no such thing, or not for this person.
    """
    subject = subject_named(name)
    thing = session.get(subject.model, number, options=subject.options) if 0 < number <= _MOST else None
    if thing is None or not subject.read.holds(actor, thing):
        raise Missing
    return thing


def load_contents(session: Session, name: str, number: int, *, actor: Actor) -> Any:
    """The thing itself, if `actor` may read what was attached to it.

    Raises:
        Missing: no such thing, or not for this person.
    """
    thing = load_subject(session, name, number, actor=actor)
    contents = subject_named(name).contents
    if contents is not None and not contents.holds(actor, thing):
        raise Missing
    return thing


def load_for_writing(session: Session, name: str, number: int, *, actor: Actor, side_id: int | None = None) -> Any:
    """The thing itself, if `actor` may add messages and files to it – for all its readers, or for one side of it only.

    Raises:
        Missing: no such thing, or not for this person.
        Forbidden: it takes nothing from this person.
        Invalid: `side_id` is no side of the thing on which this person stands.
    """
    thing = load_contents(session, name, number, actor=actor)
    subject = subject_named(name)
    if subject.write is None or not subject.write.holds(actor, thing):
        raise Forbidden
    if side_id is not None and (side_id not in actor.organisations or side_id not in subject.sides(thing)):
        raise Invalid("side_id", N_("Choose your own organisation, or everybody."))
    return thing


def own_side(name: str, thing: Any, actor: Actor) -> int | None:
    """The side of the thing on which `actor` stands; None for somebody who stands on none."""
    return next((side for side in subject_named(name).sides(thing) if side in actor.organisations), None)
