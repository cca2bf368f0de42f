"""Two proposals of the demonstration have files that go with them; one of them is confidential, and replaced later on."""

import io
from dataclasses import dataclass
from typing import IO

from portal.files.inputs import Upload
from portal.files.store import Store
from portal.kernel.seeding import Stage
from portal.proposals.actions import enclose_file
from portal.proposals.inputs import Enclosing
from portal.proposals.models import Proposal
from portal.proposals.states import FileCategory

_FILED = {("leaks", "ingrid"), ("track", "ingrid")}
_ANNEX, _LIFE = "measuring-plan.pdf", "short-cv-lead.pdf"
_PLAN = ("Measuring plan", "Twelve points, one reading a minute, four weeks before anything is changed.")
_BEFORE = ("Short CV of the lead", "Professor since 2015. Three projects with industry, two of them with utilities.")
_SINCE = ("Short CV of the lead and who stands in", "Professor since 2015. Dr Ruth Okafor stands in for the lead.")
_MOST = 1_000_000


@dataclass
class _Part:
    filename: str | None
    stream: IO[bytes]


def add_files(stage: Stage, proposal: Proposal, listing_key: str, author: str) -> None:
    """If it is one of those: a technical annex, and a curriculum vitae for the two parties alone."""
    if (listing_key, author) in _FILED:
        _add(stage, proposal, author, _ANNEX, _PLAN, Enclosing(FileCategory.ANNEX))
        _add(stage, proposal, author, _LIFE, _BEFORE, Enclosing(FileCategory.CV, confidential=True))


def replace_life(stage: Stage, proposal: Proposal, author: str) -> None:
    """Another version of the curriculum vitae."""
    _add(stage, proposal, author, _LIFE, _SINCE, Enclosing(FileCategory.CV, confidential=True))


def _add(stage: Stage, proposal: Proposal, author: str, name: str, lines: tuple[str, ...], given: Enclosing) -> None:
    part = _Part(name, io.BytesIO(_page(lines)))
    with Store(stage.files, limit_bytes=_MOST).keeping(part.stream) as kept:
        enclose_file(stage.session, proposal, Upload(part), kept, given, actor=stage.actor_of(author))


def _page(lines: tuple[str, ...]) -> bytes:
    """A PDF of one page with these lines."""
    said = "".join(f"({line}) Tj 0 -24 Td " for line in lines)
    text = f"BT /F1 12 Tf 56 760 Td {said}ET".encode("ascii")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        font,
    )
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n" + table + end
