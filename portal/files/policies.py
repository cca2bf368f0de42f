"""Who learns what about a file that is held back; fetching one is decided by the thing it is on."""

from portal.files.models import File
from portal.files.states import FileState
from portal.kernel.policy import ADMIN, Rule
from portal.kernel.text import N_

UPLOADER = Rule(
    N_("whoever added it"),
    lambda actor, file: actor.is_person and file.uploaded_by_id == actor.id,
    lambda actor: File.uploaded_by_id == actor.id,
)
HELD_BACK = Rule(
    N_("while it is held back"),
    lambda _actor, file: file.state is FileState.QUARANTINED,
    lambda _actor: File.state == FileState.QUARANTINED,
)
READ_OF = HELD_BACK & (UPLOADER | ADMIN)
RECHECK = HELD_BACK & ADMIN
