import json

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from portal.app import main
from portal.listings.models import Field, Listing
from portal.wiring import OFFERS
from tests.build import a_person

FIELD = {"scheme": "oecd-ford", "code": "1.1", "label": "Mathematics"}
PROJECT = {"id": "nsf-1", "source": "nsf", "title": "Microbes", "abstract": "They eat.", "institution": "Lindmoor University"}


@pytest.fixture
def portal(monkeypatch, settings, tmp_path):
    """`portal(…)` runs the command on a database of its own; it ends with code 0 unless another is said."""
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path))
    monkeypatch.setenv("PORTAL_DATABASE_URL", settings.database)
    monkeypatch.setenv("PORTAL_DURABLE", "false")

    def run(*arguments, lines=(), code=0):
        content = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
        result = CliRunner().invoke(main, ["import", *arguments], input=content)
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def operator(db):
    account = a_person(db, "Operator", admin=True)
    db.commit()
    return account


def test_records_come_in_and_the_report_says_so(portal, db, operator):
    output = portal("fields", "-", lines=[FIELD, "", "oops", {**FIELD, "code": "1.2"}])

    assert output.splitlines() == [
        "fields: 3 read, 2 created, 0 updated, 0 unchanged, 1 refused.",
        "1 blank lines skipped.",
        "Line 3: This is not JSON: see character 1.",
    ]
    assert db.scalar(select(func.count()).select_from(Field)) == 2


def test_the_report_can_be_read_by_programs(portal, operator):
    report = json.loads(portal("fields", "-", "--json", lines=[FIELD]))

    assert (report["kind"], report["read"], report["created"], report["refusals"]) == ("fields", 1, 1, [])


def test_a_dry_run_writes_nothing(portal, db, operator):
    assert portal("fields", "-", "--dry-run", lines=[FIELD]).startswith(
        "Dry run: nothing was written.\nfields: 1 read, 1 created"
    )
    assert db.scalar(select(func.count()).select_from(Field)) == 0


def test_a_file_is_read_by_its_name(portal, tmp_path, operator):
    path = tmp_path / "fields.jsonl"
    path.write_text(json.dumps(FIELD), encoding="utf-8")

    assert "1 created" in portal("fields", str(path))


def test_the_owner_can_be_named(portal, db, operator):
    other = a_person(db, "Nora", admin=True)
    somebody = a_person(db, "Helena")
    db.commit()

    assert "1 created" in portal("projects", "-", "--owner", other.email, lines=[PROJECT])
    assert "no such administrator" in portal("projects", "-", "--owner", somebody.email, lines=[PROJECT], code=1)
    assert db.scalars(select(Listing.owner_id)).all() == [other.id]


def test_a_portal_without_administrator_says_how_to_make_one(portal):
    assert "portal init" in portal("fields", "-", lines=[FIELD], code=1)


def test_kinds_and_files_that_are_not_there_are_told(portal, operator):
    assert "is not one of" in portal("people", "-", code=2)
    assert "No such file" in portal("fields", "/nowhere/fields.jsonl", code=2)


def test_vocabularies_and_organisations_are_offered_before_the_listings_that_name_them():
    kinds = list(OFFERS)

    assert max(kinds.index(kind) for kind in ("organisations", "companies", "fields")) < kinds.index("projects")


def test_a_table_comes_in_by_a_mapping(portal, db, operator, tmp_path):
    (tmp_path / "list.csv").write_text("Nr;Name;Schema\r\n1.1;Mathematik;oecd-ford\r\n1.2;;oecd-ford\r\n", encoding="cp1252")
    (tmp_path / "list.toml").write_text('[fields]\nNr = "code"\nName = "label"\nSchema = "scheme"\n', encoding="utf-8")

    output = portal("fields", str(tmp_path / "list.csv"), "--mapping", str(tmp_path / "list.toml"))

    assert output.startswith("fields: 2 read, 1 created, 0 updated, 0 unchanged, 1 refused.\nLine 3 (1.2): label")
    assert db.scalars(select(Field.label)).all() == ["Mathematik"]


def test_a_mapping_that_is_none_is_told(portal, operator, tmp_path):
    (tmp_path / "list.toml").write_text("fields", encoding="utf-8")

    assert "not TOML" in portal("fields", "-", "--mapping", str(tmp_path / "list.toml"), lines=[FIELD], code=1)
