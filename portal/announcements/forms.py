"""The form an announcement is written in."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.widgets import DateTimeLocalInput

from portal.announcements.inputs import MOST_TEXT
from portal.announcements.models import Announcement
from portal.announcements.states import Audience, Tone
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.listings.inputs import shown_by_clocks
from portal.web.forms import Form, translated_choices
from portal.web.words import lazy


class AnnouncementForm(Form):
    """What is said, to whom, and how long."""

    text = TextAreaField(
        lazy(N_("Message")),
        description=lazy(N_("One or two sentences, up to 300 characters: what happens, when, and what people should do.")),
        render_kw={"maxlength": str(MOST_TEXT)},
    )
    tone = RadioField(lazy(N_("Kind of message")), default=Tone.NEWS.value, validate_choice=False)
    audience = SelectField(lazy(N_("Whose pages it stands on")), validate_choice=False)
    link_label = StringField(lazy(N_("Words of a link")), description=lazy(N_("Where people read more, such as “What changes”.")))
    link_href = StringField(
        lazy(N_("Where it leads")),
        description=lazy(N_("A page of this portal, such as /help, or an address that begins with https://")),
    )
    starts = StringField(
        lazy(N_("From")), description=lazy(N_("Leave it empty to show the message at once.")), widget=DateTimeLocalInput()
    )
    ends = StringField(lazy(N_("Until")), widget=DateTimeLocalInput())
    dismissible = BooleanField(lazy(N_("People who have an account may dismiss it")), default=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.tone.choices = translated_choices(list(reversed(choices(Tone))))
        self.audience.choices = translated_choices(choices(Audience))


def written_in(announcement: Announcement, zone: str) -> dict[str, Any]:
    """What the form holds before an announcement is changed: its times as the clocks of `zone` show them."""
    names = ("text", "link_label", "link_href", "dismissible")
    times = {"starts": announcement.starts_at, "ends": announcement.ends_at}
    return {
        **{name: getattr(announcement, name) for name in names},
        **{"tone": announcement.tone.value, "audience": announcement.audience.value},
        **{name: "{}T{:%H:%M}".format(*shown_by_clocks(moment, zone)) for name, moment in times.items()},
    }
