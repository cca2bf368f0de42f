"""Forms about claims and contributions."""

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.proposals.states import CostCategory, Funding, Valuation
from portal.web.forms import Form, translated_choices
from portal.web.words import lazy


def _amount(category: CostCategory) -> StringField:
    return StringField(lazy(category.label), description=lazy(N_("Amount, such as 84,500.50")), validators=(Optional(),))


class ClaimForm(Form):
    """What is claimed for one period."""

    partner = SelectField(lazy(N_("For which partner?")), validators=(Optional(),))
    from_on = DateField(lazy(N_("From")))
    to_on = DateField(lazy(N_("To")))
    staff = _amount(CostCategory.STAFF)
    equipment = _amount(CostCategory.EQUIPMENT)
    travel = _amount(CostCategory.TRAVEL)
    materials = _amount(CostCategory.MATERIALS)
    services = _amount(CostCategory.SERVICES)
    overhead = _amount(CostCategory.OVERHEAD)
    text = TextAreaField(lazy(N_("What was the money spent on?")), description=lazy(N_("Whoever checks the claim reads this.")))
    evidence = StringField(
        lazy(N_("Where are the invoices?")),
        description=lazy(N_("A web address. You can also add a file to the collaboration.")),
        validators=(Optional(),),
    )

    def __init__(self, *, names: list[str], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.partner.choices = [(name, name) for name in names]
        if not names:
            del self.partner


class PaidForm(Form):
    """On which day it was paid."""

    paid_on = DateField(lazy(N_("Paid on")))


class ContributionForm(Form):
    """What one's own side put in."""

    funding = SelectField(lazy(N_("What is it?")))
    category = SelectField(lazy(N_("Category")))
    text = StringField(lazy(N_("What was put in?")))
    amount_minor = StringField(lazy(N_("Amount")))
    method = SelectField(
        lazy(N_("How was it valued?")), description=lazy(N_("Only for what is in kind.")), validators=(Optional(),)
    )
    spent_on = DateField(lazy(N_("On which day?")))
    evidence = StringField(lazy(N_("Where can it be seen?")), description=lazy(N_("A web address of the time sheet or invoice.")))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        own = [(value, label) for value, label in choices(Funding) if value != Funding.ASKED.value]
        self.funding.choices = translated_choices(own)
        self.category.choices = translated_choices(choices(CostCategory))
        self.method.choices = translated_choices(choices(Valuation), blank=N_("Not in kind"))
