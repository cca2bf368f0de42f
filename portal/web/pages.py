"""What every page needs besides its own content: who is there, where one can go, how much waits, light or dark."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, current_app, g, get_flashed_messages, request
from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.web.headers import nonce
from portal.web.words import LANGUAGES, PSEUDO, SOURCE, current_locale, gettext, speak

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
WORKS = "works"


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation; `count` shows in amber when something waits there."""

    label: str
    href: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class NavUser:
    """The signed-in person as the header shows them."""

    name: str
    role_line: str
    profile_href: str

    @property
    def initials(self) -> str:
        parts = self.name.split()
        return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()


@dataclass(frozen=True)
class Badges:
    """How much waits for this person – of a hundred, nobody asks how many more – and how many messages they have not read;
    `works`: whether there is work of theirs that people of their kind are not led to anyway. `marks` came along for the strips.
    """

    waiting: int = 0
    unread: int = 0
    works: bool = False
    marks: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Strip:
    """A message above the content of every page; `dismiss_href` is where pressing a button puts it away, if that is possible."""

    tone: str
    label: str  # marked: what kind of message it is
    text: str
    link_label: str = ""
    link_href: str = ""
    dismiss_href: str = ""


@dataclass(frozen=True)
class Page:
    """The frame's values, made once per rendered page."""

    user: NavUser | None
    nav: tuple[NavItem, ...]
    unread: int
    theme: str | None
    lang: str
    dir: str
    nonce: str
    demo: bool
    flashes: tuple[tuple[str, str], ...]
    path: str
    portal_name: str
    here: str = ""  # path and question of a page that one can come back to
    strips: tuple[Strip, ...] = ()


# (label, address, whether the amber count stands here)
Navigation = Mapping[str, Sequence[tuple[str, str, bool]]]
CountBadges = Callable[[Session, Actor], Badges]
FindStrips = Callable[[Session, Actor, Sequence[Any]], tuple[Strip, ...]]


def init_pages(app: Flask, *, navigation: Navigation, badges: CountBadges, strips: FindStrips, demo: bool, name: str) -> None:
    """Give every template `page`.

    Args:
        navigation: keyed by the actor's kind, "" for visitors, "admin" for administrators; `WORKS` for what is added
            where badges say so.
        strips: what stands above this person's pages, given the marks of their badges; of visitors it is asked without any.
    """
    app.extensions["strips"] = strips

    @app.before_request
    def _choose_language() -> None:
        wanted = request.cookies.get("language", SOURCE)
        speak(wanted if wanted in LANGUAGES or wanted == PSEUDO else SOURCE)

    @app.context_processor
    def _frame() -> dict[str, Any]:
        return {"page": _page(navigation, badges, demo, name)}


def strips_for(actor: Actor, marks: Sequence[Any] = ()) -> tuple[Strip, ...]:
    """What stands above a page of this person at this moment; nothing where the database cannot be asked."""
    find: FindStrips = current_app.extensions["strips"]
    return find(g.db, actor, marks) if "db" in g and not g.get("failed") else ()


def _page(navigation: Navigation, badges: CountBadges, demo: bool, name: str) -> Page:
    actor: Actor = g.get("actor") or Actor()
    counted = badges(g.db, actor) if actor.is_person and not g.get("failed") else Badges()
    theme = request.cookies.get("theme")
    locale = current_locale()
    return Page(
        user=NavUser(actor.name, g.get("role_line", ""), "/me") if actor.is_person else None,
        nav=_nav(navigation, actor, counted),
        unread=counted.unread,
        theme=theme if theme in ("light", "dark") else None,
        lang=locale,
        dir="rtl" if locale.split("-")[0] in RIGHT_TO_LEFT else "ltr",
        nonce=nonce(),
        demo=demo,
        flashes=tuple((tone, text) for tone, text in cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True))),
        path=request.path,
        here=request.full_path.rstrip("?") if request.method == "GET" else "",  # leaving another one loses what was typed
        strips=strips_for(actor, counted.marks),
        portal_name=name,
    )


def _nav(navigation: Navigation, actor: Actor, badges: Badges) -> tuple[NavItem, ...]:
    kind = "admin" if actor.is_admin else actor.kind if actor.is_person else ""
    path = request.path
    entries = (*navigation.get(kind, navigation[""]), *(navigation[WORKS] if badges.works else ()))
    return tuple(
        NavItem(gettext(label), href, path == href or path.startswith(href + "/"), badges.waiting if counts else 0)
        for label, href, counts in entries
    )
