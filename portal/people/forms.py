"""Forms about people."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from portal.accounts.models import Kind
from portal.kernel.states import choices
from portal.kernel.terms import Term, grouped
from portal.kernel.text import N_
from portal.people.inputs import with_levels
from portal.people.models import Profile
from portal.people.states import ContactBy, Duty, StudyLevel
from portal.web.forms import Form, translated_choices
from portal.web.words import lazy

# What only some are asked, by what they are here for.
ASKED: dict[Kind, tuple[str, ...]] = {
    Kind.PROFESSOR: ("group", "seeks"),
    Kind.COMPANY: ("seeks", "duties"),
    Kind.STUDENT: ("study", "study_level", "finishes_on", "seeks"),
    Kind.OFFICER: ("duties",),
}
_OF_SOME = ("group", "seeks", "duties", "study", "study_level", "finishes_on")


class LookupForm(Form):
    """Look for a person by name."""

    class Meta:
        csrf = False  # it only asks

    q = StringField(lazy(N_("Name")), description=lazy(N_("At least three letters of the first or last name.")))


class ProfileForm(Form):
    """One's own page. Who reads it is the last question, and the answer is no until somebody says yes."""

    version = HiddenField()
    headline = StringField(lazy(N_("In one line")), description=lazy(N_("Such as professor of machine dynamics.")))
    about = TextAreaField(
        lazy(N_("About you")),
        description=lazy(N_("What you work on. Markdown works: **bold**, - lists, [links](https://example.org).")),
    )
    fields = SelectMultipleField(
        lazy(N_("Fields of research")),
        description=lazy(N_("At most ten. They are the same as those of listings.")),
        validate_choice=False,
        choices=(),
    )
    expertise = TextAreaField(
        lazy(N_("Expertise")),
        description=lazy(
            N_("One term a line. After a colon say how well, if you like: learning, working or expert, as in hydraulics: expert")
        ),
    )
    skills = TextAreaField(lazy(N_("Skills")), description=lazy(N_("One a line, such as scientific writing.")))
    methods = TextAreaField(lazy(N_("Methods and instruments")), description=lazy(N_("One a line, such as X-ray diffraction.")))
    languages = StringField(lazy(N_("Languages")), description=lazy(N_("Codes with spaces between, such as en de fr.")))
    orcid = StringField(lazy(N_("ORCID iD")), description=lazy(N_("Such as 0000-0002-1825-0097.")))
    group = StringField(lazy(N_("Group or laboratory")), description=lazy(N_("Such as Machine Dynamics Laboratory.")))
    study = StringField(lazy(N_("What you study")), description=lazy(N_("Such as Data science, third semester.")))
    study_level = SelectField(lazy(N_("Towards which degree")), validate_choice=False)
    finishes_on = StringField(lazy(N_("You expect to finish on")), widget=DateInput())
    seeks = TextAreaField(
        lazy(N_("What you look for")),
        description=lazy(N_("Problems you want solved, people you want to meet. Up to 500 characters.")),
    )
    duties = SelectMultipleField(
        lazy(N_("What you can be asked about")), validate_choice=False, widget=ListWidget(), option_widget=CheckboxInput()
    )
    open_to = StringField(lazy(N_("Open to")), description=lazy(N_("Such as joint proposals, theses, lab visits.")))
    availability = StringField(lazy(N_("Availability")), description=lazy(N_("Such as from March, one day a week.")))
    contact_by = SelectField(lazy(N_("How to reach me")), validate_choice=False)
    contactable = BooleanField(lazy(N_("Say on my page that I am open to new partners")))
    listed = BooleanField(
        lazy(N_("Let everybody find me")),
        description=lazy(
            N_(
                "Your name, post, organisations and this page stand in the public directory, and the search finds them. "
                "Without it only you and members of your organisations see the page. Your e-mail address is never shown."
            )
        ),
    )

    def __init__(self, *args: Any, profile: Profile, terms: Sequence[Term], **kwargs: Any) -> None:
        super().__init__(*args, obj=profile, **kwargs)
        for name in set(_OF_SOME) - set(ASKED[profile.account.kind]):
            del self[name]
        if "study_level" in self:
            self.study_level.choices = translated_choices(choices(StudyLevel), blank=N_("Not said"))
        if "duties" in self:
            self.duties.choices = translated_choices(choices(Duty))
        self.terms = terms
        self.contact_by.choices = translated_choices(choices(ContactBy))
        if not self.is_submitted():
            self.fields.data = [term.code for term in terms if term.id in profile.field_ids]
            self.expertise.data = with_levels(profile.expertise, profile.levels)
            self.skills.data, self.methods.data = "\n".join(profile.skills), "\n".join(profile.methods)
            self.languages.data = " ".join(profile.languages)

    @property
    def grouped_fields(self) -> list[list[tuple[str, str, bool]]]:
        """The terms offered, as `forms.terms` draws them."""
        return grouped(self.terms, self.fields.data or ())


class OutputsForm(Form):
    """Works to put on one's page, pasted in whichever form one has them."""

    text = TextAreaField(
        lazy(N_("Works")),
        description=lazy(N_("DOIs, one a line; or entries in BibTeX; or CSL-JSON, as reference managers and ORCID export them.")),
    )
