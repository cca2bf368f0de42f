"""What listings of one kind say besides. Fields are named as the columns they fill; amounts may come as text."""

import datetime as dt
from collections.abc import Callable
from dataclasses import InitVar, dataclass
from functools import partial
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.inputs import day, line, money, one_of, passage, whole
from portal.kernel.text import N_
from portal.listings.inputs.rows import CourseSession, Phase, in_order, rows_of
from portal.listings.inputs.shared import language_tag, settle, yes_or_no
from portal.listings.states import DataClass, IpStance, Kind, Level, Mode, PayPeriod, Visa

_day = partial(day, required=False)
_line = partial(line, required=False)
_prose = partial(passage, most=8000, required=False)
_trl = partial(whole, least=1, most=9, required=False)


@dataclass(frozen=True)
class ProjectInput:
    """A research project that seeks partners, or shows what it does."""

    acronym: str = ""
    funder: str = ""
    programme: str = ""
    amount_minor: int | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    trl: int | None = None
    partner_sought: str = ""
    results: str = ""
    ip_stance: IpStance = IpStance.OPEN
    currency: InitVar[str] = "EUR"

    def __post_init__(self, currency: str) -> None:
        settle(
            self,
            acronym=partial(_line, most=60),
            funder=_line,
            programme=partial(_line, most=300),
            amount_minor=_amount(currency),
            starts_on=_day,
            ends_on=_day,
            trl=_trl,
            partner_sought=partial(passage, most=600, required=False),
            results=_prose,
            ip_stance=partial(one_of, kind=IpStance),
        )
        _in_order(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class ChallengeInput:
    """A problem somebody wants solved, with what a solution must bring and what is offered for it."""

    budget_minor: int | None = None
    prize_minor: int | None = None
    must_haves: str = ""
    out_of_scope: str = ""
    criteria: str = ""
    eligibility: str = ""
    ip_stance: IpStance = IpStance.OPEN
    trl: int | None = None
    duration_months: int | None = None
    phases: tuple[Phase, ...] = ()
    currency: InitVar[str] = "EUR"

    def __post_init__(self, currency: str) -> None:
        settle(
            self,
            budget_minor=_amount(currency),
            prize_minor=_amount(currency),
            must_haves=_prose,
            out_of_scope=_prose,
            criteria=_prose,
            eligibility=_prose,
            ip_stance=partial(one_of, kind=IpStance),
            trl=_trl,
            duration_months=partial(whole, least=1, most=120, required=False),
            phases=rows_of(Phase),
        )
        in_order("phases", self.phases)


@dataclass(frozen=True)
class InternshipInput:
    """A supervised post for a student. Pay 0 says that it is unpaid; no pay at all, that nothing is said."""

    pay_minor: int | None = None
    pay_period: PayPeriod = PayPeriod.MONTH
    hours_per_week: int | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    level: Level = Level.ANY
    places: int = 1
    supervisor: str = ""
    supervision_hours: int | None = None
    credit: bool = False
    visa: Visa = Visa.UNSAID
    eligibility: str = ""
    currency: InitVar[str] = "EUR"

    def __post_init__(self, currency: str) -> None:
        settle(
            self,
            pay_minor=_amount(currency),
            pay_period=partial(one_of, kind=PayPeriod),
            hours_per_week=partial(whole, least=1, most=60, required=False),
            starts_on=_day,
            ends_on=_day,
            level=partial(one_of, kind=Level),
            places=partial(whole, least=1, most=500),
            supervisor=partial(_line, most=160),
            supervision_hours=partial(whole, least=1, most=40, required=False),
            credit=yes_or_no,
            visa=partial(one_of, kind=Visa),
            eligibility=_prose,
        )
        _in_order(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class TrainingInput:
    """A course, workshop or school. Cost 0 says that it is free; no cost at all, that nothing is said."""

    provider: str = ""
    level: Level = Level.ANY
    mode: Mode = Mode.ONLINE
    taught_in: str = "en"
    cost_minor: int | None = None
    prerequisites: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    seats: int | None = None
    licence: str = ""
    sessions: tuple[CourseSession, ...] = ()
    currency: InitVar[str] = "EUR"

    def __post_init__(self, currency: str) -> None:
        settle(
            self,
            provider=_line,
            level=partial(one_of, kind=Level),
            mode=partial(one_of, kind=Mode),
            taught_in=language_tag,
            cost_minor=_amount(currency),
            prerequisites=_prose,
            starts_on=_day,
            ends_on=_day,
            seats=partial(whole, least=1, most=100_000, required=False),
            licence=partial(_line, most=120),
            sessions=rows_of(CourseSession),
        )
        _in_order(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class ComputeInput:
    """Computing time that somebody offers. Counts, memory and power are those of one node."""

    accelerator: str = ""
    accelerators_per_node: int | None = None
    cores_per_node: int | None = None
    memory_gb: int | None = None
    gpu_hours: int | None = None
    core_hours: int | None = None
    software: str = ""
    data_class: DataClass = DataClass.OPEN
    eligibility: str = ""
    power_watts: int | None = None
    grid_region: str = ""
    carbon_intensity: int | None = None
    cost_minor: int | None = None
    currency: InitVar[str] = "EUR"

    def __post_init__(self, currency: str) -> None:
        settle(
            self,
            accelerator=partial(_line, most=120),
            accelerators_per_node=partial(whole, most=64, required=False),
            cores_per_node=partial(whole, least=1, most=100_000, required=False),
            memory_gb=partial(whole, least=1, most=1_000_000, required=False),
            gpu_hours=partial(whole, required=False),
            core_hours=partial(whole, required=False),
            software=_prose,
            data_class=partial(one_of, kind=DataClass),
            eligibility=_prose,
            power_watts=partial(whole, most=1_000_000, required=False),
            grid_region=partial(_line, most=120),
            carbon_intensity=partial(whole, most=5000, required=False),
            cost_minor=_amount(currency),
        )


Details = ProjectInput | ChallengeInput | InternshipInput | TrainingInput | ComputeInput
DETAIL_INPUTS: dict[Kind, type[Details]] = {
    Kind.PROJECT: ProjectInput,
    Kind.CHALLENGE: ChallengeInput,
    Kind.INTERNSHIP: InternshipInput,
    Kind.TRAINING: TrainingInput,
    Kind.COMPUTE: ComputeInput,
}


def _amount(currency: str) -> Callable[[str, Any], int | None]:
    return lambda field, value: money(field, value, currency, required=False)


def _in_order(starts_on: dt.date | None, ends_on: dt.date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid("ends_on", N_("The end cannot come before the start."))
