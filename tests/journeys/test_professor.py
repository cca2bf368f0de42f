"""A professor registers, joins by domain, posts, is found, and answers an interest."""

import pytest

from portal.accounts.models import Kind
from tests import build

pytestmark = pytest.mark.timeout(600)  # a whole journey; a busy machine is no failure
PASSWORD = "pumps hum before they fail"
TITLE = "A digital twin that a plant operator would trust"


def test_a_professor_from_registration_to_an_answered_interest(portal, operator):
    with portal.database() as session:
        build.an_organisation(session, "Lindmoor University", domain="lindmoor.example")
        student = build.a_person(session, "Mei Tan", kind=Kind.STUDENT)
    ingrid, mei = portal.browser_of(), portal.browser_of(student)

    register_and_join(portal, ingrid)
    listing = post_a_project(ingrid)
    assert portal.browser_of().go(listing).page.title().startswith("This page is not on the road")
    portal.browser_of(operator).go(listing).press("Publish").sees("Open")
    portal.browser_of().finds("twin", TITLE).clean()

    mei.go(f"{listing}/interest").clean()
    mei.fill(motivation="Twins are what my thesis is about.").choose("nothing")
    mei.press("Send your interest").sees("Sent")
    ingrid.go("/work").clean().sees(TITLE)
    ingrid.go(mei.path).clean().press("Invite")
    ingrid.fill(text="Let us talk on Thursday.").press("Invite").sees("Invited")
    mei.go(mei.path).sees("Let us talk on Thursday.")


def register_and_join(portal, ingrid):
    ingrid.go("/register").clean().choose("Professor or researcher")
    ingrid.fill(name="Ingrid Solheim", email="ingrid@lindmoor.example", password=PASSWORD)
    ingrid.press("Create account")
    ingrid.go(portal.link_sent_to("ingrid@lindmoor.example")).clean()
    ingrid.fill(password=PASSWORD).press("Confirm and sign in")
    ingrid.go("/join").clean().press("Join Lindmoor University").press("Join").sees("Lindmoor University")


def post_a_project(ingrid):
    ingrid.go("/listings/new/project").clean()
    ingrid.fill(
        title=TITLE,
        summary="We build twins that say when they are guessing.",
        description="## What we do\n\nWe look for a plant with operators who will argue with us.",
    )
    ingrid.press("Save and preview").clean().press("Send for review").sees("In review")
    return ingrid.path
