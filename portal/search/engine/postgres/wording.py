"""Words that somebody may have meant, and titles that begin so, from what the viewer may see; as `spelling` does it."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, Text, any_, cast, exists, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from portal.search.engine import analysis
from portal.search.engine.parser import Parsed
from portal.search.engine.postgres.asking import numbers, texts, visible, word_in_any_language
from portal.search.engine.postgres.rows import near
from portal.search.engine.postgres.tables import Tables
from portal.search.engine.query import Completion
from portal.search.engine.spelling import LONG_WORD, NEWEST, SHORTEST_WORD, distance


def corrected(connection: Connection, tables: Tables, parsed: Parsed, readers: tuple[str, ...]) -> str | None:
    """The text with each unknown word replaced by the nearest one of a visible title; None if nothing would change."""
    unknown = _unknown(connection, tables, list(dict.fromkeys(word.plain for word in parsed.words)), readers)
    better = _nearest(connection, tables, [word for word in unknown if len(word) >= SHORTEST_WORD], readers)
    text = parsed.text
    for word in sorted(parsed.words, key=lambda word: word.start, reverse=True):
        if word.plain in better:
            text = text[: word.start] + better[word.plain] + text[word.end :]
    return None if text == parsed.text else text


def completions(
    connection: Connection, tables: Tables, text: str, readers: tuple[str, ...], limit: int
) -> tuple[Completion, ...]:
    """Visible titles with all words of the text, the last of which may be unfinished; the newest first."""
    typed = [word.plain for word in analysis.words(analysis.clean(text[:200]))]
    if not typed:
        return ()
    documents, words = tables.documents, tables.words
    last, others = typed[-1], [word for word in typed[:-1] if word not in analysis.STOP_WORDS]
    begun = select(func.array_agg(words.c.word)).where(words.c.word >= last, words.c.word <= f"{last}\U0010ffff")
    found = connection.execute(
        select(documents.c.id, documents.c.title)
        .where(
            visible(documents, readers),
            documents.c.title_words.bool_op("&&")(cast(begun.scalar_subquery(), ARRAY(Text))),
            documents.c.title_words.bool_op("@>")(texts(others)),
        )
        .order_by(documents.c.published_at.desc(), documents.c.id.desc())
        .limit(NEWEST)
    )
    titles: dict[str, int] = {}
    for number, title in found:
        titles.setdefault(title, number)
    return tuple(Completion(number, title) for title, number in list(titles.items())[:limit])


def _unknown(connection: Connection, tables: Tables, typed: list[str], readers: tuple[str, ...]) -> list[str]:
    """Words that no visible document holds."""
    documents = tables.documents
    known = [
        exists().where(visible(documents, readers), documents.c.words.bool_op("@@")(word_in_any_language(word))) for word in typed
    ]
    row = connection.execute(select(*(found.label(f"known_{place}") for place, found in enumerate(known)))).one()
    return [word for word, found in zip(typed, row, strict=True) if not found]


def _nearest(connection: Connection, tables: Tables, typed: list[str], readers: tuple[str, ...]) -> dict[str, str]:
    """For each word the one of visible titles that takes the fewest changes to reach, then the most frequent one."""
    allowed = {word: 2 if len(word) >= LONG_WORD else 1 for word in typed}
    forms = sorted({form for word in typed for form in near(word, allowed[word])})
    if not forms:
        return {}
    words = tables.words
    rows = connection.execute(select(words.c.word).where(words.c.near.bool_op("&&")(numbers(forms))))
    candidates = list(rows.scalars())
    times = _times(connection, tables, candidates, readers)
    found = {}
    for word in typed:
        ways = [(distance(word, other, allowed[word]), -count, other) for other, count in times.items()]
        if within := [way for way in ways if way[0] <= allowed[word]]:
            found[word] = min(within)[2]
    return found


def _times(connection: Connection, tables: Tables, words: Iterable[str], readers: tuple[str, ...]) -> Counter[str]:
    """In how many visible titles each word stands."""
    documents, wanted = tables.documents, sorted(words)
    held = (
        select(func.unnest(documents.c.title_words).label("word"))
        .where(visible(documents, readers), documents.c.title_words.bool_op("&&")(texts(wanted)))
        .subquery()
    )
    counts = select(held.c.word, func.count().label("number")).where(held.c.word == any_(texts(wanted))).group_by(held.c.word)
    return Counter({row.word: row.number for row in connection.execute(counts)})
