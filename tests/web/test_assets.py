"""Static files: addresses that follow the content, packed once, kept for ever."""

import gzip
import re

import brotli
import pytest

from portal.web.assets import STATIC
from tests.web.bare import bare_app


@pytest.fixture(scope="module")
def app():
    return bare_app()


def url(app, name):
    return app.jinja_env.globals["asset_url"](name)


def get(app, path, **headers):
    return app.test_client().get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_address_holds_a_digest_of_the_content(app):
    assert re.fullmatch(r"/static/[0-9a-f]{12}/theme\.css", url(app, "theme.css"))
    assert url(app, "theme.css").split("/")[2] != url(app, "page.js").split("/")[2]


def test_asset_may_be_kept_for_ever(app):
    answer = get(app, url(app, "theme.css"))

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.mimetype == "text/css"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("accepts", "coding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
    ],
)
def test_asset_is_packed_as_the_browser_wants(app, accepts, coding, unpack):
    plain = get(app, url(app, "theme.css")).data
    answer = get(app, url(app, "theme.css"), Accept_Encoding=accepts)

    assert answer.headers.get("Content-Encoding") == coding
    assert unpack(answer.data) == plain


def test_asset_that_the_browser_has_is_not_sent_again(app):
    first = get(app, url(app, "page.js"))
    again = get(app, url(app, "page.js"), If_None_Match=first.headers["ETag"])

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_address_of_another_release_gives_the_file_but_not_to_keep(app):
    answer = get(app, "/static/000000000000/page.js")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_unknown_asset_is_missing(app):
    assert get(app, "/static/000000000000/nothing.css").status_code == 404
    assert get(app, "/static/000000000000/..%2fapp.py").status_code == 404


def test_stylesheet_holds_bootstrap_in_the_lowest_layer(app):
    text = get(app, url(app, "theme.css")).text

    assert text.startswith("@layer bootstrap, tokens,")
    assert "@layer bootstrap {" in text
    assert "Bootstrap  v5" in text  # its licence line
    assert ".btn-check" in text
    assert "@import" not in text
    assert "@charset" not in text
    assert "sourceMappingURL" not in text


def test_styles_and_scripts_of_a_page_fit_into_80_kilobytes(app):
    packed = [
        get(app, url(app, name), Accept_Encoding="gzip").data for name in ("theme.css", "page.js", "search.js", "icons.svg")
    ]

    assert sum(map(len, packed)) < 80_000


def test_addresses_follow_the_mount_point():
    app = bare_app(APPLICATION_ROOT="/portal")

    assert url(app, "theme.css").startswith("/portal/static/")
    assert "/portal/static/" in app.jinja_env.globals["icon"]("flag")


def test_scripts_stay_few_and_tiny():
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in STATIC.glob("*.js"))

    assert lines < 300
