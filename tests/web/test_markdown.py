"""What people write can look as they like and do nothing."""

import re
from urllib.parse import urlsplit

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.web.markdown import REL, SCHEMES, TAGS, markdown

ALLOWED = {"a": {"href", "title", "rel"}, "ol": {"start"}, "th": {"scope"}}
PIECES = st.sampled_from(
    [
        *("# ", "### ", "* ", "> ", "1. ", "```\n", "`", "**", "_", "~~", "\n", "\n\n", "| a | b |\n|---|---|\n"),
        *("[", "](", ")", "![", "<", ">", "&lt;", '"', "'", "<!--", "-->", "<![CDATA[", "</p>"),
        *("<script>", "<img src=x onerror=alert(1)>", "<a href='javascript:x'>", "<svg/onload=x>", " onmouseover=", "style=x"),
        *("javascript:alert(1)", "JaVaScRiPt&colon;x", "data:text/html,x", "vbscript:x", "&#106;avascript:", "//evil.example"),
        *('https://example.org/?a=b&c="d"', "mailto:a@b.example", "\x00", "\ufffd", "\u202e", "word "),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join)


def elements(markup):
    tree = html5lib.parseFragment(str(markup), namespaceHTMLElements=False)
    return [element for element in tree.iter() if element is not tree]


@given(TEXTS)
@example("[a](javascript:alert(1))")
@example("[a]: data:text/html,x\n\n[a]")
@example("<javascript:alert(1)>")
@example('[x](<https://example.org" onmouseover="alert(1)>)')
def test_markdown_gives_only_harmless_elements(text):
    for element in elements(markdown(text)):
        assert element.tag in TAGS
        assert set(element.attrib) <= ALLOWED.get(element.tag, set())
        if "href" in element.attrib:
            assert urlsplit(element.attrib["href"]).scheme in SCHEMES
            assert element.attrib["rel"] == REL


@pytest.mark.parametrize(
    ("text", "shown"), [("[x]()", "<p>x</p>"), ("a []() b", "<p>a  b</p>"), ("[a]() [b](https://c.example)", "b</a></p>")]
)
def test_a_link_to_nowhere_is_its_text(text, shown):
    assert markdown(text).strip().endswith(shown)
    assert 'href=""' not in markdown(text)


@given(TEXTS)
def test_markdown_headings_stand_below_the_pages_own_and_skip_no_level(text):
    above = 2
    for element in elements(markdown(text)):
        if re.fullmatch("h[1-6]", element.tag):
            level = int(element.tag[1])
            assert 3 <= level <= above + 1
            above = level


@given(st.lists(st.from_regex("[a-z]{1,12}", fullmatch=True), min_size=1))
def test_markdown_keeps_every_plain_word(words):
    assert "".join(element.text or "" for element in elements(markdown(" ".join(words)))) == " ".join(words)


def test_markdown_draws_what_its_hint_promises():
    assert markdown("One\n\n- two\n- **three**\n\n[four](https://example.org)") == (
        "<p>One</p>\n<ul>\n<li>two</li>\n<li><strong>three</strong></li>\n</ul>\n"
        '<p><a href="https://example.org" rel="nofollow noopener ugc">four</a></p>\n'
    )


@pytest.mark.parametrize("text", ["<b>bold</b>", "<script>alert(1)</script>"])
def test_html_stays_text(text):
    assert str(markdown(text)).startswith("<p>&lt;")
    assert elements(markdown(text))[0].text == text


def test_a_table_names_its_columns():
    assert '<th scope="col">Year</th>' in markdown("| Year |\n|---|\n| 2026 |")
