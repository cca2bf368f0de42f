"""Whom files concern: those who take part in the thing. A file is no reason for a mail."""

from portal.files.events import FileAdded, SideFileAdded
from portal.kernel.notices import Notice, taking_part
from portal.kernel.text import N_

_NOTHING = N_("You need do nothing now.")
_SEE = N_("See the files")

NOTICES = (
    Notice(FileAdded, taking_part, N_("%(actor)s added a file to “%(title)s”"), _NOTHING, _SEE, mail=False),
    Notice(
        SideFileAdded,
        taking_part,
        N_("%(actor)s added a file for colleagues to “%(title)s”"),
        _NOTHING,
        _SEE,
        mail=False,
        inside=True,
    ),
)
