"""Forms about documents."""

from collections.abc import Sequence

from flask_wtf.file import FileField
from wtforms import SelectField, StringField

from portal.collaborations.states import Access, DocumentCategory
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.web.forms import Form, translated_choices
from portal.web.words import lazy


class DocumentForm(Form):
    """What a document is called, where it stands, and who of those that take part reads it."""

    title = StringField(lazy(N_("Title")))
    category = SelectField(lazy(N_("Category")))
    access = SelectField(
        lazy(N_("Who reads it")), description=lazy(N_("They read all its versions, those of today and those before."))
    )

    def __init__(self, offered: Sequence[Access], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.category.choices = translated_choices(choices(DocumentCategory))
        self.access.choices = translated_choices([(str(one.value), one.label) for one in offered])


class NewDocumentForm(DocumentForm):
    """The same, with its first version."""

    file = FileField(lazy(N_("File")), description=lazy(N_("PDF, office documents, pictures, text, CSV or ZIP, up to 25 MB.")))
