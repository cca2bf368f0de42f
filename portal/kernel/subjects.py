"""What the engines may know of a thing that facts, threads and files are about, without knowing its feature."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.errors import Forbidden, Invalid, Missing
from portal.kernel.policy import Actor, Rule
from portal.kernel.scopes import EVERYBODY, Scope, scopes_for
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
    talk: Rule | None = None  # who reads and writes its messages, where that is not who may read and add its contents
    keep: Rule | None = None  # who may lock its conversation; None: nobody
    series: bool = False  # its files are versions of one, whatever each is called, and nobody takes one away

    @property
    def talks(self) -> bool:
        """Whether there is a conversation on such things."""
        return self.talk is not None or self.write is not None


# The accounts of these numbers, and the partnership officers of these organisations, as they are now.
Around = Callable[[Session, Collection[int], Collection[int]], list[Actor]]

_subjects: dict[str, Subject] = {}
_around: dict[str, Around] = {}


def register(subjects: Mapping[str, Subject], around: Around | None = None) -> None:
    """Replace the registry; called once by the wiring. Keys are table names."""
    _subjects.clear()
    _subjects.update(subjects)
    if around is not None:
        _around["people"] = around


def actors_around(session: Session, account_ids: Collection[int], organisation_ids: Collection[int]) -> list[Actor]:
    """These people, and the partnership officers of these organisations, with their seats; none whose account is closed."""
    return _around["people"](session, account_ids, organisation_ids)


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


def hears(name: str, thing: Any, actor: Actor) -> bool:
    """Whether `actor`, who may read a thing of that type, takes part in the conversation on it."""
    subject = subject_named(name)
    rule = subject.talk or subject.contents
    return subject.talks and (rule is None or rule.holds(actor, thing))


def speaks(name: str, thing: Any, actor: Actor) -> bool:
    """Whether they may add to it too."""
    subject = subject_named(name)
    rule = subject.talk or subject.write
    return rule is not None and hears(name, thing, actor) and rule.holds(actor, thing)


def load_for_writing(session: Session, name: str, number: int, *, actor: Actor, scope: Scope = EVERYBODY) -> Any:
    """The thing itself, if `actor` may add files to it – for all its readers, or for fewer.

    Raises:
        Missing: no such thing, or not for this person.
        Forbidden: it takes nothing from this person.
        Invalid: `scope` is none of theirs.
    """
    thing = load_contents(session, name, number, actor=actor)
    subject = subject_named(name)
    if subject.write is None or not subject.write.holds(actor, thing):
        raise Forbidden
    require_scope(name, thing, scope, actor=actor)
    return thing


def require_scope(name: str, thing: Any, scope: Scope, *, actor: Actor) -> None:
    """Go on only where this person may choose this scope on the thing.

    Raises:
        Invalid: they may not.
    """
    if scope not in scopes_for(actor, subject_named(name).sides(thing)):
        raise Invalid("scope", N_("Choose one of the options."))


def own_side(name: str, thing: Any, actor: Actor) -> int | None:
    """The side of the thing on which `actor` stands; None for somebody who stands on none."""
    return next((side for side in subject_named(name).sides(thing) if side in actor.organisations), None)
