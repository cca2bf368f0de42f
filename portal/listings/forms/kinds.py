"""The five forms of listings: what each kind adds to the shared part, and how a listing fills its form."""

from typing import Any

from wtforms import BooleanField, FormField
from wtforms import Form as RowForm

from portal.kernel.text import N_
from portal.kernel.units import format_amount
from portal.listings.forms.choices import LANGUAGES
from portal.listings.forms.controls import a_choice, a_date, a_line, a_number, a_text, options_of
from portal.listings.forms.shared import ListingForm
from portal.listings.inputs import MOST_ROWS, shown_by_clocks
from portal.listings.models import Listing
from portal.listings.queries import FORD
from portal.listings.states import DataClass, IpStance, Kind, Level, Mode, PayPeriod, Visa
from portal.web.rows import Rows
from portal.web.words import lazy


class PhaseRow(RowForm):
    """One phase of a challenge."""

    name = a_line(N_("Name of the phase"))
    ends_on = a_date(N_("Its last day"))
    places = a_number(N_("How many go on"))
    criteria = a_text(N_("What counts in it"))


class SessionRow(RowForm):
    """One time at which a training programme is held."""

    starts_on = a_date(N_("From"))
    ends_on = a_date(N_("To"))
    seats = a_number(N_("Seats"))
    place = a_line(N_("Place"))


class ProjectForm(ListingForm):
    """A research project."""

    kind = Kind.PROJECT
    OWN = (
        "partner_sought", "results", "acronym", "funder", "programme", "amount_minor", "starts_on", "ends_on", "trl", "ip_stance",
    )  # fmt: skip

    partner_sought = a_text(N_("Partner sought"), N_("What a partner would do or bring. Up to 600 characters."))
    results = a_text(N_("Results planned"))
    acronym = a_line(N_("Acronym"))
    funder = a_line(N_("Funder"))
    programme = a_line(N_("Programme"))
    amount_minor = a_number(N_("Amount granted"), N_("Such as 84,500."))
    starts_on = a_date(N_("Starts"))
    ends_on = a_date(N_("Ends"))
    trl = a_number(N_("Technology readiness level"), N_("From 1, basic principles, to 9, proven in use."))
    ip_stance = a_choice(N_("Who owns the results"), options_of(IpStance), "open")


class ChallengeForm(ListingForm):
    """A challenge."""

    kind = Kind.CHALLENGE
    OWN = (
        "must_haves", "out_of_scope", "criteria", "eligibility", "phases", "budget_minor", "prize_minor", "duration_months",
        "trl", "ip_stance",
    )  # fmt: skip

    must_haves = a_text(N_("What a solution must bring"))
    out_of_scope = a_text(N_("What it is not about"))
    criteria = a_text(N_("How answers are compared"))
    phases = Rows(FormField(PhaseRow), lazy(N_("Phases")), max_entries=MOST_ROWS + 1)
    eligibility = a_text(N_("Who may answer"))
    budget_minor = a_number(N_("Budget"), N_("The most you would pay for the work, such as 84,500."))
    prize_minor = a_number(N_("Prize"))
    duration_months = a_number(N_("Months of work"))
    trl = a_number(
        N_("Technology readiness level"), N_("Where the work should begin: from 1, basic principles, to 9, proven in use.")
    )
    ip_stance = a_choice(N_("Who owns the results"), options_of(IpStance), "open")


class InternshipForm(ListingForm):
    """An internship."""

    kind = Kind.INTERNSHIP
    OWN = (
        "supervisor", "supervision_hours", "pay_minor", "pay_period", "hours_per_week", "starts_on", "ends_on", "level",
        "places", "credit", "visa", "eligibility",
    )  # fmt: skip
    NEEDED = ListingForm.NEEDED | {"supervisor", "supervision_hours", "places"}
    capacity = None  # its places are among the facts

    supervisor = a_line(N_("Supervisor"), N_("Who looks after the student, by name."))
    supervision_hours = a_number(N_("Supervision, hours a week"))
    pay_minor = a_number(N_("Pay before tax"), N_("Such as 1,450. Enter 0 if it is unpaid."))
    pay_period = a_choice(N_("Pay is counted"), options_of(PayPeriod), "month")
    hours_per_week = a_number(N_("Hours a week"))
    starts_on = a_date(N_("Starts"))
    ends_on = a_date(N_("Ends"))
    level = a_choice(N_("Level of study"), options_of(Level), "any")
    places = a_number(N_("Places"), default="1")
    credit = BooleanField(lazy(N_("Study credit is possible")))
    visa = a_choice(N_("Permit to work"), options_of(Visa), "unsaid")
    eligibility = a_text(N_("Who may apply"))


class TrainingForm(ListingForm):
    """A training programme."""

    kind = Kind.TRAINING
    OWN = (
        "provider", "mode", "level", "taught_in", "prerequisites", "sessions", "cost_minor", "starts_on", "ends_on", "seats",
        "licence",
    )  # fmt: skip

    provider = a_line(N_("Provider"), N_("If it is not the organisation itself."))
    mode = a_choice(N_("How it is held"), options_of(Mode), "online")
    level = a_choice(N_("Level"), options_of(Level), "any")
    taught_in = a_choice(N_("Taught in"), LANGUAGES.items(), "en")
    prerequisites = a_text(N_("What one must know before"))
    cost_minor = a_number(N_("Cost"), N_("Enter 0 if it is free."))
    starts_on = a_date(N_("Starts"))
    ends_on = a_date(N_("Ends"))
    seats = a_number(N_("Seats"), N_("Of the whole programme."))
    licence = a_line(N_("Licence of the material"), N_("Such as CC BY 4.0."))
    sessions = Rows(FormField(SessionRow), lazy(N_("Sessions")), max_entries=MOST_ROWS + 1)


class ComputeForm(ListingForm):
    """A compute offer."""

    kind = Kind.COMPUTE
    OWN = (
        "accelerator", "accelerators_per_node", "cores_per_node", "memory_gb", "gpu_hours", "core_hours", "software",
        "data_class", "eligibility", "cost_minor", "power_watts", "grid_region", "carbon_intensity",
    )  # fmt: skip

    accelerator = a_line(N_("Accelerator"), N_("Its model, if the nodes have one."))
    accelerators_per_node = a_number(N_("Accelerators per node"))
    cores_per_node = a_number(N_("Cores per node"))
    memory_gb = a_number(N_("Memory per node, GB"))
    gpu_hours = a_number(N_("GPU-hours offered"))
    core_hours = a_number(N_("Core-hours offered"))
    software = a_text(N_("Software"))
    data_class = a_choice(N_("Most sensitive data allowed"), options_of(DataClass), "open")
    eligibility = a_text(N_("Who may ask"))
    cost_minor = a_number(N_("Cost of a node for an hour"), N_("Enter 0 if it is free."))
    power_watts = a_number(N_("Power per node, watts"))
    grid_region = a_line(N_("Grid region"), N_("Where the electricity comes from: it decides the carbon of a job."))
    carbon_intensity = a_number(N_("Carbon of that grid"), N_("Grams of CO2e for a kilowatt-hour."))


FORMS: dict[Kind, type[ListingForm]] = {
    form.kind: form for form in (ProjectForm, ChallengeForm, InternshipForm, TrainingForm, ComputeForm)
}


def form_of(listing: Listing) -> ListingForm:
    """The form that shows a listing loaded in full."""
    values: dict[str, Any] = {name: getattr(listing, name) for name in _SHOWN_AS_THEY_ARE}
    values["version"] = str(listing.version)
    values["capacity"] = "" if listing.capacity is None else str(listing.capacity)
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
    "announces",
)  # fmt: skip


def _as_text(name: str, value: Any, currency: str) -> Any:
    if isinstance(value, tuple):
        return [vars(row) for row in value]
    if isinstance(value, bool) or value is None:
        return value
    return format_amount(value, currency) if name.endswith("_minor") else str(value)
