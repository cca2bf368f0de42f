"""How well the search ranks, on questions whose right answers the shipped records know themselves.

Questions: a title with a typing error, three words of a title, a piece of a text – the right answer is the record itself –
whole titles of funded projects, where projects of the same programme are the right answers, and titles of challenges, where
those projects are that share terms of the shipped vocabularies of fields and skills, the better the more. With a folder of
public records in the shapes of `portal/data` also: titles of topics that a funder called for, where the projects are that it
gave money to, and awards that share one project with awards elsewhere, where those are that resemble one most.

Keys, for each ranking: `<ranking>.<questions>.mrr` (mean of 1 / place of the record, first ten places),
`<ranking>.<questions>.nothing` (share of questions that find nothing, corrections included), `<ranking>.programme.ndcg10`
and `<ranking>.vocabulary.ndcg10`, and of a folder `<ranking>.topics.ndcg10` and `<ranking>.siblings.ndcg10`.
`<ranking>.mean` is that of all of them; `portal` is what the portal uses; `plain` is BM25F with one weight for all fields.
"""

import json
import math
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from bench.harness import arguments, write_json
from portal.search.engine import Document, Query, WhooshIndex
from portal.search.engine.ranking import TEXT_FIELDS

Each = TypeVar("Each")
DATA = Path(__file__).parents[1] / "portal" / "data"
KINDS = {"projects": "project", "challenges": "challenge", "internships": "internship", "training": "training"}
PLACES = 10
MOST = 1_000  # questions of a form
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
    known = {"typo": _typos(records), "three_words": _three_words(records), "piece": _pieces(records)}
    known = {name: _some(asked) for name, asked in known.items()}
    judged = {"programme": _same_programme(records), "vocabulary": _shared_vocabulary(records)}
    judged |= {"topics": _awards_of_topics(records), "siblings": _siblings(records)} if options.folder else {}
    judged = {name: _some(asked) for name, asked in judged.items()}
    figures: dict[str, float] = {}
    usual = dict(TEXT_FIELDS)
    for ranking, weights in _RANKINGS.items():
        print(f"asking {ranking} …", file=sys.stderr)
        TEXT_FIELDS.update({name: replace(usual[name], weight=weight) for name, weight in weights.items()})
        with tempfile.TemporaryDirectory(prefix="causeway-relevance-") as folder:
            index = WhooshIndex(Path(folder) / "index")
            index.rebuild(map(_document, records))
            for name, asked in known.items():
                found = [_find(index, text) for text, _right in asked]
                ranks = [_reciprocal(ids, right) for ids, (_text, right) in zip(found, asked, strict=True)]
                figures[f"{ranking}.{name}.mrr"] = round(sum(ranks) / len(ranks), 3)
                figures[f"{ranking}.{name}.nothing"] = round(sum(not ids for ids in found) / len(found), 3)
            for name, sought in judged.items():
                gains = [_ndcg(each.found(index), each.worths) for each in sought]
                figures[f"{ranking}.{name}.ndcg10"] = round(sum(gains) / len(gains), 3)
    TEXT_FIELDS.update(usual)
    figures |= {f"{ranking}.mean": _mean(figures, ranking) for ranking in _RANKINGS}
    _print(figures)
    if options.json:
        write_json(options.json, figures)
    return figures["portal.mean"] > figures["plain.mean"]


def _mean(figures: dict[str, float], ranking: str) -> float:
    """Of all questions together; of what is found at all, for a question that finds nothing counts nothing anyway."""
    gains = [value for key, value in figures.items() if key.startswith(f"{ranking}.") and not key.endswith(".nothing")]
    return round(sum(gains) / len(gains), 3)


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


@dataclass(frozen=True)
class Sought:
    """A question whose right answers are several, by id and what each is worth.

    Args:
        title: its words are asked as alternatives; empty for what resembles the record `own`, which is no answer itself.
    """

    title: str
    own: int
    worths: dict[int, int]
    kinds: tuple[str, ...] = ()

    def found(self, index: WhooshIndex) -> tuple[int, ...]:
        asked = Query(" OR ".join(re.findall(r"\w{4,}", self.title)), readers=("public",), per_page=PLACES + 1)
        if not self.title:
            return index.similar(self.own, asked)
        ids = index.search(replace(asked, filters={"kind": self.kinds})).ids
        return tuple(number for number in ids if number != self.own)


def _same_programme(records: list[Record]) -> list[Sought]:
    """The words of a title, as alternatives, should find the other projects of its programme."""
    groups = _grouped((record.programme, record.id) for record in records)
    return [
        Sought(record.title, record.id, dict.fromkeys(others, 1))
        for record in records
        if record.programme and len(others := groups[record.programme] - {record.id}) > 1
    ]


def _awards_of_topics(records: list[Record]) -> list[Sought]:
    """The words of what was called for should find the projects it led to."""
    groups = _grouped((record.topic, record.id) for record in records)
    return [Sought(topic, 0, dict.fromkeys(group, 1)) for topic, group in groups.items() if topic and len(group) > 1]


def _siblings(records: list[Record]) -> list[Sought]:
    """What resembles an award most should be the rest of its project: awards of one title to several institutions."""
    titles = ((record.title.lower(), record.id) for record in records if record.title.lower().startswith(TOGETHER))
    groups = [group for group in _grouped(titles).values() if len(group) > 1]
    return [Sought("", number, dict.fromkeys(group - {number}, 1)) for group in groups for number in sorted(group)]


def _shared_vocabulary(records: list[Record]) -> list[Sought]:
    """The words of a challenge's title should find projects that share at least two terms with it; each term counts."""
    vocabulary = _vocabulary()
    terms = {record.id: _terms(record, vocabulary) for record in records if record.kind in ("project", "challenge")}
    projects = [record.id for record in records if record.kind == "project"]
    found = []
    for record in _some([record for record in records if record.kind == "challenge"]):
        worths = {number: len(terms[record.id] & terms[number]) for number in projects}
        relatives = {number: worth for number, worth in worths.items() if worth > 1}
        if len(relatives) > 1:
            found.append(Sought(record.title, record.id, relatives, ("project",)))
    return found


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    groups: dict[str, set[int]] = defaultdict(set)
    for name, number in pairs:
        groups[name].add(number)
    return groups


def _some(asked: list[Each]) -> list[Each]:
    """So many of them, the same for the same records."""
    return random.Random(9).sample(asked, MOST) if len(asked) > MOST else asked


def _vocabulary() -> set[str]:
    lines = (json.loads(line) for file in ("fields", "skills") for line in (DATA / f"{file}.jsonl").open(encoding="utf-8"))
    labels = (label.lower() for line in lines for label in (line["label"], *line.get("alt_labels", ())))
    return {label for label in labels if len(label) > SHORTEST_TERM}


def _terms(record: Record, vocabulary: set[str]) -> set[str]:
    """Labels of up to three words that stand in the record."""
    words = re.findall(r"\w+", f"{record.title} {record.text}".lower())
    return {part for size in (1, 2, 3) for at in range(len(words)) if (part := " ".join(words[at : at + size])) in vocabulary}


def _ndcg(found: tuple[int, ...], worths: dict[int, int]) -> float:
    """Of the first ten places. Source: Järvelin & Kekäläinen (2002)."""
    ids = found[:PLACES]
    best = sum(worth / math.log2(place + 2) for place, worth in enumerate(sorted(worths.values(), reverse=True)[:PLACES]))
    return sum(worths.get(number, 0) / math.log2(place + 2) for place, number in enumerate(ids)) / best


if __name__ == "__main__":
    sys.exit(not main())
