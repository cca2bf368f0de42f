"""How well the search ranks, on questions whose right answers the shipped records know themselves.

Questions: a title with a typing error, three words of a title, a piece of a text – the right answer is the record itself –
whole titles of funded projects, where projects of the same programme are the right answers, and titles of challenges, where
those projects are that share terms of the shipped vocabularies of fields and skills, the better the more. With a folder of
public records in the shapes of `portal/data` also: titles of topics that a funder called for, where the projects are that it
gave money to, and awards that share one project with awards elsewhere, where those are that resemble one most.

Keys, for each ranking: `<ranking>.<questions>.mrr` (mean of 1 / place of the record, first ten places),
`<ranking>.<questions>.nothing` (share of questions that find nothing, corrections included), `<ranking>.programme.ndcg10`
and `<ranking>.vocabulary.ndcg10`, and of a folder `<ranking>.topics.ndcg10` and `<ranking>.siblings.ndcg10`.
`portal` is what the portal uses; `plain` is BM25F with one weight for all fields.
"""

import json
import math
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench.harness import arguments, write_json
from portal.search.engine import Document, Query, WhooshIndex
from portal.search.engine.ranking import TEXT_FIELDS

DATA = Path(__file__).parents[1] / "portal" / "data"
KINDS = {"projects": "project", "challenges": "challenge", "internships": "internship", "training": "training"}
PLACES = 10
TOGETHER = "collaborative"  # how titles of awards begin that share a project
SHORTEST_TERM = 4  # letters: shorter labels are words of every text
_MARKUP = re.compile(r"<[^>]+>|&\w+;|[#*_`]")
_RANKINGS = {
    "portal": {name: field.weight for name, field in TEXT_FIELDS.items()},
    "plain": dict.fromkeys(TEXT_FIELDS, 1.0),
    "title_5": {name: 5.0 if name == "title" else field.weight for name, field in TEXT_FIELDS.items()},
    "title_3": {name: 3.0 if name == "title" else field.weight for name, field in TEXT_FIELDS.items()},
    "title_only": {name: 1.0 if name == "title" else 0.05 for name in TEXT_FIELDS},
}


@dataclass(frozen=True)
class Record:
    """One shipped record as it is searched."""

    id: int
    kind: str
    title: str
    text: str
    organisation: str
    programme: str
    topic: str


def main() -> bool:
    options = arguments(__doc__, folder="ask the records there instead of the shipped ones")
    records = list(_records(options.folder or DATA))
    questions = {"typo": _typos(records), "three_words": _three_words(records), "piece": _pieces(records)}
    figures: dict[str, float] = {}
    usual = dict(TEXT_FIELDS)
    for ranking, weights in _RANKINGS.items():
        TEXT_FIELDS.update({name: replace(usual[name], weight=weight) for name, weight in weights.items()})
        with tempfile.TemporaryDirectory(prefix="causeway-relevance-") as folder:
            index = WhooshIndex(Path(folder) / "index")
            index.rebuild(map(_document, records))
            for name, asked in questions.items():
                found = [_find(index, text) for text, _right in asked]
                ranks = [_reciprocal(ids, right) for ids, (_text, right) in zip(found, asked, strict=True)]
                figures[f"{ranking}.{name}.mrr"] = round(sum(ranks) / len(ranks), 3)
                figures[f"{ranking}.{name}.nothing"] = round(sum(not ids for ids in found) / len(found), 3)
            figures[f"{ranking}.programme.ndcg10"] = round(_same_programme(index, records), 3)
            figures[f"{ranking}.vocabulary.ndcg10"] = round(_shared_vocabulary(index, records), 3)
            if options.folder:
                figures[f"{ranking}.topics.ndcg10"] = round(_awards_of_topics(index, records), 3)
                figures[f"{ranking}.siblings.ndcg10"] = round(_siblings(index, records), 3)
    TEXT_FIELDS.update(usual)
    _print(figures)
    if options.json:
        write_json(options.json, figures)
    return all(figures[key] >= figures[key.replace("portal.", "plain.")] for key in figures if _is_gain(key))


def _is_gain(key: str) -> bool:
    return key.startswith("portal.") and not key.endswith(".nothing")


def _print(figures: dict[str, float]) -> None:
    keys = [key.removeprefix("portal.") for key in figures if key.startswith("portal.")]
    print(f"{'':20}" + "".join(f"{ranking:>12}" for ranking in _RANKINGS))
    for key in keys:
        print(f"{key:20}" + "".join(f"{figures[f'{ranking}.{key}']:12.3f}" for ranking in _RANKINGS))


def _records(folder: Path) -> Iterator[Record]:
    files = {kind: (folder / f"{file}.jsonl").read_text(encoding="utf-8") for file, kind in KINDS.items()}
    lines = [(kind, json.loads(line)) for kind, content in files.items() for line in content.split("\n") if line]
    for number, (kind, record) in enumerate(lines, start=1):
        outputs = " ".join(str(output.get("description") or "") for output in record.get("outputs") or ())
        text = _MARKUP.sub(" ", str(record.get("abstract") or record.get("description") or outputs))
        organisation = record.get("institution") or record.get("organisation") or record.get("company") or ""
        groups = (str(record.get("programme") or ""), str(record.get("topic_title") or ""))
        yield Record(number, kind, str(record["title"]) or "-", text, str(organisation), *groups)


def _document(record: Record) -> Document:
    return Document(
        id=record.id,
        type="listing",
        kind=record.kind,
        organisation_id=1,
        organisation=record.organisation,
        fields=(),
        reference=f"XX-{record.id:04}",
        title=record.title,
        summary=record.text[:300],
        text=record.text,
        readers=("public",),
        state="published",
        published_at=1_700_000_000,
        closes_at=None,
        paid=False,
        remote=False,
        place="",
    )


def _typos(records: list[Record]) -> list[tuple[str, int]]:
    """Each title with one letter of its longest word left out."""
    chance = random.Random(3)
    asked = []
    for record in records:
        words = record.title.split()
        longest = max(range(len(words)), key=lambda number: len(words[number]))
        cut = chance.randrange(1, max(len(words[longest]) - 1, 2))
        words[longest] = words[longest][:cut] + words[longest][cut + 1 :]
        asked.append((" ".join(words[:8]) if longest < 8 else words[longest], record.id))
    return asked


def _three_words(records: list[Record]) -> list[tuple[str, int]]:
    return [(" ".join(sorted(set(re.findall(r"\w+", r.title)), key=lambda word: (len(word), word))[-3:]), r.id) for r in records]


def _pieces(records: list[Record]) -> list[tuple[str, int]]:
    """Five words in a row out of each text."""
    chance = random.Random(5)
    long = [(record, words) for record in records if len(words := re.findall(r"[A-Za-z]{2,}", record.text)) > 20]
    return [(" ".join(words[(start := chance.randrange(len(words) - 5)) : start + 5]), record.id) for record, words in long]


def _find(index: WhooshIndex, text: str) -> tuple[int, ...]:
    """The first page, or that of the correction which the portal offers."""
    page = index.search(Query(text, readers=("public",), per_page=PLACES))
    if not page.ids and page.suggestion:
        page = index.search(Query(page.suggestion, readers=("public",), per_page=PLACES))
    return page.ids


def _reciprocal(ids: tuple[int, ...], right: int) -> float:
    return 1 / (ids.index(right) + 1) if right in ids else 0.0


def _same_programme(index: WhooshIndex, records: list[Record]) -> float:
    """How well the words of a title, as alternatives, find the other projects of its programme."""
    gains = []
    for record in records:
        relatives = {r.id: 1 for r in records if r.programme and r.programme == record.programme and r.id != record.id}
        if len(relatives) > 1:
            gains.append(_gain(index, record, relatives, {}))
    return sum(gains) / len(gains)


def _awards_of_topics(index: WhooshIndex, records: list[Record]) -> float:
    """How well the words of what was called for, as alternatives, find the projects it led to."""
    awards: dict[str, dict[int, int]] = defaultdict(dict)
    for record in records:
        awards[record.topic][record.id] = 1
    asked = [(topic, worths) for topic, worths in awards.items() if topic and len(worths) > 1]
    return sum(_ndcg(_with_any_word(index, topic, {}), worths) for topic, worths in asked) / len(asked)


def _siblings(index: WhooshIndex, records: list[Record]) -> float:
    """How far what resembles an award most is the rest of its project: awards of one title to several institutions."""
    projects: dict[str, dict[int, int]] = defaultdict(dict)
    for record in records:
        if record.title.lower().startswith(TOGETHER):
            projects[record.title.lower()][record.id] = 1
    asked = [(number, set(project) - {number}) for project in projects.values() if len(project) > 1 for number in project]
    alike = Query(readers=("public",), per_page=PLACES)
    gains = [_ndcg(index.similar(number, alike), dict.fromkeys(others, 1)) for number, others in asked]
    return sum(gains) / len(gains)


def _shared_vocabulary(index: WhooshIndex, records: list[Record]) -> float:
    """How well the words of a challenge's title find projects that share at least two terms with it; each term counts."""
    vocabulary = _vocabulary()
    terms = {record.id: _terms(record, vocabulary) for record in records if record.kind in ("project", "challenge")}
    projects = [record.id for record in records if record.kind == "project"]
    gains = []
    for record in records:
        if record.kind == "challenge":
            worths = {number: len(terms[record.id] & terms[number]) for number in projects}
            relatives = {number: worth for number, worth in worths.items() if worth > 1}
            if len(relatives) > 1:
                gains.append(_gain(index, record, relatives, {"kind": ("project",)}))
    return sum(gains) / len(gains)


def _vocabulary() -> set[str]:
    lines = (json.loads(line) for file in ("fields", "skills") for line in (DATA / f"{file}.jsonl").open(encoding="utf-8"))
    labels = (label.lower() for line in lines for label in (line["label"], *line.get("alt_labels", ())))
    return {label for label in labels if len(label) > SHORTEST_TERM}


def _terms(record: Record, vocabulary: set[str]) -> set[str]:
    """Labels of up to three words that stand in the record."""
    words = re.findall(r"\w+", f"{record.title} {record.text}".lower())
    return {part for size in (1, 2, 3) for at in range(len(words)) if (part := " ".join(words[at : at + size])) in vocabulary}


def _gain(index: WhooshIndex, record: Record, worths: dict[int, int], filters: dict[str, tuple[str, ...]]) -> float:
    """Of the words of a title, as alternatives."""
    return _ndcg(tuple(number for number in _with_any_word(index, record.title, filters) if number != record.id), worths)


def _with_any_word(index: WhooshIndex, title: str, filters: dict[str, tuple[str, ...]]) -> tuple[int, ...]:
    text = " OR ".join(re.findall(r"\w{4,}", title))
    return index.search(Query(text, filters=filters, readers=("public",), per_page=PLACES + 1)).ids


def _ndcg(found: tuple[int, ...], worths: dict[int, int]) -> float:
    """Of the first ten places. Source: Järvelin & Kekäläinen (2002)."""
    ids = found[:PLACES]
    best = sum(worth / math.log2(place + 2) for place, worth in enumerate(sorted(worths.values(), reverse=True)[:PLACES]))
    return sum(worths.get(number, 0) / math.log2(place + 2) for place, number in enumerate(ids)) / best


if __name__ == "__main__":
    sys.exit(not main())
