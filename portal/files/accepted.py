"""Which files are taken: the end of the name and the bytes must agree. Archives are never unpacked."""

import codecs
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

import filetype

from portal.kernel.errors import Invalid
from portal.kernel.text import N_

_ZIP = "application/zip"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body")
_BLOCK = 65_536
_DIRECTORY_END = struct.Struct("<4s4H2LH")  # a ZIP archive's end of central directory
_MOST_MEMBERS, _LARGEST_DIRECTORY = 5_000, 1_000_000


@dataclass(frozen=True)
class Accepted:
    """What the bytes of such a file may look like; `folder` is what an office document holds besides its table of contents."""

    content_type: str
    sniffed: tuple[str | None, ...]
    folder: str = ""


ACCEPTED = {
    "pdf": Accepted("application/pdf", ("application/pdf",)),
    "docx": Accepted(f"{_OFFICE}wordprocessingml.document", (f"{_OFFICE}wordprocessingml.document", _ZIP), "word/"),
    "xlsx": Accepted(f"{_OFFICE}spreadsheetml.sheet", (f"{_OFFICE}spreadsheetml.sheet", _ZIP), "xl/"),
    "pptx": Accepted(f"{_OFFICE}presentationml.presentation", (f"{_OFFICE}presentationml.presentation", _ZIP), "ppt/"),
    "odt": Accepted(f"{_ODF}text", (f"{_ODF}text",)),
    "ods": Accepted(f"{_ODF}spreadsheet", (f"{_ODF}spreadsheet",)),
    "odp": Accepted(f"{_ODF}presentation", (f"{_ODF}presentation",)),
    "png": Accepted("image/png", ("image/png",)),
    "jpg": Accepted("image/jpeg", ("image/jpeg",)),
    "jpeg": Accepted("image/jpeg", ("image/jpeg",)),
    "webp": Accepted("image/webp", ("image/webp",)),
    "txt": Accepted("text/plain", (None,)),
    "md": Accepted("text/plain", (None,)),
    "csv": Accepted("text/csv", (None,)),
    "json": Accepted("application/json", (None,)),
    "zip": Accepted(_ZIP, (_ZIP,)),
}


def extension_of(name: str) -> str:
    """`pdf` for `Offer.PDF`; empty where there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def content_type_of(name: str, path: Path) -> str:
    """The type a file is served as, which its name promises and its bytes keep.

    Raises:
        Invalid: the bytes are something else, or an office document holds macros.
    """
    kind = ACCEPTED[extension_of(name)]
    found = filetype.guess(str(path))
    if (found.mime if found else None) not in kind.sniffed:
        raise _not_what_it_says(name)
    if kind.sniffed == (None,) and not _is_text(path):
        raise _not_what_it_says(name)
    if kind.folder:
        _check_office(name, path, kind.folder)
    return kind.content_type


def _not_what_it_says(name: str) -> Invalid:
    return Invalid(
        "file",
        N_("The content of this file is not what “.%(extension)s” promises. Save it again in that format, or choose another."),
        extension=extension_of(name),
    )


def _is_text(path: Path) -> bool:
    """Text in whatever encoding: no control characters, and no markup that a browser would run."""
    with path.open("rb") as file:
        block = file.read(_BLOCK)
        if block.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower().startswith(_MARKUP):
            return False
        while block:
            if len(block.translate(None, _CONTROLS)) != len(block):
                return False
            block = file.read(_BLOCK)
    return True


def _check_office(name: str, path: Path, folder: str) -> None:
    """Read the table of contents, and that only where it is of a size a document has."""
    try:
        _check_directory_size(path)
        with zipfile.ZipFile(path) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise _not_what_it_says(name) from problem
    if "[Content_Types].xml" not in members or not any(member.startswith(folder) for member in members):
        raise _not_what_it_says(name)
    if any(member.lower().endswith("vbaproject.bin") for member in members):
        raise Invalid("file", N_("This document contains macros. Save a copy without them."))


def _check_directory_size(path: Path) -> None:
    """A table of contents can name half a million members in 25 MB: refuse it before it is read."""
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, 66_000), 2)
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _DIRECTORY_END.size:
        raise zipfile.BadZipFile
    _sign, _disk, _start, _here, members, size, _offset, _comment = _DIRECTORY_END.unpack_from(tail, at)
    if members > _MOST_MEMBERS or size > _LARGEST_DIRECTORY:
        raise zipfile.BadZipFile
