"""What a person may choose about being told."""

from collections.abc import Iterable
from typing import Any, ClassVar

from wtforms import BooleanField, SelectField, StringField, TextAreaField

from portal.kernel.notices import TURN, Topic
from portal.kernel.text import N_
from portal.kernel.zones import ZONES, known_zones
from portal.notifications.inputs import Choices
from portal.notifications.states import Channel
from portal.web.forms import Form, translated_choices
from portal.web.words import gettext, lazy


class PreferenceForm(Form):
    """Mails beside the list, or the list alone."""

    mails = BooleanField(
        lazy(N_("Send me a mail when something new concerns me")),
        description=lazy(N_("Mails about your account and signing in are sent in any case.")),
    )


_TURN_CHANNELS = tuple(channel for channel in Channel if channel is not Channel.OFF)
_HOURS = [("", N_("No quiet hours")), *((str(hour), f"{hour:02}:00") for hour in range(24))]


class ChoicesForm(Form):
    """How to be told of each topic, and when not. Its first fields are made by `choices_form`."""

    topics: ClassVar[tuple[str, ...]] = ()
    quiet_from = SelectField(lazy(N_("No mails from")), validate_choice=False)
    quiet_until = SelectField(lazy(N_("until")), validate_choice=False)
    time_zone = SelectField(
        lazy(N_("My time zone")), description=lazy(N_("All times in the portal are shown in it.")), validate_choice=False
    )

    def __init__(self, *, zone: str, **given: Any) -> None:
        super().__init__(**given)
        self.quiet_from.choices = self.quiet_until.choices = [(hour, gettext(label)) for hour, label in _HOURS]
        offered = sorted({*ZONES, zone, *([self.time_zone.data] if self.time_zone.data in known_zones() else [])})
        self.time_zone.choices = [(each, each.replace("_", " ")) for each in offered]
        for topic in self.topics:
            self[topic].choices = translated_choices(
                [(str(each.value), each.label) for each in (_TURN_CHANNELS if topic == TURN else Channel)]
            )

    def made(self, **given: Any) -> Choices:
        """The input made of all fields."""
        return Choices({topic: given.pop(topic) for topic in self.topics}, **given)


def choices_form(topics: Iterable[Topic]) -> type[ChoicesForm]:
    """The form with a question for each topic; what waits for one's own step comes first."""
    asked = {TURN: N_("What waits for me to do something")} | {topic.key: topic.label for topic in topics}
    fields = {key: SelectField(lazy(label), validate_choice=False) for key, label in asked.items()}
    made: type[ChoicesForm] = type("ChoicesForm", (ChoicesForm,), {**fields, "topics": tuple(asked)})
    return made


class WordingForm(Form):
    """How one kind of mail begins."""

    subject = StringField(lazy(N_("Subject")))
    lead = TextAreaField(lazy(N_("First words")), description=lazy(N_("What stands below the subject, before the button.")))
