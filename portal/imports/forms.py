"""The forms that bring in a file of records."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from portal.imports.terms import Uploadable
from portal.kernel.text import N_
from portal.web.forms import Form, translated_choices
from portal.web.words import gettext, lazy


class UploadForm(Form):
    """One file, for whom, and what it holds."""

    file = FileField(
        lazy(N_("File")),
        description=lazy(N_("A table with a header (CSV, TSV), JSON Lines or a JSON array, up to 25 MB.")),
    )
    organisation_id = SelectField(lazy(N_("For")), validate_choice=False)
    kind = SelectField(lazy(N_("Each record is")), validate_choice=False)

    def __init__(
        self, organisations: Sequence[tuple[int, str]], uploads: Mapping[str, Uploadable], *, public: bool, **options: Any
    ) -> None:
        super().__init__(**options)
        own = [(str(number), name) for number, name in organisations]
        self.organisation_id.choices = [*own, *([("", gettext(N_("The portal: records of public sources")))] if public else [])]
        wanted = {*({True} if own else ()), *({False} if public else ())}
        kinds = [(name, each.label) for name, each in uploads.items() if each.own in wanted]
        self.kind.choices = translated_choices(kinds)


class ColumnsForm(Form):
    """The field of each column, one control a column (added for the file at hand), and a name to keep that under."""

    name = StringField(
        lazy(N_("Keep this under a name")),
        description=lazy(N_("The next file with these columns is then read so at a press.")),
    )


def columns_form(headers: Sequence[tuple[str, str]], fields: Sequence[str]) -> ColumnsForm:
    """The form for these headers, with the field that each is read as now."""
    choices = [SelectChoice("", gettext(N_("Leave out"))), *(SelectChoice(field, field) for field in fields)]
    controls = {
        f"column_{place}": SelectField(header, choices=choices, default=field, validate_choice=False)
        if fields
        else StringField(header, default=field)
        for place, (header, field) in enumerate(headers)
    }
    made: ColumnsForm = type("FileColumnsForm", (ColumnsForm,), controls)()
    return made
