"""Forms of interests, and of what owners answer."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import DateInput

from portal.kernel.errors import Invalid
from portal.kernel.ids import row_id
from portal.kernel.inputs import Reason
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.proposals.inputs import Acceptance, Answer, Conditional, Decline, PassOn, Query, Reply, Reserve, Screened
from portal.proposals.states import DeclineCode, Onward
from portal.web.forms import Form, ReasonForm, translated_choices
from portal.web.words import gettext, lazy

_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}
_CONDITIONS = N_("One in each line. The author confirms each of them, or objects, before the officers approve.")
_RANK = N_("The author sees the place and the last day on which it can become a yes.")


class InterestForm(Form):
    """The one page."""

    motivation = TextAreaField(
        lazy(N_("Why does this concern you?")),
        description=lazy(N_("What you would contribute, and what you hope for. Up to 4,000 characters.")),
    )
    experience = TextAreaField(
        lazy(N_("What have you done that helps?")),
        description=lazy(N_("Two or three examples are enough; links are welcome.")),
    )
    declared = BooleanField(
        lazy(N_("Nothing here is confidential")),
        description=lazy(N_("No agreement protects what you write here yet. Keep secrets out of it.")),
    )


class ProposeForm(Form):
    """For which organisation, asked only of those who belong to several; and with which text, of those who have written one."""

    organisation_id = RadioField(lazy(N_("Which organisation makes the proposal?")), validate_choice=False)
    reuse = SelectField(
        lazy(N_("Begin with the text of an earlier proposal")),
        description=lazy(N_("Amounts are carried over where the currency is the same. Nothing of the earlier one changes.")),
        validate_choice=False,
    )

    def __init__(self, organisations: Mapping[int, str], earlier: Mapping[int, str], **kwargs: Any) -> None:
        """`organisations`: name by id, of those the person belongs to; `earlier`: title by id, of what they wrote before."""
        super().__init__(**kwargs)
        self.organisation_id.choices = [(str(number), name) for number, name in organisations.items()]
        named = [(str(number), title) for number, title in earlier.items()]
        self.reuse.choices = [("", gettext(N_("None of them"))), *named]

    @property
    def reused(self) -> int | None:
        """The proposal whose text is wanted, whatever was sent."""
        return row_id(self.reuse.data)

    @property
    def chosen(self) -> int | None:
        """The id that was sent, whatever it is."""
        return row_id(self.organisation_id.data)


class AnswerForm(Form):
    """What goes with a yes."""

    text = TextAreaField(
        lazy(N_("Your answer")), description=lazy(N_("Say what comes next and whom to talk to. The author reads this."))
    )


class AcceptForm(Form):
    """The yes to a proposal: says what happens next before it is sent."""

    text = TextAreaField(
        lazy(N_("Your answer")),
        description=lazy(
            N_(
                "What happens next: a partnership officer of each side approves exactly this version, within ten days; "
                "then the collaboration opens with its plan. The author reads what you write here."
            )
        ),
    )


class QueryForm(Form):
    """What has to be known first."""

    text = TextAreaField(
        lazy(N_("Your question")),
        description=lazy(N_("The author reads this and answers here. The promised date waits until they have.")),
    )


class ReplyForm(Form):
    """What the author says to that."""

    text = TextAreaField(
        lazy(N_("Your answer")),
        description=lazy(N_("Keep secrets out of it: no agreement protects what you write here yet.")),
    )


class PassOnForm(Form):
    """Where to, and why."""

    to = RadioField(lazy(N_("Where would they be better served?")), validate_choice=False)
    target = StringField(
        lazy(N_("Which listing, or whose page")),
        description=lazy(
            N_(
                "The reference of an open listing that both of you can read, such as CH-0412, or the address of somebody’s page "
                "in the directory of people. Leave it empty for your role mailbox."
            )
        ),
    )
    text = TextAreaField(
        lazy(N_("Why")), description=lazy(N_("Say what they find there. The author reads this, and can take their text along."))
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to.choices = translated_choices(choices(Onward))


class ScreenedForm(Form):
    """Why a version is not judged."""

    text = TextAreaField(
        lazy(N_("Reason")),
        description=lazy(
            N_("Which condition is not met, or what is missing. The author reads this. Say nothing of its merit here.")
        ),
    )
    note = TextAreaField(
        lazy(N_("Remark for your own side")),
        description=lazy(N_("Only those who decide on it and your partnership office read this.")),
        validators=(Optional(),),
    )


class ConditionalForm(Form):
    """A yes under conditions."""

    conditions = TextAreaField(lazy(N_("Conditions")), description=lazy(_CONDITIONS))
    text = TextAreaField(lazy(N_("Your answer")), description=lazy(N_("The author reads this.")), validators=(Optional(),))


class ReserveForm(Form):
    """A place on the reserve list."""

    rank = StringField(lazy(N_("Place on the reserve list")), render_kw=_NUMERIC, description=lazy(_RANK))
    until = StringField(lazy(N_("On it until")), widget=DateInput())
    text = TextAreaField(lazy(N_("Reasons")), description=lazy(N_("The author reads this.")))


class DeclineForm(Form):
    """A no, with its reason in one word and in full."""

    code = SelectField(lazy(N_("Main reason")), validate_choice=False)
    text = TextAreaField(
        lazy(N_("Reason")), description=lazy(N_("Say what the author can learn from it. The author reads this."))
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.code.choices = translated_choices(choices(DeclineCode), blank=N_("Choose a reason"))


class DecisionForm(Form):
    """The owner's decision on the proposal's own page."""

    action = RadioField(lazy(N_("Decision")), validate_choice=False)
    code = SelectField(lazy(N_("Main reason, if you decline")), validate_choice=False)
    text = TextAreaField(lazy(N_("Reasons")), description=lazy(N_("The proposer reads this. Needed for all but a yes.")))
    conditions = TextAreaField(lazy(N_("Conditions")), description=lazy(_CONDITIONS))
    rank = StringField(lazy(N_("Place on the reserve list")), render_kw=_NUMERIC, description=lazy(_RANK))
    until = StringField(lazy(N_("On it until")), widget=DateInput())
    to = RadioField(lazy(N_("Pass on to")), validate_choice=False)
    target = StringField(
        lazy(N_("Which listing, or whose page")),
        description=lazy(N_("A reference such as CH-0412, or the address of somebody’s page in the directory of people.")),
    )
    version = HiddenField()

    def __init__(self, allowed: Mapping[str, str], **kwargs: Any) -> None:
        """`allowed`: label by action, of the decisions that are possible now."""
        super().__init__(**kwargs)
        self.allowed = set(allowed)
        self.action.choices = translated_choices(list(allowed.items()))
        self.code.choices = translated_choices(choices(DeclineCode), blank=N_("Choose a reason"))
        self.to.choices = translated_choices(choices(Onward))

    @property
    def asks_more(self) -> bool:
        """Whether a decision that needs more than reasons is possible now."""
        return bool(self.allowed & {"accept_conditionally", "reserve", "redirect"})

    @property
    def more(self) -> bool:
        """Whether what only some decisions need was filled in, or has a problem."""
        return any(field.data or field.errors for field in (self.conditions, self.rank, self.until, self.to, self.target))

    def decision(self) -> tuple[str, Any] | None:
        """The chosen action and what it takes, or None with the problems beside the fields."""
        return self.read(partial(_decision, self.allowed))


_MADE: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "accept": lambda given: Acceptance(given["text"]),
    "accept_conditionally": lambda given: Conditional(given["conditions"], given["text"]),
    "ask_changes": lambda given: Reason(given["text"]),
    "reserve": lambda given: Reserve(given["rank"], given["until"], given["text"]),
    "redirect": lambda given: PassOn(given["to"], given["target"], given["text"]),
    "decline": lambda given: Decline(given["code"], given["text"]),
}


def _decision(allowed: set[str], *, action: Any, **given: Any) -> tuple[str, Any]:
    if action not in allowed:
        raise Invalid("action", N_("Choose one of the options."))
    return action, _MADE[action](given)


STEP_FORMS = {
    Reason: ReasonForm,
    Answer: AnswerForm,
    Acceptance: AcceptForm,
    Decline: DeclineForm,
    Query: QueryForm,
    Reply: ReplyForm,
    PassOn: PassOnForm,
    Screened: ScreenedForm,
    Conditional: ConditionalForm,
    Reserve: ReserveForm,
}
