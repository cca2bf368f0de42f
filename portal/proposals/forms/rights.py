"""Data, rights, publication, and the computing the work needs."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField

from portal.kernel.errors import Invalid
from portal.kernel.ids import parse_reference, reference
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.listings.states import DataClass, IpStance, Kind
from portal.proposals.forms.parts import NUMERIC, PartForm
from portal.proposals.inputs import Content
from portal.proposals.states import Ethics
from portal.web.forms import translated_choices
from portal.web.words import gettext, lazy

_YES_NO = {"yes": True, "no": False}


class RightsForm(PartForm):
    """Who owns what, what may be published, and which data are used."""

    results_owner = SelectField(
        lazy(N_("Who shall own the results?")),
        choices=lambda: translated_choices(choices(IpStance), blank=N_("Choose")),
        validate_choice=False,
    )
    publication_days = StringField(
        lazy(N_("Publication delay in days")),
        description=lazy(N_("For how long the other side may look at a text before it is published. 30 to 60 are usual.")),
        render_kw=NUMERIC,
    )
    background = TextAreaField(
        lazy(N_("What do you bring and keep?")),
        description=lazy(N_("Background: patents, software, data or know-how that the work builds on.")),
    )
    personal_data = RadioField(
        lazy(N_("Are personal data used?")),
        choices=lambda: [("yes", gettext(N_("Yes"))), ("no", gettext(N_("No")))],
        validate_choice=False,
    )
    data_class = SelectField(
        lazy(N_("Class of the data")),
        choices=lambda: translated_choices(choices(DataClass), blank=N_("Choose")),
        validate_choice=False,
    )
    ethics = SelectField(
        lazy(N_("Ethics approval")),
        choices=lambda: translated_choices(choices(Ethics), blank=N_("Choose")),
        validate_choice=False,
    )
    rights = TextAreaField(
        lazy(N_("What about data, results and publication?")),
        description=lazy(N_("What the choices above leave open. Up to 6,000 characters.")),
    )
    compute_needs = TextAreaField(
        lazy(N_("Which computing does the work need?")),
        description=lazy(N_("Processors or accelerators, hours, storage, software. Leave it empty if none.")),
    )
    compute_listing = StringField(
        lazy(N_("Compute offer that would serve")),
        description=lazy(N_("Its reference, if you have found one on this portal.")),
    )

    @staticmethod
    def merged(before: Content, **answers: Any) -> Content:
        """Yes and no become what they mean, a reference its number."""
        answers["personal_data"] = _YES_NO.get(answers["personal_data"] or "")
        answers["compute_listing"] = _number(answers["compute_listing"] or "")
        return PartForm.merged(before, **answers)

    @classmethod
    def filled(cls, content: Content) -> dict[str, Any]:
        """The same, the other way round."""
        said = {True: "yes", False: "no", None: None}[content.personal_data]
        number = content.compute_listing
        offer = reference(Kind.COMPUTE.facts.prefix, number) if number else ""
        return super().filled(content) | {"personal_data": said, "compute_listing": offer}


def _number(text: str) -> int | None:
    if not text.strip():
        return None
    found = parse_reference(text)
    if found is None or found[0] != Kind.COMPUTE.facts.prefix:
        example = reference(Kind.COMPUTE.facts.prefix, 12)
        raise Invalid("compute_listing", N_("Enter the reference of a compute offer, such as %(example)s."), example=example)
    return found[1]
