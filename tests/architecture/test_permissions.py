"""The tables of `docs/permissions.md` are what the program does, cell by cell."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
VISIBILITIES = ("public", "registered", "organisation", "named")
# Columns of the tables by the actors of the golden matrices.
OF_LISTINGS = {
    "Visitor": "visitor",
    "With an account": "stranger",
    "Named reader": "student",
    "Member": "host member",
    "Owner": "owner",
    "Organisation's administrator": "host administrator",
    "Partnership officer": "host officer",
    "Portal's administrator": "administrator",
}
OF_ORGANISATIONS = {
    "Visitor": "visitor",
    "With an account": "registered",
    "Member": "member",
    "Administrator": "administrator",
    "Partnership officer": "officer",
    "Portal's administrator": "portal",
}


def table(heading):
    """The rows of the first table under a heading, as mappings by column."""
    text = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1]
    lines = [line for line in text.split("\n## ", 1)[0].splitlines() if line.startswith("|")]
    head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(head, row, strict=True)) for row in rows]


def said(cell):
    """What a cell grants, without its note."""
    return set(re.sub(r" \[\d+\]", "", cell).split())


def listing_cells():
    for row in table("Listings"):
        for visibility in VISIBILITIES if row["For whom"] == "any" else [row["For whom"]]:
            for column, actor in OF_LISTINGS.items():
                yield f"{row['State']}/{visibility}", actor, row[column]


def granted(cell):
    """Steps on what cannot be read are out of reach: their page does not exist either."""
    words = set(cell.split())
    return words if "r" in words else {"–"}


ACTORS = "|".join(sorted({*OF_LISTINGS.values(), "author", "partner .*?", "portal itself"}, key=len, reverse=True))


@pytest.fixture(scope="module")
def listings():
    lines = (GOLDEN / "matrix-listing.txt").read_text(encoding="utf-8").splitlines()
    cells = (re.fullmatch(rf"(\S+) +({ACTORS}) +(–|\S.*)", line) for line in lines)
    return {(cell[1], cell[2]): cell[3] for cell in cells if cell}


def test_listings_are_read_and_moved_as_the_table_says(listings):
    wrong = []
    for thing, actor, cell in listing_cells():
        wanted, found = said(cell), granted(listings[thing, actor])
        if either := {word for word in wanted if "/" in word}:  # one of two, as the listing asks for
            wanted -= either
            found -= {step for word in either for step in word.split("/")}
        if wanted != found:
            wrong.append((thing, actor, cell, listings[thing, actor]))
    assert wrong == []


def test_every_state_of_a_listing_stands_in_the_table(listings):
    assert {thing for thing, _actor in listings} == {thing for thing, _actor, _cell in listing_cells()}


def test_organisations_are_read_and_changed_as_the_table_says():
    lines = (GOLDEN / "matrix-organisation-parts.txt").read_text(encoding="utf-8").splitlines()
    cells = {(part, actor): cell for part, actor, cell in (line.split(maxsplit=2) for line in lines)}
    wrong = []
    for row in table("Organisations"):
        for column, actor in OF_ORGANISATIONS.items():
            if said(row[column]) != set(cells[row["Part"], actor].split()):
                wrong.append((row["Part"], actor, row[column], cells[row["Part"], actor]))
    assert wrong == []
    assert {part for part, _actor in cells} == {row["Part"] for row in table("Organisations")}
