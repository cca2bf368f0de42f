"""The search over the log."""

from wtforms import SelectField, StringField

from portal.activity.inputs import ACCOUNT, things
from portal.kernel.sentences import kinds_of_facts
from portal.kernel.subjects import all_subjects
from portal.kernel.text import N_
from portal.web.forms import Form
from portal.web.words import gettext, lazy


class AuditForm(Form):
    """What happened, to what, and by whom. Sent by GET: a search can be linked."""

    kind = SelectField(lazy(N_("What happened")), validate_choice=False)
    thing = SelectField(lazy(N_("To what")), validate_choice=False)
    number = StringField(lazy(N_("Its number")), description=lazy(N_("The digits of its reference: 873 for PR-0873.")))
    person = StringField(lazy(N_("By whom")), description=lazy(N_("A name, or part of one.")))

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        labels = {name: gettext(subject.label) for name, subject in all_subjects().items()} | {ACCOUNT: gettext(N_("account"))}
        anything = [("", gettext(N_("Anything")))]
        self.kind.choices = anything + [(kind, kind.replace(".", ": ").replace("_", " ")) for kind in sorted(kinds_of_facts())]
        self.thing.choices = anything + [(name, labels[name]) for name in things()]
