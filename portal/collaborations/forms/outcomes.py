"""Forms about what came of the work."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from portal.collaborations.states import OutcomeKind
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.web.forms import Form, translated_choices
from portal.web.words import lazy


class OutcomeForm(Form):
    """Something that came of the work."""

    kind = SelectField(lazy(N_("Kind")))
    title = StringField(lazy(N_("Title")))
    address = StringField(
        lazy(N_("Web address")), description=lazy(N_("A page where it can be found.")), validators=(Optional(),)
    )
    identifier = StringField(
        lazy(N_("Identifier")),
        description=lazy(N_("A DOI, or a SWHID of software; a patent’s number; a spin-out’s ROR id; a person’s ORCID.")),
        validators=(Optional(),),
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.kind.choices = translated_choices(choices(OutcomeKind))


class CorrectionForm(OutcomeForm):
    """The same as it should have been, and why."""

    text = TextAreaField(lazy(N_("What was wrong")), description=lazy(N_("Both sides read this beside the version before.")))
