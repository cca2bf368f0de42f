"""Forms about risks."""

from typing import Any

from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from portal.collaborations.queries import Mate
from portal.collaborations.states import IMPACTS, LIKELIHOODS
from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import gettext, lazy


class RiskTextForm(Form):
    """What may go wrong, what is done against it, who watches it."""

    title = StringField(lazy(N_("What may go wrong?")))
    text = TextAreaField(lazy(N_("What would follow from it")), validators=(Optional(),))
    mitigation = TextAreaField(lazy(N_("What is done against it")), validators=(Optional(),))
    owner = SelectField(lazy(N_("Who watches it")), validate_choice=False)

    def __init__(self, team: list[Mate], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.owner.choices = [(str(mate.id), mate.name) for mate in team if not mate.is_guest]


class _Assessing(Form):
    """How likely, how grave, and when somebody looks again."""

    likelihood = SelectField(lazy(N_("Likelihood")), default="3", validate_choice=False)
    impact = SelectField(lazy(N_("Impact")), default="3", validate_choice=False)
    review_on = DateField(lazy(N_("Look at it again by")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, words in ((self.likelihood, LIKELIHOODS), (self.impact, IMPACTS)):
            field.choices = [(str(number), f"{number} – {gettext(word)}") for number, word in enumerate(words, 1)]


class RiskForm(_Assessing, RiskTextForm):
    """A risk as it is raised."""


class RiskReviewForm(_Assessing):
    """A new assessment, and why."""

    note = TextAreaField(
        lazy(N_("What has changed")), description=lazy(N_("Everybody of both sides reads this.")), validators=(Optional(),)
    )
