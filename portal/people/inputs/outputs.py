"""What people wrote: read from a list of DOIs, from BibTeX or from CSL-JSON. What cannot be read is told, the rest is kept."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_, Words, one_line

MOST_OUTPUTS = 200
LONGEST_TEXT = 400_000
Output = dict[str, str]  # title, year, doi, authors, venue: at least a title or a DOI
# Source: Crossref's pattern for the DOIs in use; letters count alike in either case.
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}/[-._;()/:a-z0-9<>\[\]]+)", re.IGNORECASE)
_BIBTEX = re.compile(r"@\s*[a-z]+\s*[{(]", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[5-9]|20)[0-9]{2}\b")
_MOST = {"title": 300, "authors": 300, "venue": 200}
# The parser writes what it could not read, which is what somebody entered, into the log.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False


@dataclass(frozen=True)
class NewOutputs:
    """Text in one of the three forms, told apart by how it begins; `found`, and what could not be read with its line."""

    text: str
    found: tuple[Output, ...] = field(default=(), init=False)
    problems: tuple[Words, ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        text = inputs.passage("text", self.text, most=LONGEST_TEXT)
        read = _csl if text[0] in "[{" else _bibtex if _BIBTEX.search(text) else _dois
        found: list[Output] = []
        problems: list[Words] = []
        for each in read(text):
            if isinstance(each, Words):
                problems.append(each)
            else:
                found.append(each)
        if len(found) > MOST_OUTPUTS:
            raise Invalid("text", N_("Keep to %(most)s works at a time."), most=MOST_OUTPUTS)
        object.__setattr__(self, "found", tuple(found))
        object.__setattr__(self, "problems", tuple(problems))


def doi(text: str) -> str:
    """A DOI in its one form, `10.1000/182`, given so or as its address; empty where it is none."""
    found = _DOI.fullmatch(text.strip().rstrip(".,"))
    return found[1].lower() if found else ""


def _dois(text: str) -> Iterator[Output | Words]:
    for number, line in enumerate(text.split("\n"), 1):
        for word in line.split():
            if made := _output({"doi": word}):
                yield made
            else:
                yield Words(N_("Line %(line)s: “%(what)s” is no DOI."), {"line": number, "what": word[:60]})


def _bibtex(text: str) -> Iterator[Output | Words]:
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    for block in library.failed_blocks:
        yield Words(N_("Line %(line)s: this entry cannot be read."), {"line": (block.start_line or 0) + 1})
    for entry in library.entries:
        values = {each.key.lower(): str(each.value) for each in entry.fields}
        made = _output(
            {
                "title": values.get("title", ""),
                "authors": values.get("author", "").replace(" and ", "; "),
                "year": values.get("year", "") or values.get("date", ""),
                "doi": values.get("doi", ""),
                "venue": values.get("journal", "") or values.get("booktitle", "") or values.get("publisher", ""),
            }
        )
        yield made or Words(N_("Line %(line)s: this entry has no title."), {"line": (entry.start_line or 0) + 1})


def _csl(text: str) -> Iterator[Output | Words]:
    try:
        items = json.loads(text)
    except (ValueError, RecursionError):
        yield Words(N_("This is no CSL-JSON: it begins like it and cannot be read."))
        return
    for number, item in enumerate(items if isinstance(items, list) else [items], 1):
        made = _output(_of_item(item)) if isinstance(item, Mapping) else None
        yield made or Words(N_("Item %(number)s has neither a title nor a DOI."), {"number": number})


def _of_item(item: Mapping[str, Any]) -> dict[str, Any]:
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    authors = item.get("author")
    people = (each for each in authors if isinstance(each, Mapping)) if isinstance(authors, list) else ()
    return {
        "title": item.get("title"),
        "authors": "; ".join(filter(None, map(_name_in, people))),
        "year": json.dumps(parts) if parts else json.dumps(issued),
        "doi": item.get("DOI"),
        "venue": item.get("container-title") or item.get("publisher"),
    }


def _name_in(person: Mapping[str, Any]) -> str:
    """`Solheim, Ingrid`, or a group's name."""
    parts = (person.get("literal"),) if person.get("literal") else (person.get("family"), person.get("given"))
    return ", ".join(part for part in parts if isinstance(part, str) and part)


def _output(values: Mapping[str, Any]) -> Output | None:
    """The clean fields of one work, or None where it has neither title nor DOI."""
    made = {name: _plain(values.get(name), most) for name, most in _MOST.items()}
    made["doi"] = doi(_plain(values.get("doi"), 200))
    year = _YEAR.search(_plain(values.get("year"), 200))
    made["year"] = year[0] if year else ""
    return made if made["title"] or made["doi"] else None


def _plain(value: Any, most: int) -> str:
    text = one_line(value[: most * 4]).replace("{", "").replace("}", "") if isinstance(value, str) else ""
    return text if len(text) <= most else f"{text[: most - 1]}…"
