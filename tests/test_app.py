"""How the application is put together."""

import dataclasses

import pytest

from portal.app import create_app


def answers(settings, *hosts):
    app = create_app(settings)
    found = {host: app.test_client().get("/display", headers={"Host": host}).status_code for host in hosts}
    app.extensions["database"].dispose()
    return found


FOREIGN = (
    "evil.example",
    "localhost.evil.example",
    "portal.example.evil.example",
    "evil.example:8000",
    "",
    "a b",
    "[::2]",
    "10.0.0.1",
)


def test_only_the_configured_names_are_answered(settings):
    named = dataclasses.replace(settings, base_url="https://portal.example", trusted_hosts=("www.portal.example",))

    assert answers(named, "portal.example", "www.portal.example", "portal.example:443") == dict.fromkeys(
        ("portal.example", "www.portal.example", "portal.example:443"), 200
    )
    foreign = (*FOREIGN, "localhost", "127.0.0.1")
    assert answers(named, *foreign) == dict.fromkeys(foreign, 400)


@pytest.mark.parametrize("changes", [{}, {"base_url": "https://portal.example", "demo": True}])
def test_the_names_of_this_machine_stand_for_one_another(settings, changes):
    local = ("localhost", "127.0.0.1", "127.0.0.1:8000")

    assert answers(dataclasses.replace(settings, **changes), *local) == dict.fromkeys(local, 200)
    assert answers(dataclasses.replace(settings, **changes), *FOREIGN) == dict.fromkeys(FOREIGN, 400)


def test_a_forged_host_behind_no_proxy_changes_nothing(settings):
    app = create_app(settings)
    page = app.test_client().get("/me/security", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    app.extensions["database"].dispose()

    assert page.location == "/sign-in?next=/me/security"
    assert "evil" not in str(page.headers)
