"""Sentences for people, and the cleaning of text that people type."""

import itertools
import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

# Bidirectional overrides can make a title read differently from what it is; zero-width marks hide text.
_INVISIBLE = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x2060, 0xFEFF])
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})  # control characters, marks of format, halves of a surrogate pair
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_OTHER_BREAKS = frozenset("\r\x0b\x0c\x85\u2028\u2029")
_PLAIN = re.compile(r"[\t\n -~]*")  # what most texts are made of, with nothing to clean away
_SPACES = re.compile(r"[ \t\u00a0]+")
_DASHES = re.compile(r"[^a-z0-9]+")
# Letters that are no base letter with a mark, and so stay whole when Unicode takes letters apart.
_WITHOUT_PARTS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
)
_KEPT = frozenset("\n\t\r\x0b\x0c\x85\u200c\u200d\u200e\u200f")  # line breaks become one kind; joiners shape letters


def N_(sentence: str) -> str:
    """Mark `sentence` for translation without translating it: the edge does that."""
    return sentence


@dataclass(frozen=True)
class Words:
    """A sentence with its parameters apart, so that the edge can translate it."""

    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence % {name: str(value) for name, value in self.params.items()} if self.params else self.sentence


def one_line(text: str) -> str:
    """`text` as a title may hold it: NFC, one line, no control or direction-changing characters."""
    return _SPACES.sub(" ", clean(text).replace("\n", " ").replace("\t", " ")).strip()


def clean(text: str) -> str:
    """`text` in NFC with `\\n` line ends and without control characters or lone surrogates."""
    if _PLAIN.fullmatch(text):
        return text.strip()
    # A long text has few different characters: only those are looked at one by one.
    letters = set(text)
    if hidden := [ord(c) for c in letters if _is_hidden(c)]:
        text = text.translate(dict.fromkeys(hidden))
    if not letters.isdisjoint(_OTHER_BREAKS):
        text = _LINE_BREAKS.sub("\n", text)
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()


@lru_cache(maxsize=4096)
def _is_hidden(letter: str) -> bool:
    return ord(letter) in _INVISIBLE or (unicodedata.category(letter) in _HIDDEN and letter not in _KEPT)


def folded(text: str) -> str:
    """`text` as names are compared: without case, accents, punctuation or doubled spaces."""
    # Twice: what looks like a letter, as 𝕊 does, is a capital one only after it was taken apart.
    apart = unicodedata.normalize("NFKD", clean(text)).casefold().translate(_WITHOUT_PARTS)
    plain = unicodedata.normalize("NFKD", apart)
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def slug(text: str) -> str:
    """`text` as an address part: ASCII letters, digits and dashes, at most 80 characters, never empty."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_WITHOUT_PARTS)).encode("ascii", "ignore").decode()
    return _DASHES.sub("-", plain).strip("-")[:80].strip("-") or "x"


def free_slug(text: str, taken: Container[str]) -> str:
    """The slug of `text`, numbered from 2 on until it is not among `taken`."""
    wanted = slug(text)
    if wanted not in taken:
        return wanted
    stem = wanted[:70].strip("-")
    return next(numbered for number in itertools.count(2) if (numbered := f"{stem}-{number}") not in taken)
