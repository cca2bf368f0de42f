"""Forms about people."""

from typing import Any

from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from portal.kernel.text import N_
from portal.people.models import Profile
from portal.web.forms import Form
from portal.web.words import lazy


class LookupForm(Form):
    """Look for a person by name."""

    class Meta:
        csrf = False  # it only asks

    q = StringField(lazy(N_("Name")), description=lazy(N_("At least three letters of the first or last name.")))


class ProfileForm(Form):
    """One's own page. Who reads it is the last question, and the answer is no until somebody says yes."""

    version = HiddenField()
    headline = StringField(lazy(N_("In one line")), description=lazy(N_("Such as professor of machine dynamics.")))
    about = TextAreaField(
        lazy(N_("About you")),
        description=lazy(N_("What you work on. Markdown works: **bold**, - lists, [links](https://example.org).")),
    )
    expertise = TextAreaField(lazy(N_("Expertise")), description=lazy(N_("One term a line, such as signal processing.")))
    orcid = StringField(lazy(N_("ORCID iD")), description=lazy(N_("Such as 0000-0002-1825-0097.")))
    open_to = StringField(lazy(N_("Open to")), description=lazy(N_("Such as joint proposals, theses, lab visits.")))
    contactable = BooleanField(lazy(N_("Say on my page that I am open to new partners")))
    listed = BooleanField(
        lazy(N_("Let everybody find me")),
        description=lazy(
            N_(
                "Your name, post, organisations and this page stand in the public directory. "
                "Without it only you and members of your organisations see the page. Your e-mail address is never shown."
            )
        ),
    )

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, obj=profile, **kwargs)
        if not self.is_submitted():
            self.expertise.data = "\n".join(profile.expertise)
