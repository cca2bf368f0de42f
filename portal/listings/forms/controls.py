"""The controls that forms of listings are made of: labels and hints marked, nothing checked."""

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.widgets import DateInput

from portal.kernel.states import Labelled
from portal.web.words import lazy


def options_of(kind: type[Labelled]) -> list[tuple[str, Any]]:
    """Value and label of each member."""
    return [(str(member.value), lazy(member.label)) for member in kind]


def as_choices(options: Iterable[tuple[str, Any]]) -> list[Any]:
    """The same as a select field wants it."""
    return [SelectChoice(value, label) for value, label in options]


def a_choice(label: str, options: Iterable[tuple[str, Any]], default: str, hint: str = "") -> SelectField:
    """A select that keeps unknown values for the input to refuse."""
    hint_text = lazy(hint) if hint else ""
    return SelectField(lazy(label), choices=as_choices(options), default=default, description=hint_text, validate_choice=False)


def a_pick(label: str, kind: type[Labelled], hint: str = "") -> RadioField:
    """Radio buttons over an enum, the first of which is the default."""
    options = options_of(kind)
    return RadioField(
        lazy(label),
        description=lazy(hint) if hint else "",
        choices=as_choices(options),
        default=options[0][0],
        validate_choice=False,
    )


def a_number(label: str, hint: str = "", **options: Any) -> StringField:
    """A number as text: what cannot be read is shown again."""
    return StringField(
        lazy(label), description=lazy(hint) if hint else "", render_kw={"inputmode": "decimal", "autocomplete": "off"}, **options
    )


def a_date(label: str, hint: str = "") -> StringField:
    """A day, picked or typed."""
    return StringField(lazy(label), description=lazy(hint) if hint else "", widget=DateInput())


def a_line(label: str, hint: str = "") -> StringField:
    """One line of text."""
    return StringField(lazy(label), description=lazy(hint) if hint else "")


def a_text(label: str, hint: str = "") -> TextAreaField:
    """Text of several lines, in Markdown where the page shows it so."""
    return TextAreaField(lazy(label), description=lazy(hint) if hint else "")
