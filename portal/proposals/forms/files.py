"""Files that go with the text."""

from typing import Any

from wtforms import BooleanField, HiddenField, MultipleFileField, SelectField

from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.proposals.forms.parts import PartForm
from portal.proposals.inputs import Content
from portal.proposals.states import FileCategory
from portal.web.forms import Form, translated_choices
from portal.web.words import gettext, lazy


class FilesForm(PartForm):
    """Files to be added, all of one category. What is there already is changed row by row, so nobody’s row is overwritten."""

    files = MultipleFileField(
        lazy(N_("Files")),
        description=lazy(
            N_(
                "Several at once, if they are of one kind. PDF, office documents, pictures, text, CSV or ZIP, up to 25 MB each. "
                "One of the same name is another version of it."
            )
        ),
    )
    category = SelectField(
        lazy(N_("What they are")),
        choices=lambda: translated_choices(choices(FileCategory), blank=N_("Choose")),
        validate_choice=False,
    )
    confidential = BooleanField(
        lazy(N_("Confidential")), description=lazy(N_("Read by the two parties alone, like confidential answers."))
    )
    replaces = SelectField(lazy(N_("In the place of")), validate_choice=False)

    def offer(self, content: Content) -> None:
        """One file may take the place of any that is there, whatever it is called."""
        self.replaces.choices = [("", gettext(N_("None: it is new"))), *((one.code, one.name) for one in content.files)]

    @staticmethod
    def merged(before: Content, **_answers: Any) -> Content:
        """Files come in by themselves, not with the answers of a form."""
        return before

    @classmethod
    def filled(cls, _content: Content) -> dict[str, Any]:
        """Nothing of what is there already."""
        return {}


class FileForm(Form):
    """What one file is; `mark` tells which one was seen."""

    mark = HiddenField()
    category = SelectField(
        lazy(N_("What it is")), choices=lambda: translated_choices(choices(FileCategory)), validate_choice=False
    )
    confidential = BooleanField(lazy(N_("Confidential")))
