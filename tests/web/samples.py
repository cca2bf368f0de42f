"""The names that `samples.html` uses, and its snippets by macro."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.kernel.states import Labelled
from portal.kernel.text import Words
from portal.kernel.workflow import Offer

FILES = ("ui", "lists", "cases", "forms", "rows", "search", "charts")
IMPORTS = "".join(f'{{% import "macros/{name}.html" as {name} %}}' for name in FILES)


class Mood(Labelled):
    OPEN = "open", "Open", "good"


class Package(Form):
    kept = HiddenField()
    title = StringField("Title", description="A few words")
    ends = DateField("Ends")
    kind = SelectField("Kind", choices=[SelectChoice("a", "Work"), SelectChoice("b", "Travel")])


def sample_form(text: str, errors: bool) -> FlaskForm:
    """One field of each kind, holding and described by `text`, each with a problem where `errors`."""

    class Sample(FlaskForm):
        class Meta:
            csrf = False

        title = StringField(text, description=text)
        budget = StringField("Budget", validators=[Optional()])
        body = TextAreaField("Body", description=text)
        field = SelectField("Field of work", choices=[SelectChoice("1", text), SelectChoice("2", "Two")])
        agreed = BooleanField(text)
        role = RadioField("Role", choices=[SelectChoice("p", text), SelectChoice("c", "Company")], description=text)
        topics = SelectMultipleField(
            "Topics",
            choices=[SelectChoice("1", text)],
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
        )
        letter = FileField(text, description=text)
        packages = FieldList(FormField(Package), text, min_entries=2)
        secret = HiddenField()

        @property
        def problems(self) -> list[tuple[str, str, str]]:
            return [(f.id, f.label.text, e) for f in self for e in f.errors if isinstance(e, str)]

    form = Sample(data={"title": text, "body": text, "secret": text, "packages": [{"title": text, "kept": text}] * 2})
    if errors:
        for field in form:
            field.errors = [text]
        form.packages.errors = [text]
        form.packages[0].form.title.errors = [text]
    return form


def values(text: str, *, errors: bool = False) -> dict[str, Any]:
    """The names the samples use."""
    return {
        "X": text,
        "f": sample_form(text, errors),
        "mood": Mood.OPEN,
        "when": dt.datetime(2026, 12, 3, 16, 0, tzinfo=dt.UTC),
        "to": lambda action: f"/steps/{action}",
        "offered": (
            Offer("accept", "Accept version 3", True),
            Offer("revise", "Ask for changes", True, needs_input=True),
            Offer("decline", "Decline", True, needs_input=True, risk=True),
            Offer("close", "Close", False, Words("%(name)s has not answered yet.", {"name": text})),
        ),
    }


SAMPLES = dict(
    re.findall(r"{#= (.*?) =#}\n(.*?)\n(?={#=|\Z)", Path(__file__).with_suffix(".html").read_text(encoding="utf-8"), re.S)
)
