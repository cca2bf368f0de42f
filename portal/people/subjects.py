"""How the engines find, name and guard profiles."""

from portal.kernel.subjects import Subject
from portal.kernel.text import N_
from portal.people.models import Profile
from portal.people.policies import READ
from portal.people.queries import RULED

SUBJECTS = {
    "profile": Subject(Profile, N_("person"), READ, lambda p: p.name, lambda p: p.href, options=RULED),
}
