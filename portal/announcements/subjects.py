"""How the engines find, name and guard announcements. In the log their words are for administrators alone."""

from portal.announcements.models import Announcement
from portal.kernel.policy import ADMIN
from portal.kernel.subjects import Subject
from portal.kernel.text import N_

SUBJECTS = {
    "announcement": Subject(Announcement, N_("announcement"), ADMIN, lambda a: f"“{a.text}”", lambda _a: "/admin/announcements")
}
