"""What the engines may know of a thing that facts, threads and files are about, without knowing its feature."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.errors import Missing
from portal.kernel.policy import Actor, Rule


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
    thing = session.get(subject.model, number, options=subject.options)
    if thing is None or not subject.read.holds(actor, thing):
        raise Missing
    return thing
