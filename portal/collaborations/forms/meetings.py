"""Forms about meetings."""

from typing import Any

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget, TimeInput

from portal.collaborations.models import Meeting
from portal.collaborations.queries import Mate
from portal.collaborations.states import MeetingKind
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.kernel.zones import ZONES, known_zones
from portal.listings.inputs import shown_by_clocks
from portal.web.forms import Form, translated_choices
from portal.web.words import gettext, lazy

_MARKDOWN = N_("Markdown works: **bold**, - lists, [links](https://example.org).")


class MeetingForm(Form):
    """What is called, when, where, and who comes."""

    kind = SelectField(lazy(N_("What kind of meeting?")))
    title = StringField(lazy(N_("Title")))
    on = DateField(lazy(N_("Day")), description=lazy(N_("One that took place can be noted afterwards.")))
    at = StringField(lazy(N_("Begins at")), widget=TimeInput())
    zone = SelectField(lazy(N_("Time zone")), validate_choice=False)
    lasts_minutes = IntegerField(lazy(N_("Minutes long")), default=60)
    place = StringField(lazy(N_("Where")), description=lazy(N_("A room, or the web address of a call.")))
    agenda = TextAreaField(lazy(N_("Agenda")), description=lazy(_MARKDOWN), validators=(Optional(),))
    invited = SelectMultipleField(
        lazy(N_("Who is invited")),
        description=lazy(N_("Guests read of those meetings alone to which they are invited.")),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    others = StringField(
        lazy(N_("Who else comes")), description=lazy(N_("Names of people without an account.")), validators=(Optional(),)
    )

    def __init__(self, team: list[Mate], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = translated_choices(choices(MeetingKind))
        own = [self.zone.data] if self.zone.data in known_zones() else []
        self.zone.choices = [(zone, zone.replace("_", " ")) for zone in dict.fromkeys((*ZONES, *own))]
        self.invited.choices = [(str(mate.id), _called(mate)) for mate in team]


class MinutesForm(Form):
    """What was said, and what was decided."""

    minutes = TextAreaField(lazy(N_("Minutes")), description=lazy(_MARKDOWN))
    decisions = TextAreaField(
        lazy(N_("Decisions")), description=lazy(N_("One a line, such as “- We meet every month.”")), validators=(Optional(),)
    )


class ActionForm(Form):
    """What was agreed to do, by whom, until when."""

    title = StringField(lazy(N_("What is to be done?")))
    owner = SelectField(lazy(N_("By whom")), validate_choice=False)
    due_on = DateField(lazy(N_("By")))

    def __init__(self, team: list[Mate], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.owner.choices = [(str(mate.id), mate.name) for mate in team if not mate.is_guest]


class WordForm(Form):
    """What was done, where there is a word to say about it."""

    text = TextAreaField(
        lazy(N_("A word about it")), description=lazy(N_("Where the result is, or what came of it.")), validators=(Optional(),)
    )


def written_in(meeting: Meeting) -> dict[str, Any]:
    """What the form holds before a meeting is changed: its time as the clocks of its zone show it."""
    on, at = shown_by_clocks(meeting.starts_at, meeting.time_zone)
    names = ("title", "lasts_minutes", "place", "agenda", "others")
    held = {name: getattr(meeting, name) for name in names}
    invited = [str(one.account_id) for one in meeting.invited]
    return {**held, "kind": meeting.kind.value, "on": on, "at": f"{at:%H:%M}", "zone": meeting.time_zone, "invited": invited}


def _called(mate: Mate) -> str:
    return gettext(N_("%(name)s (guest)"), name=mate.name) if mate.is_guest else mate.name
