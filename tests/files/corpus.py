"""Files as people send them, and files as others would like them to be taken."""

import io
import struct
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 64
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\0" * 64
EXE = b"MZ" + b"\0" * 128
ELF = b"\x7fELF" + b"\0" * 128
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def archive(*members, first=None):
    """A ZIP archive with these members; `first` is the type an OpenDocument file begins with."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        if first:
            file.writestr(zipfile.ZipInfo("mimetype"), first)
        for member in members:
            file.writestr(member, "x" * 50)
    return made.getvalue()


DOCX = archive("[Content_Types].xml", "_rels/.rels", "word/document.xml")
LATE_DOCX = archive("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "customXml/item1.xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
PPTX = archive("[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml")
ODT = archive("content.xml", first="application/vnd.oasis.opendocument.text")
ZIP = archive("data.csv")


def claiming_members(data, members):
    """The archive `data` whose table of contents claims to have so many members."""
    at = data.rfind(b"PK\x05\x06")
    return data[: at + 8] + struct.pack("<2H", members, members) + data[at + 12 :]


GOOD = {
    "Offer.pdf": (PDF, "application/pdf"),
    "OFFER.PDF": (PDF, "application/pdf"),
    "plan.docx": (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "late.docx": (LATE_DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "budget.xlsx": (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "talk.pptx": (PPTX, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "text.odt": (ODT, "application/vnd.oasis.opendocument.text"),
    "picture.png": (PNG, "image/png"),
    "photo.jpg": (JPEG, "image/jpeg"),
    "photo.jpeg": (JPEG, "image/jpeg"),
    "photo.webp": (WEBP, "image/webp"),
    "data.zip": (ZIP, "application/zip"),
    "notes.txt": ("Überblick".encode(), "text/plain"),
    "old.txt": ("Überblick".encode("latin-1"), "text/plain"),
    "data.csv": (b"\xef\xbb\xbfa;b\r\n1;2\r\n", "text/csv"),
    "data.json": (b'{"a": 1}', "application/json"),
    "read.me.md": (b"# Title", "text/plain"),
}
BAD = {
    "page.html": HTML,
    "picture.svg": SVG,
    "feed.xml": b"<?xml version='1.0'?><a/>",
    "program.exe": EXE,
    "script.sh": b"#!/bin/sh\n",
    "macro.docm": DOCX,
    "no-extension": PDF,
    ".pdf": PDF,
    "offer.pdf.exe": PDF,
    "program.pdf": EXE,
    "page.pdf": HTML,
    "picture.png": SVG,
    "photo.jpg": PNG,
    "page.txt": HTML,
    "spaced.txt": b"\xef\xbb\xbf \n\t" + SVG,
    "binary.txt": ELF,
    "nul.csv": b"a;b\x00c",
    "pdf.txt": PDF,
    "zip.docx": ZIP,
    "sheet.docx": XLSX,
    "macros.docx": archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "torn.docx": DOCX[:60],
    "huge.docx": claiming_members(DOCX, 60_000),
    "text.odt": ZIP,
    "rar.zip": b"Rar!\x1a\x07\x00" + b"\0" * 64,
    "empty.pdf": b"",
}
