"""From HTML fields to inputs: a form draws and reads fields, the input dataclass alone knows what is allowed."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import g
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField, TextAreaField

from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Refused
from portal.kernel.text import N_
from portal.web.words import gettext, lazy

Made = TypeVar("Made")
Done = TypeVar("Done")


class Form(FlaskForm):  # type: ignore[misc]  # flask_wtf is untyped
    """Base of all forms. Fields carry no rules beyond their type; `read` asks the input for everything else."""

    class Meta:
        csrf = False  # whatever is posted is checked before any view sees it, and pages carry the token of their own

    left_at: dt.datetime | None = None  # when what it holds was typed, if it was never saved
    refusal: str = ""  # why it was not done although every field was fine, for the top of the page

    def read(self, make: Callable[..., Made], **extra: Any) -> Made | None:
        """The input made of the fields' data, or None with each problem written beside its field.

        Values that the fields could not parse are refused first; nothing the person typed is lost.
        """
        fine = self.validate()
        try:
            made = make(**{name: value for name, value in self.data.items() if name not in ("csrf_token", "version")}, **extra)
        except Invalid as invalid:
            show_problems(self, invalid)
            return None
        return made if fine else None

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """(id of the control, label, sentence) of each problem, for the summary on top of the page."""
        found: list[tuple[str, str, str]] = []
        for field in self:
            _collect(field, found)
        return found


def attempt(form: Form, make: Callable[..., Made], act: Callable[[Made], Done], **extra: Any) -> tuple[Done | None, int]:
    """Read the form, do `act` with what it says in one transaction; returns what came of it, and 303.

    Otherwise None and the status to draw the form again with, nothing of what was typed lost: 422 with the problems beside
    their fields, or 409 with `form.refusal`.
    """
    given = form.read(make, **extra)
    if given is None:
        return None, Invalid.status
    try:
        with transaction(g.db):
            return act(given), 303
    except Invalid as invalid:
        show_problems(form, invalid)
        return None, invalid.status
    except Refused as refused:
        form.refusal = gettext(refused.why)
        return None, refused.status


def show_problems(form: Form, invalid: Invalid) -> None:
    """Write each problem of `invalid` beside its field: `title`, or `budget-2-amount` for the third row of a list.

    It takes the place of what the field said itself of a text it could not read: that names no way out.
    """
    for problem in invalid.all():
        field = _field_named(form, problem.field)
        target = field if field is not None else next(iter(form))
        target.errors = [*(error for error in target.errors if error not in target.process_errors), gettext(problem.why)]


def translated_choices(pairs: list[tuple[str, str]], *, blank: str | None = None) -> list[tuple[str, str]]:
    """Choices in the reader's language; `blank` adds a first one that stands for nothing chosen."""
    translated = [(value, gettext(label)) for value, label in pairs]
    return [("", gettext(blank)), *translated] if blank is not None else translated


def _field_named(form: Form, path: str) -> Field | None:
    if path in form:
        found: Field = form[path]
        return found
    for field in form:
        if isinstance(field, FieldList):
            for entry in field.entries:
                inner: Mapping[str, Field] = (
                    {f.name: f for f in entry.form} if isinstance(entry, FormField) else {entry.name: entry}
                )
                if path in inner:
                    return inner[path]
    return None


def _collect(field: Field, found: list[tuple[str, str, str]]) -> None:
    if isinstance(field, FieldList):
        found.extend((field.id, field.label.text, error) for error in field.errors if isinstance(error, str))
        for entry in field.entries:
            _collect(entry, found)
    elif isinstance(field, FormField):
        for inner in field.form:
            _collect(inner, found)
    else:
        found.extend((field.id, field.label.text, error) for error in field.errors)


class ReasonForm(Form):
    """The one question of steps that refuse, return or end something."""

    text = TextAreaField(
        lazy(N_("Reason")), description=lazy(N_("Say what the others should know or do next. They will read this."))
    )
