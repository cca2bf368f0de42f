"""The search language: words, "exact phrases", -not, OR, and prefix*. Everything else is text.

Words must all occur, or an acronym for them, or what they are short for; `OR` joins its two neighbours (`a b OR c` asks for
`a` and one of `b`, `c`); there is nothing to nest. Whatever is typed means something and nothing is refused: what has no
meaning here is read as words or skipped.
Fields cannot be named, so the labels that decide who may read are out of reach.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from portal.search.engine import analysis, synonyms
from portal.search.engine.analysis import Word
from portal.search.engine.tongues import ENGLISH, MARKS, TONGUES, term

MAX_CHARACTERS = 256
MAX_WORDS = 32
#: A shorter prefix would match a large part of the dictionary.
SHORTEST_PREFIX = 3
#: What another way to write a word counts, compared with the word; words side by side count as much together.
ALIKE_PERCENT = 30

_ENDINGS = ("", "e", "y", "al", "ed", "er", "or", "ing", "ion", "ity", "ive", "ous", "able", "ment")
_OTHER_ENDINGS = ("", "e", "en", "ion")
_PIECE = re.compile(r'-?"[^"]*"?|[^\s"]+')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


@dataclass(frozen=True)
class Atom:
    """One word, several side by side, or every word that begins so.

    Args:
        stems: as an English text has them.
        prefix: any stem that begins so will do, and any of `stems`.
        said: what was typed for it.
        others: `stems` as a text in another language has them, by language.
        lone: the word, where it is one that may be written otherwise.
        percent: how much it counts, compared with what was typed.
    """

    stems: tuple[str, ...]
    prefix: str = ""
    said: str = field(default="", compare=False)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    lone: str | None = field(default=None, compare=False)
    percent: int = 100

    def way(self, tongue: str) -> tuple[str, ...]:
        """Its stems as a text in that language has them."""
        return self.others.get(tongue, self.stems)

    @property
    def ways(self) -> tuple[tuple[str, ...], ...]:
        """Its stems in each language."""
        return (self.stems, *self.others.values())

    @property
    def terms(self) -> tuple[str, ...]:
        prefixes = [f"{mark}{self.prefix}*" for mark in MARKS.values()] if self.prefix else []
        return (*(stem for way in self.ways for stem in way), *prefixes)


@dataclass(frozen=True)
class Parsed:
    """A question in parts.

    Args:
        text: what was understood, cut to length.
        groups: all must be met, each by any of its atoms; empty asks for everything.
        excluded: none of these may occur.
        words: the words asked for, where they stand in `text`.
    """

    text: str
    groups: tuple[tuple[Atom, ...], ...]
    excluded: tuple[Atom, ...]
    words: tuple[Word, ...]

    @property
    def asks_nothing(self) -> bool:
        """Everything meets it."""
        return not self.groups and not self.excluded

    @property
    def atoms(self) -> int:
        """How many there are to be ranked by."""
        return sum(map(len, self.groups))

    @property
    def terms(self) -> tuple[str, ...]:
        """What to mark in a text that was found."""
        return tuple(dict.fromkeys(term for group in self.groups for atom in group for term in atom.terms))


def parse(text: str) -> Parsed:
    """Read what somebody typed; never raises, whatever it is."""
    return _parse(text[: MAX_CHARACTERS * 2])


@lru_cache(maxsize=1_024)
def _parse(text: str) -> Parsed:
    cleaned = " ".join(analysis.clean(text).translate(_QUOTES).split())[:MAX_CHARACTERS]
    groups: list[tuple[Atom, ...]] = []
    excluded: list[Atom] = []
    asked: list[Word] = []
    left, joins = MAX_WORDS, False
    for piece in _PIECE.finditer(cleaned):
        if piece[0] == "OR":
            joins = bool(groups)
            continue
        barred = piece[0].startswith("-") and not piece[0].startswith("--")
        found = _words(cleaned, piece.start(), piece.end())[:left]
        atom = _atom(piece[0], found, cleaned)
        if atom is None:
            continue
        left -= len(found)
        if barred:
            excluded.append(atom)
        elif joins:
            groups[-1] = (*groups[-1], atom)
        else:
            groups.append((atom,))
        if not barred and not atom.prefix:
            asked.extend(found)
        joins = False
    # What is one word in English is one word: it would otherwise count twice in English texts.
    alternatives = (tuple(dict.fromkeys(group)) for group in _widened(groups))
    return Parsed(cleaned, tuple(dict.fromkeys(alternatives)), tuple(dict.fromkeys(excluded)), tuple(asked))


def _widened(groups: list[tuple[Atom, ...]]) -> list[tuple[Atom, ...]]:
    """The groups, those of lone words with other ways to write them. What several words are short for is added to each."""
    lone = [group[0].lone if len(group) == 1 else None for group in groups]
    for places, (said, words) in synonyms.also_written(lone):
        other = replace(_side_by_side(words, said), percent=ALIKE_PERCENT // len(words))
        for place in places:
            groups[place] = (*groups[place], other)
    return groups


def _words(cleaned: str, start: int, end: int) -> list[Word]:
    piece = cleaned[start:end]
    return [
        Word(word.plain, word.start + start, word.end + start)
        for word in analysis.words(piece)
        if not word.skipped or piece.endswith("*")
    ]


def _atom(piece: str, found: list[Word], cleaned: str) -> Atom | None:
    if not found:
        return None
    said = cleaned[found[0].start : found[-1].end]
    if piece.endswith("*") and len(found) == 1 and len(found[0].plain) >= SHORTEST_PREFIX and '"' not in piece:
        beginning = found[0].plain
        cut = {tongue: _cut_shorter(beginning, tongue) for tongue in TONGUES}
        return Atom(cut.pop(ENGLISH), beginning, said, cut)
    lone = found[0].plain if len(found) == 1 and '"' not in piece else None
    return replace(_side_by_side([word.plain for word in found], said), lone=lone)


def _side_by_side(plain: Sequence[str], said: str) -> Atom:
    ways = {tongue: tuple(term(word, tongue) for word in plain) for tongue in TONGUES}
    return Atom(ways.pop(ENGLISH), said=said, others=ways)


def _cut_shorter(prefix: str, tongue: str) -> tuple[str, ...]:
    """Stems of words that begin so and are cut to less: `collaborat*` means "collaborate", which is kept as "collabor"."""
    stems = {term(prefix + ending, tongue) for ending in (_ENDINGS if tongue == ENGLISH else _OTHER_ENDINGS)}
    return tuple(sorted(stem for stem in stems if not stem.startswith(MARKS[tongue] + prefix)))
