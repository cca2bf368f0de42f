"""How the engines find, name and guard each type of thing."""

from portal.annexes import subjects as annexes_subjects
from portal.announcements import subjects as announcements_subjects
from portal.board import subjects as board_subjects
from portal.collaborations import subjects as collaborations_subjects
from portal.emergencies import subjects as emergencies_subjects
from portal.files import subjects as files_subjects
from portal.imports import subjects as imports_subjects
from portal.kernel.subjects import Subject
from portal.listings import subjects as listings_subjects
from portal.listings.states import Kind
from portal.mergers import subjects as mergers_subjects
from portal.organisations import subjects as organisations_subjects
from portal.people import subjects as people_subjects
from portal.proposals import subjects as proposals_subjects
from portal.questions import subjects as questions_subjects
from portal.search import subjects as search_subjects

# What people read out on the telephone: the letters of a reference, and the table of what it names.
REFERENCES: dict[str, str] = {
    **{kind.facts.prefix: "listing" for kind in Kind},
    "EI": "interest",
    "PR": "proposal",
    "CO": "collaboration",
}

# How the engines find, name and guard each type of thing, by table name.
SUBJECTS: dict[str, Subject] = {
    **search_subjects.SUBJECTS,
    **files_subjects.SUBJECTS,
    **imports_subjects.SUBJECTS,
    **organisations_subjects.SUBJECTS,
    **emergencies_subjects.SUBJECTS,
    **announcements_subjects.SUBJECTS,
    **mergers_subjects.SUBJECTS,
    **people_subjects.SUBJECTS,
    **listings_subjects.SUBJECTS,
    **annexes_subjects.SUBJECTS,
    **questions_subjects.SUBJECTS,
    **board_subjects.SUBJECTS,
    **proposals_subjects.SUBJECTS,
    **collaborations_subjects.SUBJECTS,
}
