"""What the forms of all five kinds share. They hold text; `inputs` knows what is allowed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.widgets import DateInput, TimeInput

from portal.kernel.terms import grouped
from portal.kernel.text import N_
from portal.kernel.units import CURRENCIES
from portal.kernel.zones import ZONES, known_zones
from portal.listings.forms.choices import LANGUAGES
from portal.listings.forms.controls import a_choice, a_date, a_line, a_number, a_pick, a_text, as_choices
from portal.listings.inputs import Written, written
from portal.listings.models import Field
from portal.listings.states import Intake, Kind, Visibility
from portal.web.forms import Form
from portal.web.words import lazy

# Where a part of the form stands on its page, what it is called, and what is asked there; the facts are the kind's own.
_SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("what", N_("What"), ("title", "summary", "description")),
    ("facts", N_("Facts"), ()),
    ("when", N_("Where and when"), ("place", "closes_on")),
    ("who", N_("Who finds it"), ("fields", "skills")),
)


class ListingForm(Form):
    """What all kinds ask. `OWN` names the fields of the kind in order, `NEEDED` those asked for before review."""

    kind: ClassVar[Kind]
    OWN: ClassVar[tuple[str, ...]] = ()
    NEEDED: ClassVar[frozenset[str]] = frozenset(("title", "summary", "description"))

    form_key = HiddenField()
    version = HiddenField()
    organisation_id = a_choice(N_("Organisation"), (), "", N_("You post in its name. It cannot be changed later."))
    title = a_line(N_("Title"), N_("Say what it is about, not who you are. Up to 200 characters."))
    summary = a_text(N_("Summary"), N_("Two or three sentences for people who look through many listings. Up to 600 characters."))
    description = a_text(
        N_("Description"),
        N_("Use ## for headings, - for lists, ** for bold and [text](https://…) for links. Up to 40,000 characters."),
    )
    language = a_choice(N_("Language of the text"), LANGUAGES.items(), "en")
    fields = SelectMultipleField(
        lazy(N_("Fields of research")),
        description=lazy(N_("Whoever follows one of these finds the listing.")),
        validate_choice=False,
        choices=(),
    )
    skills = a_text(N_("Skills"), N_("At most 20, one on a line or with commas between."))
    place = a_line(N_("Place"), N_("A town and country, or a site."))
    remote = BooleanField(lazy(N_("Can be done from elsewhere")))
    currency = a_choice(N_("Currency"), ((code, code) for code in CURRENCIES), "EUR", N_("Of all amounts in this listing."))
    capacity: StringField | None = a_number(
        N_("How many you can take on"),
        N_("The listing closes by itself when so many are found. Leave it empty if you do not count."),
    )
    opens_on = a_date(N_("Opens on"), N_("Leave it empty to open the listing as soon as it is approved."))
    opens_time = StringField(
        lazy(N_("Opens at")), description=lazy(N_("Without a time, it opens when that day begins.")), widget=TimeInput()
    )
    announces = BooleanField(
        lazy(N_("Announce it before it opens")),
        description=lazy(N_("Once it is approved, its readers find and read it. They can answer from the day it opens.")),
    )
    closes_on = a_date(N_("Last day"), N_("Without one, the listing stays open for a year, and longer if you renew it."))
    closes_time = StringField(
        lazy(N_("Time")), description=lazy(N_("Without a time, the last minute of that day counts.")), widget=TimeInput()
    )
    time_zone = a_choice(N_("Time zone of these times"), (), "Europe/Brussels")
    questions_until = a_date(N_("Last day for questions"), N_("Without one, people can ask until the deadline."))
    visibility = a_pick(
        N_("Who can read it"), Visibility, N_("Those you name are written down on a page of their own, once the draft is saved.")
    )
    intake = a_pick(N_("How people answer"), Intake)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.organisations: Sequence[tuple[int, str]] = ()
        self.terms: Sequence[Field] = ()
        self.remarks: Mapping[str, str] = {}  # of moderation, by the field they are about

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Fill the fields; a zone that is not among those offered is offered as well."""
        super().process(*args, **kwargs)
        own = [self.time_zone.data] if self.time_zone.data in known_zones() else []
        self.time_zone.choices = as_choices((zone, zone.replace("_", " ")) for zone in dict.fromkeys((*ZONES, *own)))

    def read_listing(self, **fixed: Any) -> Written | None:
        """The text as an input, with the values of `fixed` in place of the form's; None with each problem at its field."""

        def make(form_key: Any = None, organisation_id: Any = None, **values: Any) -> Written:
            return written(self.kind, **(values | fixed))

        return self.read(make)

    def offer(self, organisations: Sequence[tuple[int, str]], terms: Sequence[Field]) -> None:
        """Fill in what can be chosen: the organisations this person posts for, the terms of the vocabulary."""
        self.organisations = organisations
        self.organisation_id.choices = as_choices((str(number), name) for number, name in organisations)
        self.terms = terms

    def is_short(self, name: str) -> bool:
        """Whether the field holds a word, a number or a date, and can stand beside others."""
        field = self[name]
        chosen, written = isinstance(field, (SelectField, BooleanField)), isinstance(field.widget, (DateInput, TimeInput))
        return chosen or written or bool(field.render_kw)

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The parts of the form with whether they are done: all that is needed is there, or where nothing is, anything."""
        return [
            {"label": lazy(label), "href": f"#{at}", "done": self._is_done(names or self.OWN)} for at, label, names in _SECTIONS
        ]

    def _is_done(self, names: Iterable[str]) -> bool:
        needed = [name for name in names if name in self.NEEDED]
        if needed:
            return all(self[name].data for name in needed)
        return any(self[name].data for name in names if not isinstance(self[name], SelectField))

    @property
    def has_amounts(self) -> bool:
        """Whether the kind has amounts of money, so that the currency must be asked."""
        return any(name.endswith("_minor") for name in self.OWN)

    @property
    def chosen_organisation(self) -> int | None:
        """The number of the organisation chosen, where it is one of those offered."""
        offered = [number for number, _name in self.organisations]
        if len(offered) == 1 and not self.organisation_id.data:
            return offered[0]
        return next((number for number in offered if str(number) == self.organisation_id.data), None)

    @property
    def grouped_fields(self) -> list[list[tuple[str, str, bool]]]:
        """The terms offered, as `forms.terms` draws them."""
        return grouped(self.terms, self.fields.data or ())
