"""How the engines find, name and guard uploaded files of records."""

from portal.imports.models import ImportRun
from portal.imports.policies import KEEPER
from portal.kernel.subjects import Subject
from portal.kernel.text import N_

SUBJECTS = {"import_run": Subject(ImportRun, N_("imported file"), KEEPER, lambda run: run.name, lambda run: run.href)}
