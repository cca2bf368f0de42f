"""One side files documents in versions and keeps one to itself; the other fetches what is for both, and confirms an outcome."""

import io
import zipfile

import pytest

from portal.collaborations.states import CollaborationState
from portal.collaborations.workflow import COLLABORATION_FLOW
from tests import build

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_papers_are_filed_and_an_outcome_is_confirmed(portal, tmp_path):
    with portal.database() as session:
        work = build.a_collaboration(session)
        host, partner = work.host_lead, work.partner_lead
        build.walk(session, COLLABORATION_FLOW, work, CollaborationState.ACTIVE, by=build.actor_of(session, host))
        at = work.href
    first, second = tmp_path / "plan.txt", tmp_path / "plan-2.txt"
    first.write_text("Two stations.")
    second.write_text("Three stations.")
    ingrid, helena = portal.browser_of(partner), portal.browser_of(host)

    ingrid.go(at).press("Documents").press("File a document").clean()
    ingrid.page.set_input_files("[name=file]", first)
    ingrid.fill(title="Plan of the measurements").press("File a document").sees("Version 1").clean()
    ingrid.page.set_input_files("[name=file]", second)
    ingrid.press("Add the version").sees("Version 2").clean()
    ingrid.go(f"{at}/documents/new").page.select_option("[name=access]", "side")
    ingrid.page.set_input_files("[name=file]", first)
    ingrid.fill(title="What we can agree to").press("File a document").sees("Our side only")
    ingrid.go(f"{at}/documents").sees("What we can agree to").clean()

    helena.go(f"{at}/documents").sees("Plan of the measurements").clean()
    assert "What we can agree to" not in helena.page.content()
    with helena.page.expect_download() as fetched:
        helena.page.get_by_role("link", name="All of them (ZIP)").click()
    with zipfile.ZipFile(io.BytesIO(fetched.value.path().read_bytes())) as archive:
        kept = [name for name in archive.namelist() if name != "manifest.csv"]
        assert sorted(name.rsplit("/", 1)[1] for name in kept) == ["plan-2.txt", "plan.txt"]

    ingrid.go(f"{at}/outcomes/new").fill(title="Forty spectra").press("Record it").sees("Reported by one side")
    helena.go("/work").sees("Confirm the outcome").press("Look at it", exact=False).clean().press("Confirm the outcome")
    helena.sees("Confirmed by both sides").go(at).press("Forty spectra").sees("Confirmed by").clean()
