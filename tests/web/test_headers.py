"""What browsers are told about each response."""

import re

import pytest
from flask import Response, g, render_template

from portal.kernel.policy import Actor
from tests.web.bare import bare_app


@pytest.fixture
def app():
    app = bare_app()
    actors = {"/member": Actor(7, "Ingrid"), "/visitor": Actor()}

    @app.before_request
    def _who():
        from flask import request

        g.actor = actors.get(request.path)

    app.add_url_rule("/member", "member", lambda: render_template("errors/500.html"))
    app.add_url_rule("/visitor", "visitor", lambda: render_template("errors/500.html"))
    app.add_url_rule("/plain", "plain", lambda: "text")
    app.add_url_rule(
        "/own", "own", lambda: Response("x", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "private"})
    )
    return app


def headers(app, path, **options):
    return app.test_client().get(path, **options).headers


def test_page_runs_only_its_own_scripts(app):
    answer = app.test_client().get("/visitor")
    policy = answer.headers["Content-Security-Policy"]
    (allowed,) = re.findall(r"script-src 'nonce-([\w-]{22})'", policy)

    assert re.findall(r'<script[^>]* nonce="([^"]*)"', answer.text) == [allowed]
    assert policy.replace(allowed, "…") == (
        "default-src 'self'; script-src 'nonce-…'; style-src 'self'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )


def test_nonce_is_new_for_each_response(app):
    assert headers(app, "/visitor")["Content-Security-Policy"] != headers(app, "/visitor")["Content-Security-Policy"]


def test_response_without_a_page_runs_no_scripts(app):
    assert "script-src 'none'" in headers(app, "/plain")["Content-Security-Policy"]


def test_fixed_headers_stand_on_every_response(app):
    for path in ("/visitor", "/plain", "/missing", app.jinja_env.globals["asset_url"]("page.js")):
        got = headers(app, path)

        assert got["X-Content-Type-Options"] == "nosniff"
        assert got["Referrer-Policy"] == "same-origin"
        assert got["Cross-Origin-Opener-Policy"] == "same-origin"
        assert got["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in got


def test_browser_stays_on_https_once_there(app):
    assert headers(app, "/plain", base_url="https://localhost")["Strict-Transport-Security"] == "max-age=31536000"


def test_what_a_member_sees_is_kept_by_no_cache(app):
    got = headers(app, "/member")

    assert (got["Cache-Control"], got["Vary"]) == ("no-store", "Cookie")


def test_what_a_visitor_sees_may_be_kept_but_is_asked_for_again(app):
    got = headers(app, "/visitor")

    assert (got["Cache-Control"], got["Vary"]) == ("no-cache", "Cookie")


def test_view_keeps_the_policy_it_chose(app):
    got = headers(app, "/own")

    assert (got["Content-Security-Policy"], got["Cache-Control"]) == ("sandbox", "private")
