"""How the engines find, name and guard saved searches."""

from portal.kernel.subjects import Subject
from portal.kernel.text import N_
from portal.search.models import SavedSearch
from portal.search.policies import OWN

SUBJECTS = {"saved_search": Subject(SavedSearch, N_("saved search"), OWN, lambda s: s.title, lambda s: s.href)}
