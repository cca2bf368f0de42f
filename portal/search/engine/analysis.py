"""From text to words: normalised, without accents, stemmed. Documents, questions and highlights share this one path.

Accents and case are dropped, endings are cut as the language of the text has them (`tongues`), very common English words
and elided articles are skipped. Scripts without spaces are cut into single characters, which a question then looks for side
by side.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from portal.search.engine.tongues import ENGLISH, term

#: Only words that carry no meaning in any title: "it", "us", "who" or "can" are also IT, US, WHO and CAN.
STOP_WORDS = frozenset(
    """
    a an and are as at be been but by for from has have if in into is its no of on or our such that the their then there
    these they this those to was were which will with
    """.split()  # noqa: SIM905 - a list of as many strings would fill the screen
)
LONGEST_WORD = 40

#: C++, C# and F# are searched for; one character of Chinese, Japanese or Korean is a word of its own.
_LONE = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
#: Vowels and accents written above or below letters of Hebrew and Arabic, and of Latin where they are no letters of their own.
_POINTS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670"
WORD = re.compile(rf"[cC]\+\+|[cCfF]#|[{_LONE}]|[^\W_{_LONE}]+(?:[{_POINTS}]+[^\W_{_LONE}]*)*(?:['’](?:s\b|(?=[^\W\d_])))?")
#: What French and Italian leave of an article before a vowel: "l'eau", "dell'acqua".
_ELIDED = frozenset("c d j l m n s t qu lorsqu puisqu jusqu un quest all dall dell nell sull coll".split())  # noqa: SIM905 - as above

_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# Python sorts a run of combining marks in quadratic time.
_PILED_MARKS = re.compile(r"([^\w\s\x00-\x7f]{16})[^\w\s\x00-\x7f]+")
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ى": "ي",
        "ة": "ه",
        "ٱ": "ا",
        "ـ": "",
    }
)


@dataclass(frozen=True)
class Word:
    """One word where it stands in a cleaned text."""

    plain: str
    start: int
    end: int

    @property
    def skipped(self) -> bool:
        return not _counts(self.plain)


def clean(text: str) -> str:
    """The text without what no screen can show, in one Unicode form."""
    text = _UNREADABLE.sub(" ", text)
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _PILED_MARKS.sub(r"\1", text))


def words(cleaned: str) -> Iterator[Word]:
    """Every word of a cleaned text, skipped ones too."""
    for match in WORD.finditer(cleaned):
        yield Word(fold(match[0]), match.start(), match.end())


def plain_words(text: str) -> list[str]:
    """Words that count, unstemmed."""
    return [plain for plain in map(fold, WORD.findall(clean(text))) if _counts(plain)]


def words_of(text: str) -> str:
    """All words one after the other, each behind a blank: a text has a word that begins so where its own contain that."""
    return "".join(f" {plain}" for plain in map(fold, WORD.findall(clean(text))) if plain)


def stems(text: str, tongue: str = ENGLISH) -> list[str]:
    """Words that count, stemmed as in that language: the terms of the index."""
    return [term(plain, tongue) for plain in plain_words(text)]


def _counts(plain: str) -> bool:
    return bool(plain) and plain not in STOP_WORDS


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    if word[-1:] in "'’":
        word = word[:-1]
        if word.lower() in _ELIDED:
            return ""
    word = word[: LONGEST_WORD * 2].removesuffix("'s").removesuffix("’s")
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word.casefold())
        word = "".join(char for char in parts if not unicodedata.combining(char)).translate(_PLAIN)
    return word.lower()[:LONGEST_WORD]
