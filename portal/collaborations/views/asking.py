"""The page that asks for something about a collaboration, and what comes after the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request

from portal.collaborations.models import Collaboration
from portal.collaborations.policies import INSIDE, READ
from portal.kernel.policy import Actor
from portal.web.forms import Form, attempt
from portal.web.words import gettext as _


@dataclass(frozen=True)
class Asking:
    """The words of a page that asks, what is said when it was done, and where that leads: below the collaboration's address, or
    below `at`, that of one of its parts."""

    title: str
    button: str
    told: str
    place: str
    at: str = ""


def tried(form: Form, collaboration: Collaboration, words: Asking, make: Any, act: Callable[[Any], Any], **extra: Any) -> Any:
    """Do `act` with what was sent and lead on; draw the page where nothing was sent, or it was refused."""
    status = 200
    if request.method == "POST":
        done_, status = attempt(form, make, lambda given: (act(given),), **extra)
        if done_ is not None:
            return _led(words.told, (words.at or collaboration.href) + words.place)
    return _page(form, collaboration, (words.title, words.button), status, words.at)


def standing(collaboration: Collaboration, actor: Actor) -> str:
    """As what somebody who sees it stands to it; pages show guests and members less than those who answer for it."""
    if READ.holds(actor, collaboration):
        return "party"
    return "member" if INSIDE.holds(actor, collaboration) else "guest"


def sent(form: Form, make: Any) -> Any:
    """What was sent with the form, or None where nothing was, or something is wrong with it."""
    return form.read(make) if request.method == "POST" else None


def asked(form: Form, collaboration: Collaboration, title: str, button: str) -> Any:
    """The page with the form, and with what is wrong beside its fields."""
    return _page(form, collaboration, (title, button), 422 if request.method == "POST" else 200)


def _page(form: Form, collaboration: Collaboration, words: tuple[str, str], status: int, at: str = "") -> Any:
    shown = {"title": words[0], "button": words[1], "back": at or collaboration.href}
    return render_template("collaborations/edit.html", form=form, collaboration=collaboration, **shown), status


def done(collaboration: Collaboration, sentence: str, place: str) -> Any:
    """Say so, and lead back to the collaboration."""
    return _led(sentence, collaboration.href + place)


def _led(sentence: str, target: str) -> Any:
    flash(_(sentence), "good")
    return redirect(target, 303)
