"""How the engines find, name and guard a file that is held back."""

from portal.files.models import File
from portal.files.policies import READ_OF
from portal.kernel.subjects import Subject
from portal.kernel.text import N_

SUBJECTS = {"file": Subject(File, N_("file"), READ_OF, lambda f: f.name, lambda f: f"/files/held/{f.id}")}
