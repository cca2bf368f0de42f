"""What a proposal still lacks: every gap with the part and the field where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.kernel.errors import Invalid
from portal.kernel.text import N_, Words
from portal.kernel.units import format_amount
from portal.proposals.inputs import Content, values_of
from portal.proposals.states import CostCategory, Funding
from portal.questionnaires.inputs import Questions
from portal.questionnaires.states import AnswerKind

_MONTHS = 12


@dataclass(frozen=True)
class Gap:
    """One thing that is missing or does not add up; `part` names the step of the form, `field` the control in it."""

    why: str | Words
    part: str
    field: str


def gaps(content: Content, questions: Questions) -> tuple[Gap, ...]:
    """Everything in the way of submitting this text, in the order of the form."""
    return (
        *_text_gaps(content),
        *_plan_gaps(content),
        *_line_gaps(content),
        *_sum_gaps(content),
        *_rights_gaps(content),
        *_answer_gaps(content, questions),
    )


def _text_gaps(content: Content) -> Iterator[Gap]:
    if not content.summary:
        yield Gap(N_("Write a summary before you submit."), "summary", "summary")


def _plan_gaps(content: Content) -> Iterator[Gap]:
    if not content.packages:
        yield Gap(N_("Add at least one work package before you submit."), "plan", "packages")
    elif not content.deliverables:
        yield Gap(N_("Name at least one deliverable: something the other side can see or try."), "plan", "deliverables")
    ends = {package.code: package.last_month for package in content.packages}
    for number, due in enumerate(content.deliverables):
        if due.month > max(ends.values(), default=due.month):
            why = Words(N_("“%(title)s” is due after the last work package ends."), {"title": due.title})
            yield Gap(why, "plan", f"deliverables-{number}-month")


def _line_gaps(content: Content) -> Iterator[Gap]:
    if not any(line.amount_minor for line in content.lines):
        yield Gap(N_("Add a budget before you submit."), "budget", "lines")
    years = -(-content.duration_months // _MONTHS)
    with_rate = {partner.key for partner in content.partners if partner.overhead_permille}
    for number, line in enumerate(content.lines):
        about, at = {"label": line.label}, f"lines-{number}"
        if content.partners and not line.partner:
            yield Gap(Words(N_("Say whose cost “%(label)s” is."), about), "budget", f"{at}-partner")
        if line.funding is Funding.IN_KIND and content.partners and line.method is None:
            yield Gap(Words(N_("Say how the in-kind contribution “%(label)s” was valued."), about), "budget", f"{at}-method")
        if line.category is CostCategory.OVERHEAD and line.partner in with_rate:
            why = N_("“%(label)s” and the partner’s rate count the overheads twice. Take one of the two away.")
            yield Gap(Words(why, about), "budget", f"{at}-category")
        if content.packages and line.year > years:
            why = N_("“%(label)s” is spent in a year in which the plan is over already.")
            yield Gap(Words(why, about), "budget", f"{at}-year")


def _sum_gaps(content: Content) -> Iterator[Gap]:
    costs = content.costs
    for number, partner in enumerate(content.partners):
        total = sum(line.amount_minor for line in costs if line.partner == partner.key)
        if partner.said_minor not in (None, total):
            why = N_("%(name)s named a total of %(said)s, but its lines add up to %(found)s.")
            yield Gap(_sums(why, content, partner.said_minor, total, name=partner.name), "team", f"partners-{number}-said_minor")
    total = sum(line.amount_minor for line in costs)
    if content.said_minor not in (None, total):
        why = N_("You named a total of %(said)s, but the budget adds up to %(found)s.")
        yield Gap(_sums(why, content, content.said_minor, total), "budget", "said_minor")
    if content.price_minor not in (None, content.asked_minor):
        why = N_("The price is %(said)s, but the lines that the host pays add up to %(found)s.")
        yield Gap(_sums(why, content, content.price_minor, content.asked_minor), "budget", "price_minor")


def _rights_gaps(content: Content) -> Iterator[Gap]:
    if content.results_owner is None:
        yield Gap(N_("Say who shall own the results."), "rights", "results_owner")
    if content.personal_data is None:
        yield Gap(N_("Say whether personal data are used."), "rights", "personal_data")
    elif content.personal_data and content.data_class is None:
        yield Gap(N_("Say which class the data belong to."), "rights", "data_class")
    if content.personal_data and content.ethics is None:
        yield Gap(N_("Say how it stands with ethics approval: personal data are used."), "rights", "ethics")


def _answer_gaps(content: Content, questions: Questions) -> Iterator[Gap]:
    """The owner's questions as they are asked now, whatever they were when they were answered."""
    values = values_of(content.answers)
    for question in questions.asked(values):
        value = values.get(question.key, "")
        if question.kind is AnswerKind.FILE and value and not _is_there(str(value), content):
            why = N_("The file that answers “%(label)s” was taken out.")
            yield Gap(Words(why, {"label": question.label}), "questions", question.key)
        if question.required and not value:
            yield Gap(Words(N_("“%(label)s” must be answered."), {"label": question.label}), "questions", question.key)
            continue
        try:
            question.answered(value)
        except Invalid as invalid:
            yield Gap(invalid.why, "questions", question.key)


def _is_there(value: str, content: Content) -> bool:
    """Answers given earlier name a file by its address on the proposal’s page."""
    return "/" in value or value in {one.code for one in content.files}


def _sums(why: str, content: Content, said: int | None, found: int, **more: str) -> Words:
    amounts = {
        name: f"{format_amount(minor, content.currency)} {content.currency}"
        for name, minor in (("said", said or 0), ("found", found))
    }
    return Words(why, {**amounts, **more})
