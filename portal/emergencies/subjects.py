"""How the engines find, name and guard readings in an emergency."""

from portal.emergencies.models import Emergency
from portal.emergencies.policies import READ
from portal.emergencies.queries import READABLE
from portal.kernel.subjects import Subject
from portal.kernel.text import N_

SUBJECTS = {
    "emergency": Subject(
        Emergency, N_("reading in an emergency"), READ, lambda e: e.reference, lambda e: e.href, options=READABLE
    )
}
