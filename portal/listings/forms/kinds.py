"""The five forms of listings: a shared part and what the kind adds. They hold text; `inputs` knows what is allowed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.widgets import DateInput, TimeInput

from portal.kernel.states import Labelled
from portal.kernel.text import N_
from portal.kernel.units import CURRENCIES, format_amount
from portal.listings.forms.choices import LANGUAGES, ZONES
from portal.listings.inputs import Written, known_zones, shown_by_clocks, written
from portal.listings.models import Field, Listing
from portal.listings.queries import FORD
from portal.listings.states import DataClass, Intake, IpStance, Kind, Level, Mode, PayPeriod, Visibility
from portal.web.forms import Form
from portal.web.words import lazy


def _options(kind: type[Labelled]) -> list[tuple[str, Any]]:
    return [(str(member.value), lazy(member.label)) for member in kind]


def _choices(options: Iterable[tuple[str, Any]]) -> list[Any]:
    return [SelectChoice(value, label) for value, label in options]


def _chosen(label: str, options: Iterable[tuple[str, Any]], default: str, hint: str = "") -> SelectField:
    """A select that keeps unknown values for the input to refuse."""
    hint_text = lazy(hint) if hint else ""
    return SelectField(lazy(label), choices=_choices(options), default=default, description=hint_text, validate_choice=False)


def _picked(label: str, kind: type[Labelled], hint: str = "") -> RadioField:
    """Radio buttons over an enum, the first of which is the default."""
    options = _options(kind)
    return RadioField(
        lazy(label),
        description=lazy(hint) if hint else "",
        choices=_choices(options),
        default=options[0][0],
        validate_choice=False,
    )


def _number(label: str, hint: str = "", **options: Any) -> StringField:
    """A number as text: what cannot be read is shown again."""
    return StringField(
        lazy(label), description=lazy(hint) if hint else "", render_kw={"inputmode": "decimal", "autocomplete": "off"}, **options
    )


def _date(label: str, hint: str = "") -> StringField:
    return StringField(lazy(label), description=lazy(hint) if hint else "", widget=DateInput())


def _line(label: str, hint: str = "") -> StringField:
    return StringField(lazy(label), description=lazy(hint) if hint else "")


def _text(label: str, hint: str = "") -> TextAreaField:
    return TextAreaField(lazy(label), description=lazy(hint) if hint else "")


class ListingForm(Form):
    """What all kinds ask. `OWN` names the fields of the kind in order, `NEEDED` those asked for before review."""

    kind: ClassVar[Kind]
    OWN: ClassVar[tuple[str, ...]] = ()
    NEEDED: ClassVar[frozenset[str]] = frozenset(("title", "summary", "description"))

    form_key = HiddenField()
    version = HiddenField()
    organisation_id = _chosen(N_("Organisation"), (), "", N_("You post in its name. It cannot be changed later."))
    title = _line(N_("Title"), N_("Say what it is about, not who you are. Up to 200 characters."))
    summary = _text(N_("Summary"), N_("Two or three sentences for people who look through many listings. Up to 600 characters."))
    description = _text(
        N_("Description"),
        N_("Use ## for headings, - for lists, ** for bold and [text](https://…) for links. Up to 40,000 characters."),
    )
    language = _chosen(N_("Language of the text"), LANGUAGES.items(), "en")
    fields = SelectMultipleField(
        lazy(N_("Fields of research")),
        description=lazy(N_("Whoever follows one of these finds the listing.")),
        validate_choice=False,
        choices=(),
    )
    skills = _text(N_("Skills"), N_("At most 20, one on a line or with commas between."))
    place = _line(N_("Place"), N_("A town and country, or a site."))
    remote = BooleanField(lazy(N_("Can be done from elsewhere")))
    currency = _chosen(N_("Currency"), ((code, code) for code in CURRENCIES), "EUR", N_("Of all amounts in this listing."))
    opens_on = _date(N_("Opens on"), N_("Leave it empty to open the listing as soon as it is approved."))
    opens_time = StringField(
        lazy(N_("Opens at")), description=lazy(N_("Without a time, it opens when that day begins.")), widget=TimeInput()
    )
    closes_on = _date(N_("Last day"), N_("Without one, the listing stays open for a year, and longer if you renew it."))
    closes_time = StringField(
        lazy(N_("Time")), description=lazy(N_("Without a time, the last minute of that day counts.")), widget=TimeInput()
    )
    time_zone = _chosen(N_("Time zone of these times"), (), "Europe/Brussels")
    questions_until = _date(N_("Last day for questions"), N_("Without one, people can ask until the deadline."))
    visibility = _picked(
        N_("Who can read it"), Visibility, N_("Those you name are written down on a page of their own, once the draft is saved.")
    )
    intake = _picked(N_("How people answer"), Intake)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.organisations: Sequence[tuple[int, str]] = ()
        self.terms: Sequence[Field] = ()
        self.remarks: Mapping[str, str] = {}  # of moderation, by the field they are about
        own = [self.time_zone.data] if self.time_zone.data in known_zones() else []
        self.time_zone.choices = _choices((zone, zone.replace("_", " ")) for zone in dict.fromkeys((*ZONES, *own)))

    def read_listing(self, **fixed: Any) -> Written | None:
        """The text as an input, with the values of `fixed` in place of the form's; None with each problem at its field."""

        def make(form_key: Any = None, organisation_id: Any = None, **values: Any) -> Written:
            return written(self.kind, **(values | fixed))

        return self.read(make)

    def offer(self, organisations: Sequence[tuple[int, str]], terms: Sequence[Field]) -> None:
        """Fill in what can be chosen: the organisations this person posts for, the terms of the vocabulary."""
        self.organisations = organisations
        self.organisation_id.choices = _choices((str(number), name) for number, name in organisations)
        self.terms = terms

    def is_short(self, name: str) -> bool:
        """Whether the field holds a word, a number or a date, and can stand beside others."""
        field = self[name]
        chosen, written = isinstance(field, (SelectField, BooleanField)), isinstance(field.widget, (DateInput, TimeInput))
        return chosen or written or bool(field.render_kw)

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
        """Code, label and whether it is chosen, of each term offered: each top term with those under it."""
        groups: dict[str, list[tuple[str, str, bool]]] = {}
        for term in self.terms:
            chosen = term.code in (self.fields.data or ())
            groups.setdefault(term.code.split(".")[0], []).append((term.code, term.label, chosen))
        return list(groups.values())


class ProjectForm(ListingForm):
    """A research project."""

    kind = Kind.PROJECT
    OWN = ("partner_sought", "acronym", "funder", "programme", "amount_minor", "starts_on", "ends_on", "trl")

    partner_sought = _text(N_("Partner sought"), N_("What a partner would do or bring. Up to 600 characters."))
    acronym = _line(N_("Acronym"))
    funder = _line(N_("Funder"))
    programme = _line(N_("Programme"))
    amount_minor = _number(N_("Amount granted"), N_("Such as 84,500."))
    starts_on = _date(N_("Starts"))
    ends_on = _date(N_("Ends"))
    trl = _number(N_("Technology readiness level"), N_("From 1, basic principles, to 9, proven in use."))


class ChallengeForm(ListingForm):
    """A challenge."""

    kind = Kind.CHALLENGE
    OWN = (
        "must_haves", "criteria", "eligibility", "budget_minor", "prize_minor", "duration_months", "trl", "ip_stance",
    )  # fmt: skip

    must_haves = _text(N_("What a solution must bring"))
    criteria = _text(N_("How answers are compared"))
    eligibility = _text(N_("Who may answer"))
    budget_minor = _number(N_("Budget"), N_("The most you would pay for the work, such as 84,500."))
    prize_minor = _number(N_("Prize"))
    duration_months = _number(N_("Months of work"))
    trl = _number(
        N_("Technology readiness level"), N_("Where the work should begin: from 1, basic principles, to 9, proven in use.")
    )
    ip_stance = _chosen(N_("Who owns the results"), _options(IpStance), "open")


class InternshipForm(ListingForm):
    """An internship."""

    kind = Kind.INTERNSHIP
    OWN = (
        "supervisor", "supervision_hours", "pay_minor", "pay_period", "hours_per_week", "starts_on", "ends_on", "level",
        "places", "credit",
    )  # fmt: skip
    NEEDED = ListingForm.NEEDED | {"supervisor", "supervision_hours", "places"}

    supervisor = _line(N_("Supervisor"), N_("Who looks after the student, by name."))
    supervision_hours = _number(N_("Supervision, hours a week"))
    pay_minor = _number(N_("Pay before tax"), N_("Such as 1,450. Enter 0 if it is unpaid."))
    pay_period = _chosen(N_("Pay is counted"), _options(PayPeriod), "month")
    hours_per_week = _number(N_("Hours a week"))
    starts_on = _date(N_("Starts"))
    ends_on = _date(N_("Ends"))
    level = _chosen(N_("Level of study"), _options(Level), "any")
    places = _number(N_("Places"), default="1")
    credit = BooleanField(lazy(N_("Study credit is possible")))


class TrainingForm(ListingForm):
    """A training programme."""

    kind = Kind.TRAINING
    OWN = (
        "provider", "mode", "level", "taught_in", "prerequisites", "cost_minor", "starts_on", "ends_on", "seats",
    )  # fmt: skip

    provider = _line(N_("Provider"), N_("If it is not the organisation itself."))
    mode = _chosen(N_("How it is held"), _options(Mode), "online")
    level = _chosen(N_("Level"), _options(Level), "any")
    taught_in = _chosen(N_("Taught in"), LANGUAGES.items(), "en")
    prerequisites = _text(N_("What one must know before"))
    cost_minor = _number(N_("Cost"), N_("Enter 0 if it is free."))
    starts_on = _date(N_("Starts"))
    ends_on = _date(N_("Ends"))
    seats = _number(N_("Seats"))


class ComputeForm(ListingForm):
    """A compute offer."""

    kind = Kind.COMPUTE
    OWN = (
        "accelerator", "accelerators_per_node", "cores_per_node", "memory_gb", "gpu_hours", "core_hours", "software",
        "data_class", "eligibility", "power_watts", "grid_region",
    )  # fmt: skip

    accelerator = _line(N_("Accelerator"), N_("Its model, if the nodes have one."))
    accelerators_per_node = _number(N_("Accelerators per node"))
    cores_per_node = _number(N_("Cores per node"))
    memory_gb = _number(N_("Memory per node, GB"))
    gpu_hours = _number(N_("GPU-hours offered"))
    core_hours = _number(N_("Core-hours offered"))
    software = _text(N_("Software"))
    data_class = _chosen(N_("Most sensitive data allowed"), _options(DataClass), "open")
    eligibility = _text(N_("Who may ask"))
    power_watts = _number(N_("Power per node, watts"))
    grid_region = _line(N_("Grid region"), N_("Where the electricity comes from: it decides the carbon of a job."))


FORMS: dict[Kind, type[ListingForm]] = {
    form.kind: form for form in (ProjectForm, ChallengeForm, InternshipForm, TrainingForm, ComputeForm)
}


def form_of(listing: Listing) -> ListingForm:
    """The form that shows a listing loaded in full."""
    values: dict[str, Any] = {name: getattr(listing, name) for name in _SHOWN_AS_THEY_ARE}
    values["version"] = str(listing.version)
    values["skills"] = "\n".join(listing.skills)
    values["fields"] = [term.code for term in listing.fields if term.scheme == FORD]
    for which, moment in (("opens", listing.opens_at), ("closes", listing.closes_at)):
        if moment is not None:
            day, time = shown_by_clocks(moment, listing.time_zone)
            values |= {f"{which}_on": day.isoformat(), f"{which}_time": f"{time:%H:%M}"}
    if listing.questions_until is not None:
        values["questions_until"] = listing.questions_until.isoformat()
    for name in FORMS[listing.kind].OWN:
        values[name] = _as_text(name, getattr(listing.detail, name), listing.currency)
    return FORMS[listing.kind](data=values)


_SHOWN_AS_THEY_ARE = (
    "title", "summary", "description", "language", "place", "remote", "currency", "time_zone", "visibility", "intake",
)  # fmt: skip


def _as_text(name: str, value: Any, currency: str) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    return format_amount(value, currency) if name.endswith("_minor") else str(value)
