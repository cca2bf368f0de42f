"""Giving back what was typed into a form and not saved."""

from typing import TypeVar

from flask import g, request
from werkzeug.datastructures import MultiDict

from portal.kernel.db import transaction
from portal.web.forms import Form
from portal.writing.actions import forget
from portal.writing.queries import unsaved_at

F = TypeVar("F", bound=Form)


def resumed(form: F) -> F:
    """The form, with what this person left in it at this address instead of what is saved."""
    left = unsaved_at(g.db, g.actor.id, request.path) if g.actor.is_person else None
    if left is not None:
        form.process(MultiDict([(name, text) for name, text in left.fields]))
        form.left_at = left.kept_at
    return form


def settle() -> None:
    """What was typed into this form is saved now."""
    with transaction(g.db):
        forget(g.db, request.path, actor=g.actor)
