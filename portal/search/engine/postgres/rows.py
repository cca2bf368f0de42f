"""How an entry lies in the tables: its words with places and weights, its labels in one array."""

import itertools
import zlib
from collections.abc import Iterable

from portal.search.engine.query import FACETS
from portal.search.engine.ranking import TEXT_FIELDS
from portal.search.engine.schema import Entry
from portal.search.engine.tongues import tongue_of

#: A label is the letter of its facet and its value.
LETTERS = {name: chr(ord("a") + number) for number, name in enumerate(FACETS)}
#: PostgreSQL knows four weights, so some fields share one.
_CLASSES = {"title": "A", "reference": "A", "summary": "B", "topics": "B", "text": "C", "organisation": "D"}
#: Of the classes D, C, B and A.
WEIGHTS = [max(TEXT_FIELDS[name].weight for name in TEXT_FIELDS if _CLASSES[name] == each) for each in "DCBA"]

# What PostgreSQL keeps of a text: places up to here, so many of one word, and all that within a megabyte.
_LAST_PLACE = 16_383
_MOST_PLACES = 255
_MOST_BYTES = 1_000_000
_BYTES_PER_WORD = 8
_BYTES_PER_PLACE = 2

LETTERS_WRONG = 2  # at most, in a word that is still known again


def document_row(entry: Entry) -> dict[str, object]:
    """A row of the table of documents."""
    labels = [LETTERS[name] + value for name, values in entry.labels.items() if name in LETTERS for value in values]
    numbers: dict[str, object] = {**entry.numbers}
    return numbers | {
        "title": entry.title,
        "tongue": tongue_of(next(iter(entry.labels["language"]), "")),
        "readers": storable(entry.labels["reader"]),
        "labels": labels,
        "title_words": list(entry.labels["word"]),
        "words": vector(entry.words),
    }


def word_rows(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """Rows of the table of words, sorted, so that two writers never wait for one another crosswise."""
    words = sorted({word for entry in entries for word in entry.labels["word"]})
    return [{"word": word, "near": sorted(near(word, LETTERS_WRONG))} for word in words]


def storable(values: Iterable[str]) -> list[str]:
    """Without what PostgreSQL cannot hold, which therefore equals nothing that it holds."""
    return [value for value in values if "\x00" not in value and _encodes(value)]


def vector(words: dict[str, tuple[str, ...]]) -> str:
    """Text of a `tsvector`: every stem with its places, fields one after the other with a gap, each place with its weight."""
    places: dict[str, list[str]] = {}
    size, place = 0, 1
    for name in TEXT_FIELDS:
        for word in words[name]:
            if size > _MOST_BYTES:
                break
            if word not in places:
                size += len(word.encode()) + _BYTES_PER_WORD
            found = places.setdefault(word, [])
            if place <= _LAST_PLACE and len(found) < _MOST_PLACES:
                found.append(f"{place}{_CLASSES[name]}")
                size += _BYTES_PER_PLACE
            place += 1
        place += 1
    return " ".join(f"{lexeme(word)}:{','.join(found)}" if found else lexeme(word) for word, found in places.items())


def lexeme(word: str) -> str:
    """A word as PostgreSQL reads it in the text of a `tsvector` or `tsquery`."""
    doubled = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def near(word: str, wrong: int) -> set[int]:
    """What two words have in common that are at most so many letters apart: each with so many letters left out, in numbers."""
    shorter = {word}
    for missing in range(1, min(wrong, len(word) - 1) + 1):
        shorter.update(map("".join, itertools.combinations(word, len(word) - missing)))
    return {zlib.crc32(form.encode()) - (1 << 31) for form in shorter}


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
