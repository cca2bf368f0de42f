"""An administrator comes for the first time: second factor, another address, data, somebody else's account. And a laptop."""

import dataclasses
import re

import pytest
from passlib.totp import TOTP

from portal.kernel import clock
from tests.accounts.provider import provider_at_work
from tests.accounts.steps import PASSWORD, an_account
from tests.journeys.conftest import Browser

LAPTOP = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
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


def test_in_over_the_university(portal):
    an_account(portal.app, "ida@example.org", PASSWORD, name="Ida Koller")
    with provider_at_work() as provider:
        settings = dataclasses.replace(portal.app.extensions["settings"], base_url=portal.address)
        portal.app.extensions["settings"] = dataclasses.replace(settings, sign_in_with=(provider.as_setting(),))
        browser = portal.browser_of()
        browser.go("/sign-in").clean().fill(email="ida@example.org", password=PASSWORD)
        with browser.page.expect_navigation():
            browser.page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
        browser.go("/me/security").press("Manage the services").clean().press("Link it: Lindmoor University")
        browser.sees("Link Lindmoor University?").clean().press("Link it").sees("It opens your account from now on")

        browser.go("/me/tokens").clean().fill(name="My calendar").press("Make it").sees("Copy it now").clean()

        other = portal.browser_of()
        other.go("/sign-in?next=/me/tokens").press("Sign in with Lindmoor University").clean().press("Go on as Ida Koller")
        assert other.path == "/me/tokens"
        other.sees("My calendar").clean()
        provider.person["sub"] = "somebody-else"
        stranger = portal.browser_of()
        stranger.go("/sign-in").press("Sign in with Lindmoor University").sees("No account is linked yet").clean()


def test_a_laptop_that_opens_an_account_without_a_password(portal):
    an_account(portal.app, "ida@example.org", PASSWORD, name="Ida Koller")
    address = portal.address.replace("127.0.0.1", "localhost")
    page = portal.open_page(base_url=address)
    laptop = page.context.new_cdp_session(page)
    laptop.send("WebAuthn.enable")
    laptop.send("WebAuthn.addVirtualAuthenticator", {"options": LAPTOP})
    browser = Browser(page)

    browser.go("/sign-in").clean().fill(email="ida@example.org", password=PASSWORD)
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    browser.go("/me/security").press("Add a passkey").clean().fill(name="My laptop").press("Make a passkey")
    browser.sees("Your recovery codes").press("I have kept them safe").press("Manage passkeys").sees("Without password").clean()
    page.get_by_role("button", name="Account menu").click()
    browser.press("Sign out").go("/sign-in?next=/me/passkeys").press("Sign in with a passkey")
    assert browser.path == "/me/passkeys"
    browser.sees("last used").press("Rename or remove: My laptop").clean().press("Remove this passkey").sees(
        "opens nothing any more"
    )

    without = Browser(portal.open_page(base_url=address, java_script_enabled=False))
    without.go("/sign-in").sees("Passkeys need a browser that knows them and runs scripts")
