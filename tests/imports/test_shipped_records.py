"""The records that ship inside the package are read by the engine, credited in their README, and hang together."""

from collections import Counter
from importlib.resources import files

import pytest

from portal.imports.reading import read_records
from portal.imports.text import to_line, to_markdown

DATA = files("portal") / "data"
LISTED = ("projects", "challenges", "internships", "training", "compute_resources")
KINDS = (*LISTED, "organisations", "companies", "fields", "skills", "countries", "university_domains")


def records(kind):
    with (DATA / f"{kind}.jsonl").open("rb") as stream:
        return [found for _, found in read_records(stream)]


def test_every_file_is_named_with_its_number_of_records():
    readme = (DATA / "README.md").read_text(encoding="utf-8")

    for kind in KINDS:
        assert f"| `{kind}.jsonl` | {len(records(kind))} |" in readme, kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_is_a_record(kind):
    assert {type(found) for found in records(kind)} == {dict}


def test_the_package_stays_small():
    sizes = {kind: (DATA / f"{kind}.jsonl").stat().st_size for kind in KINDS}

    assert sum(sizes.values()) < 3_000_000
    assert sizes["fields"] < 150_000


@pytest.mark.parametrize("kind", LISTED)
def test_every_listing_names_its_source_and_licence(kind):
    assert all(found["source"] and found["licence"] for found in records(kind))


def test_every_institution_that_a_project_names_is_there():
    known = {organisation["id"] for organisation in records("organisations")}

    assert {project["institution_ror"] for project in records("projects") if project.get("institution_ror")} - known == set()


def test_some_dirt_is_kept_for_the_importer_to_meet():
    twice = [own_id for own_id, times in Counter(found["id"] for found in records("challenges")).items() if times > 1]
    texts = [project["abstract"] or "" for project in records("projects")]

    assert len(twice) == 3
    assert any("&lt;br/&gt;" in text for text in texts)
    assert any("&amp;#" in text for text in texts)
    assert any("{{% mention" in text for text in texts)


@pytest.mark.parametrize("kind", ["projects", "challenges"])
def test_texts_lose_all_foreign_markup(kind):
    forms = {"html": "html", "markdown": "markdown"}
    for found in records(kind):
        form = forms.get(found.get("format"), "text")
        text = to_markdown(found.get("abstract") or found.get("description") or "", form)
        for leftover in ("<p", "<br", "<li", "&lt;br", "&nbsp;", "&amp;#", "{{", "javascript:"):
            assert leftover not in text, (found["id"], leftover)
        assert "&amp;" not in to_line(found["title"], form)
