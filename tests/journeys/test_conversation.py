"""Two sides talk about a case: one calls the other by name, who answers by the link in the mail; each side talks apart, too."""

import pytest
from playwright.sync_api import expect

from tests.threads.make import a_case

pytestmark = pytest.mark.timeout(600)  # a whole journey; a busy machine is no failure


def test_one_is_called_by_name_and_answers_with_a_quotation(portal):
    with portal.database() as session:
        case = a_case(session)
        people, here = case.people, f"/threads/proposal/{case.proposal.id}"
        address, mail = case.proposal.href, people["owner"].email
    author, owner = portal.browser_of(people["author"]), portal.browser_of(people["owner"])

    author.go(address).clean().press("Whole conversation").clean()
    box = author.page.get_by_role("textbox", name="Your message")
    box.press_sequentially("Could we visit, @hel")
    author.page.get_by_role("option", name="Helena Brandt").click()
    expect(box).to_have_value("Could we visit, @Helena Brandt ")
    author.press("Send message").sees("Your message was sent.")
    author.page.get_by_role("textbox", name="Your message").fill("They may refuse.")
    author.page.get_by_label("Who reads it").select_option(label="Only people of my organisation")
    author.press("Send message").sees("Only your organisation sees this")

    link = portal.link_sent_to(mail, about="mentioned you")  # mail about the case itself may come before it
    assert link.startswith(here)
    owner.go(link).clean().sees("You are mentioned")
    box = owner.page.get_by_role("textbox", name="Your message")
    expect(box).to_have_value("> Ingrid Solheim:\n> Could we visit, @Helena Brandt\n\n")
    box.press("Control+End")
    box.press_sequentially("On Frday.")
    owner.press("Send message").press("Change").fill(text="On Friday.").press("Save").sees("edited")
    assert "They may refuse." not in owner.page.content()

    author.go(address).sees("1 new message").press("Mark as read").clean()
    author.go(address)
    expect(author.page.get_by_text("1 new message")).to_have_count(0)
