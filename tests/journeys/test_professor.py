"""A professor registers, joins by domain, posts, is found, and answers an interest."""

import pytest

from portal.accounts.models import Kind
from tests import build

pytestmark = pytest.mark.timeout(600)  # a whole journey; a busy machine is no failure


def test_a_professor_from_registration_to_an_answered_interest(portal, operator):
    with portal.database() as session:
        build.an_organisation(session, "Lindmoor University", domain="lindmoor.example")
        student = build.a_person(session, "Mei Tan", kind=Kind.STUDENT)
    ingrid = portal.browser_of()

    # Register and confirm the address.
    ingrid.go("/register").clean().choose("Professor or researcher")
    ingrid.fill(name="Ingrid Solheim", email="ingrid@lindmoor.example", password="pumps hum before they fail")
    ingrid.press("Create account")
    ingrid.go(portal.link_sent_to("ingrid@lindmoor.example")).press("Confirm and sign in")

    # Join by domain.
    ingrid.go("/join").clean().press("Join Lindmoor University").press("Join").sees("Lindmoor University")

    # Post a research project and send it for review.
    ingrid.go("/listings/new/project").clean()
    ingrid.fill(
        title="A digital twin that a plant operator would trust",
        summary="We build twins that say when they are guessing.",
        description="## What we do\n\nWe look for a plant with operators who will argue with us.",
    )
    ingrid.press("Save and preview").clean().press("Send for review").sees("In review")
    listing = ingrid.path

    # Nobody else sees it yet; the operator publishes it.
    assert portal.browser_of().go(listing).page.title().startswith("This page is not on the road")
    portal.browser_of(operator).go(listing).press("Publish").sees("Open")

    # It is found, and a student shows interest.
    visitor = portal.browser_of().finds("twin", "A digital twin that a plant operator would trust")
    visitor.clean()
    mei = portal.browser_of(student).go(f"{listing}/interest").clean()
    mei.fill(motivation="Twins are what my thesis is about.").choose("nothing")
    mei.press("Send your interest").sees("Sent")
    interest = mei.path

    # The professor finds it waiting and invites.
    ingrid.go("/work").clean().sees("A digital twin that a plant operator would trust")
    ingrid.go(interest).clean().press("Invite")
    ingrid.fill(text="Let us talk on Thursday.").press("Invite").sees("Invited")
    mei.go(interest).sees("Let us talk on Thursday.")
