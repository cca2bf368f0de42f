"""Words that somebody may have meant, and titles that begin so. Only what the viewer may see is ever offered."""

from collections import Counter

import numpy as np

from portal.search.engine import analysis
from portal.search.engine.parser import Parsed
from portal.search.engine.query import Completion
from portal.search.engine.ranking import Numbers
from portal.search.engine.snapshot import Part, Snapshot
from portal.search.engine.tongues import term

#: A shorter word has too many neighbours for any of them to be meant.
SHORTEST_WORD = 4
#: From this length on two letters may be wrong.
LONG_WORD = 7
#: Among so many titles there are enough different ones.
NEWEST = 200


def corrected(snapshot: Snapshot, parsed: Parsed, visible: Numbers) -> str | None:
    """The text with each unknown word replaced by the nearest one of a visible title; None if nothing would change."""
    text = parsed.text
    for word in sorted(parsed.words, key=lambda word: word.start, reverse=True):
        if any(_known(snapshot, term(word.plain, tongue), visible) for tongue in snapshot.tongues):
            continue
        if better := nearest(snapshot, word.plain, visible):
            text = text[: word.start] + better + text[word.end :]
    return None if text == parsed.text else text


def nearest(snapshot: Snapshot, word: str, visible: Numbers) -> str | None:
    """The word of visible titles that takes the fewest changes to reach, then the most frequent one."""
    if len(word) < SHORTEST_WORD:
        return None
    allowed = 2 if len(word) >= LONG_WORD else 1
    found: Counter[str] = Counter()
    for part in snapshot.parts:
        for place in _alike(part, word.encode(), allowed).tolist():
            candidate = part.data.lexicons["word"][place].decode()
            if distance(word, candidate, allowed) <= allowed:
                holders = part.data.arrays["word.documents"][part.data.run("word", place)]
                found[candidate] += int(np.count_nonzero(visible[holders + part.base]))
    seen = [(distance(word, candidate, allowed), -times, candidate) for candidate, times in found.items() if times]
    return min(seen)[2] if seen else None


def distance(one: str, other: str, limit: int) -> int:
    """Letters to add, drop, change or swap with their neighbour; above `limit` any larger number."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, mate in enumerate(other, start=1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != mate))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == mate:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > limit:
            return limit + 1
        before, above = above, line
    return above[-1]


def completions(snapshot: Snapshot, text: str, visible: Numbers, limit: int) -> tuple[Completion, ...]:
    """Visible titles with all words of the text, the last of which may be unfinished; the newest first."""
    typed = [word.plain for word in analysis.words(analysis.clean(text[:200]))]
    if not typed:
        return ()
    last, others = typed[-1], [word for word in typed[:-1] if word not in analysis.STOP_WORDS]
    found = [_with_words(part, others, last) + part.base for part in snapshot.parts]
    documents = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
    documents = documents[visible[documents]]
    published = snapshot.column("published_at").take(documents)
    if len(documents) > NEWEST:
        near = np.flatnonzero(published >= np.partition(published, -NEWEST)[-NEWEST])
        documents, published = documents.take(near), published.take(near)
    ids = snapshot.column("id").take(documents)
    titles: dict[str, int] = {}
    for place in np.lexsort((ids, published))[::-1].tolist():
        titles.setdefault(_title(snapshot, int(documents[place])), int(ids[place]))
        if len(titles) >= limit:
            break
    return tuple(Completion(id, title) for title, id in titles.items())


def _known(snapshot: Snapshot, stem: str, visible: Numbers) -> bool:
    for part in snapshot.parts:
        place = part.data.lexicons["term"].find(stem.encode())
        if place >= 0:
            holders = part.data.arrays["post.documents"][part.data.run("post", place)]
            if visible[holders + part.base].any():
                return True
    return False


def _alike(part: Part, word: bytes, allowed: int) -> Numbers:
    """Places of words close in length and letters: a change of one letter alters at most two bits."""
    spread = allowed if word.isascii() else 3 * allowed  # a letter outside ASCII is several bytes
    arrays = part.data.arrays
    near = np.abs(np.diff(arrays["word.ends"].astype(np.int64)) - len(word)) <= spread
    letters = np.bitwise_or.reduce([np.uint64(1 << (byte & 63)) for byte in word])
    return np.flatnonzero(near & (np.bitwise_count(arrays["word.letters"] ^ letters) <= 2 * spread))


def _with_words(part: Part, words: list[str], last: str) -> Numbers:
    lexicon, holders = part.data.lexicons["word"], part.data.arrays["word.documents"]
    first, end = lexicon.starting_with(last.encode())
    documents = np.unique(holders[part.data.run("word", first, end)]) if end > first else holders[:0]
    for word in words:
        place = lexicon.find(word.encode())
        own = holders[part.data.run("word", place)] if place >= 0 else holders[:0]
        documents = np.intersect1d(documents, own)
    return documents.astype(np.int64)


def _title(snapshot: Snapshot, document: int) -> str:
    part = next(part for part in reversed(snapshot.parts) if part.base <= document)
    return part.data.lexicons["title"][document - part.base].decode()
