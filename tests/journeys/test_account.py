"""An administrator comes for the first time: second factor, another address, data, and somebody else's account closed."""

import dataclasses
import re

import pytest
from passlib.totp import TOTP

from portal.kernel import clock
from tests.accounts.steps import PASSWORD, an_account

pytestmark = pytest.mark.timeout(600)  # a whole journey; a busy machine is no failure


@pytest.fixture
def settings(settings):
    """As a portal runs unless told otherwise."""
    return dataclasses.replace(settings, require_second_factor=True)


def code(key, steps=0):
    return TOTP(key=key).generate(time=clock.now().timestamp() + 30 * steps).token


def test_an_administrator_from_the_first_day_to_a_new_address(portal):
    an_account(portal.app, "olga@example.org", PASSWORD, name="Olga Petrov", is_admin=True)
    an_account(portal.app, "astrid@example.org", PASSWORD, name="Astrid Lund", is_admin=True)
    browser = portal.browser_of()

    browser.go("/sign-in").fill(email="olga@example.org", password=PASSWORD)
    with browser.page.expect_navigation():
        browser.page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    browser.go("/admin").sees("Your role asks for it").clean()
    key = re.search(r"type in the key: ([A-Z2-7-]+)", browser.page.content())[1]
    browser.fill(code=code(key)).press("Turn it on").sees("Your recovery codes").clean().press("I have kept them safe")

    browser.go("/me/security").clean().press("Change the address").clean()
    browser.fill(email="olga@elsewhere.example", password=PASSWORD).press("Send the link").sees(
        "Look into the new mailbox"
    ).clean()
    browser.go(portal.link_sent_to("olga@elsewhere.example")).clean().press("Use this address").sees(
        "Your new address is in force"
    )
    told = [mail["Subject"] for mail in portal.mails.sent_to("olga@example.org")]
    assert any("shall get another address" in subject for subject in told)

    browser.go("/admin/accounts").clean().press("Close: Astrid Lund").sees("The account of Astrid Lund is closed")
    browser.press("Open again: Astrid Lund").sees("is open again")

    browser.go("/me/account").clean()
    with browser.page.expect_download() as download:
        browser.page.get_by_role("button", name="Download my data").click()
    assert "olga@elsewhere.example" in download.value.path().read_text()
    browser.go("/me/account").press("See what goes").clean().fill(password=PASSWORD).press("Erase my account for good").sees(
        "Farewell"
    )
