"""How the engines find, name and guard mergers."""

from portal.kernel.subjects import Subject
from portal.kernel.text import N_
from portal.mergers.models import Merger
from portal.mergers.policies import READ
from portal.mergers.queries import READABLE

SUBJECTS = {
    "merger": Subject(Merger, N_("merger"), READ, lambda m: m.called, lambda m: m.href, lambda m: (m.kept_id,), options=READABLE)
}
