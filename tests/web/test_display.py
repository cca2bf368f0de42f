"""Colours and language."""

import dataclasses
import re

from portal.app import create_app


def cookies(answer):
    return dict(line.split(";")[0].split("=", 1) for line in answer.headers.getlist("Set-Cookie") if "session" not in line[:15])


def test_visitors_choose_and_the_next_page_follows(client_of):
    client = client_of()
    assert "data-bs-theme" not in client.get("/display").text

    answer = client.submit("/display", {"theme": "dark", "language": "en", "next": "/sign-in"})

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert cookies(answer) == {"theme": "dark", "language": "en"}
    assert 'data-bs-theme="dark"' in client.get("/display").text


def test_matching_the_device_forgets_the_choice(client_of):
    client = client_of()
    client.submit("/display", {"theme": "light", "language": "en"})
    client.submit("/display", {"theme": "", "language": "en"})

    assert "data-bs-theme" not in client.get("/display").text


def test_unknown_choices_are_refused_and_nothing_is_kept(client_of):
    client = client_of()
    for choice in (
        {"theme": "pink", "language": "en"},
        {"theme": "dark", "language": "xx"},
        {"theme": "dark"},
        {"theme": "dark\r\nSet-Cookie: a=b", "language": "en"},
        {"theme": "x" * 100_000, "language": "\x00"},
    ):
        answer = client.submit("/display", choice)
        assert (answer.status_code, cookies(answer)) == (422, {})


def test_the_form_leads_back_to_the_page_one_came_from_and_to_no_other_host(client_of):
    client = client_of()

    def back(referrer):
        return client.get("/display", headers={"Referer": referrer}).text

    assert 'name="next" value="/sign-in"' in back("http://localhost/sign-in")
    for foreign in ("http://evil.example/sign-in", "http://localhost//evil.example", "http://localhost/display", "\x00", "//["):
        assert 'name="next" value="/"' in back(foreign)
    assert client.submit("/display", {"theme": "", "language": "en", "next": "//evil.example"}).location == "/"


def test_a_form_without_its_token_changes_nothing(app):
    answer = app.test_client().post("/display", data={"theme": "dark", "language": "en"})

    assert (answer.status_code, cookies(answer)) == (400, {})


def test_cookies_are_closed_to_scripts_and_behind_tls_to_plain_connections(settings):
    app = create_app(dataclasses.replace(settings, secure_cookies=True))
    client, address = app.test_client(), "https://localhost/display"
    token = re.search(r'name="csrf_token" value="([^"]*)"', client.get(address).text)[1]
    data = {"theme": "dark", "language": "en", "csrf_token": token}
    answer = client.post(address, data=data, headers={"Referer": address})
    app.extensions["database"].dispose()

    lines = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith(("theme", "language"))]
    assert len(lines) == 2
    assert all("HttpOnly" in line and "SameSite=Lax" in line and "Secure" in line for line in lines)
