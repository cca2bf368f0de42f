"""The filters of the board."""

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from portal.board.inputs import STATES
from portal.board.queries.choices import Choices
from portal.board.states import Readers, Together, What
from portal.collaborations.states import Health
from portal.kernel.states import Labelled, choices
from portal.kernel.text import N_
from portal.web.forms import Form, translated_choices
from portal.web.words import gettext, lazy


class BoardForm(Form):
    """Sent by GET: what is shown stands in the address."""

    state = SelectField(lazy(N_("State")), validate_choice=False)
    person = SelectField(lazy(N_("Whose turn")), validate_choice=False)
    counterpart = SelectField(lazy(N_("Counterpart")), validate_choice=False)
    field = SelectField(lazy(N_("Field")), validate_choice=False)
    health = SelectField(lazy(N_("Health of running work")), validate_choice=False)
    overdue = BooleanField(lazy(N_("Past its date only")))

    def offer(self, found: Choices) -> None:
        """Let each list hold what stands on the board."""
        states = [(key, _name(what, state)) for key, (what, state) in STATES.items()]
        judged = translated_choices(choices(Health))
        for name, offered in ({"state": states, "health": judged} | vars(found)).items():
            self[name].choices = [("", gettext(N_("Any"))), *offered]


class KeptForm(Form):
    """A view that is kept; `address` is what the page showed."""

    name = StringField(lazy(N_("Name of the view")))
    address = HiddenField()
    is_default = BooleanField(lazy(N_("Open the board with it")))


class TogetherForm(Form):
    """What is done with each of the things that were ticked."""

    do = SelectField(lazy(N_("Do with each")), validate_choice=False)
    text = TextAreaField(lazy(N_("Message, if you write one")))
    readers = SelectField(lazy(N_("Who reads the message")), validate_choice=False)

    def offer(self) -> None:
        """Let the lists hold what there is."""
        self.do.choices = translated_choices(choices(Together))
        self.readers.choices = translated_choices(choices(Readers))


def _name(what: What, state: Labelled) -> str:
    return gettext(N_("%(what)s: %(state)s"), what=gettext(what.label), state=gettext(state.label))
