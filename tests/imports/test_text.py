import html as entities
import re
import unicodedata

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from portal.imports.text import safe_link, shortened, start_of, to_line, to_markdown

RENDERER = MarkdownIt("commonmark", {"html": False})
FORMS = ("html", "markdown", "text")
anything = st.text() | st.text(alphabet="<>/!-&;:#*_`[](){}%\"' \n\\abltmpxyjs3.|~=+") | st.characters(categories=["Cs"])


def rendered(markdown):
    return RENDERER.render(markdown)


def words(markdown):
    return entities.unescape(nh3.clean(rendered(markdown), tags=set())).split()


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("  Surface &amp; Sub-surface\tSystems ", "Surface & Sub-surface Systems"),
        ("A &amp;amp;#8722; B", "A − B"),
        ("Data Science Summer School (DS<sup>3</sup>) 2019", "Data Science Summer School (DS3) 2019"),
        ("&lt;b&gt;Bold&lt;/b&gt; title", "Bold title"),
        ("First<br/>second", "First second"),
        ("x < 5 and y > 3, a<b and b>a", "x < 5 and y > 3, a<b and b>a"),
        ("Python3&rlm;", "Python3"),
        ("Database 1 - &rlm;المقرر - Systems&rlm;", "Database 1 - \u200fالمقرر - Systems"),
        ("C&lrm;#\x00\x07", "C\u200e#"),
        ("Broken \ud800 pair", "Broken pair"),
        ("Lost ? character", "Lost ? character"),
        ("e\u0301", "é"),
        ('Mentor: {{% mention "danbryce" %}}', "Mentor: danbryce"),
        ("<script>alert(1)</script>Title<style>p{}</style>", "Title"),
    ],
)
def test_a_title_becomes_one_plain_line(foreign, ours):
    assert to_line(foreign) == ours


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        (r"R Tutorial For Beginners \| Edureka", "R Tutorial For Beginners | Edureka"),
        (r"C\#", "C#"),
        ("Omar Ahmed&rlm; *( :construction: in process)*", "Omar Ahmed\u200f ( in process)"),
        ("**User Interface Redesign** {#redesign}", "User Interface Redesign"),
        ("Introduction to [Julia](https://julialang.org)", "Introduction to Julia"),
        (r"2 \* 3", "2 * 3"),
    ],
)
def test_a_title_written_in_markdown_loses_its_marks(foreign, ours):
    assert to_line(foreign, "markdown") == ours


@given(anything)
@example("&amp;amp;amp;amp;amp;amp;lt;")
def test_a_line_is_one_line_of_visible_text(foreign):
    line = to_line(foreign)

    assert "\n" not in line
    assert line == unicodedata.normalize("NFC", line)
    assert {unicodedata.category(character) for character in line} & {"Cc", "Cs"} == set()


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("<p>One</p><p>Two <strong>three</strong></p>", "One\n\nTwo **three**"),
        ("<h1>Goals</h1><ul><li>First</li><li>Second</li></ul>", "### Goals\n\n- First\n- Second"),
        ('<a href="https://example.org/a_b">a_b</a>', "[a_b](https://example.org/a_b)"),
        ('<a href="mailto:a@example.org">mail</a>', "[mail](mailto:a@example.org)"),
        ('<a href="javascript:alert(1)">click</a>', "click"),
        ('<a href=" java\nscript:alert(1)">click</a>', "click"),
        ('<a href="{{ site.baseurl }}/assets/a.pdf">form</a>', "form"),
        ('<a href="/relative">here</a> and <a>there</a>', "here and there"),
        ('<a href="https://example.org/(a)">x</a>', "[x](<https://example.org/(a)>)"),
        ('<img src="https://example.org/pixel.gif" alt="A *graph*">', r"A \*graph\*"),
        ("<script>alert(1)</script>Text<style>p{color:red}</style><!-- hidden -->", "Text"),
        ("<title>Site</title><noscript>Turn it on</noscript><iframe>frame</iframe>Text", "Text"),
        ('<p style="color:red" onclick="x()">Styled</p>', "Styled"),
        ("[click](javascript:alert(1))", r"\[click](javascript:alert(1))"),
        ("Broken <p>tag <b>soup", "Broken \n\ntag **soup**".replace(" \n", "\n")),
        ("weight (<100 lbs) & K is <1, <y and z>", r"weight (<100 lbs) & K is <1, \<y and z>"),
        ("<table><tr><th>A</th></tr><tr><td>1</td></tr></table>", "| A |\n| --- |\n| 1 |"),
    ],
)
def test_html_becomes_markdown(foreign, ours):
    assert to_markdown(foreign, "html") == ours


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("The pulsar&lt;br/&gt;&lt;br/&gt;The arms", "The pulsar\n\nThe arms"),
        ("Mass 10^&amp;#8722;3, modi&amp;#64257;able", "Mass 10^−3, modiﬁable"),
        ("TEM00&nbsp;beam; K is &lt; 1 &amp; more", "TEM00 beam; K is < 1 & more"),
        ("  First line\n   goes on\n\n\n\n  • one\n  • two", "First line\ngoes on\n\n- one\n- two"),
        (
            "# not a heading\n1. not a list\n* nor this\n--- nor a rule",
            "\\# not a heading\n1\\. not a list\n\\* nor this\n\\--- nor a rule",
        ),
        ("snake_case stays, _this_ is no stress", r"snake_case stays, \_this\_ is no stress"),
        ("Water?s weight", "Water?s weight"),
        ("&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;", ""),
    ],
)
def test_plain_text_stays_what_it_says(foreign, ours):
    assert to_markdown(foreign, "text") == ours


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        (
            '- **Mentors:** {{% mention mpowers %}}, {{< figure src="x" >}}[A B](mailto:a@example.org)',
            "- **Mentors:** mpowers, [A B](mailto:a@example.org)",
        ),
        ("See [it]({{ site.baseurl }}/x) and [that](/local)", "See it and that"),
        ("[a](javascript:alert(1)) ![logo](https://example.org/l.png)", "a logo"),
        ("One<br>two <b>three</b><script>x()</script>", "One\ntwo three"),
        ("`<div>` and\n\n```html\n<p>kept</p>\n```\n\n<p>gone</p>", "`<div>` and\n\n```html\n<p>kept</p>\n```\n\ngone"),
        ("[paper](https://example.org/a_(b).pdf)", "[paper](https://example.org/a_(b).pdf)"),
        ("[x]: /local\n[y]: https://example.org", "[y]: https://example.org"),
        ("### Goal {#goal}\n\n*stays*", "### Goal\n\n*stays*"),
    ],
)
def test_markdown_of_other_sites_loses_what_is_theirs(foreign, ours):
    assert to_markdown(foreign, "markdown") == ours


@given(anything, st.sampled_from(FORMS))
def test_any_text_becomes_clean_markdown(foreign, form):
    markdown = to_markdown(foreign, form)

    assert markdown == unicodedata.normalize("NFC", markdown)
    assert {unicodedata.category(character) for character in markdown} & {"Cs"} == set()
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f]|\n\n\n", markdown) is None


@given(anything, st.sampled_from(("html", "text")))
@example('<a href="data:text/html,x">x</a>', "html")
@example("[x][y]\n\n[y]: javascript:alert(1)", "html")
@example("![x](ftp://example.org)", "text")
@example("<http:x>", "text")
def test_no_foreign_text_becomes_a_link_elsewhere_than_the_web_or_a_mailbox(foreign, form):
    for address in re.findall(r'(?:href|src)="([^"]*)"', rendered(to_markdown(foreign, form))):
        assert address.startswith(("http://", "https://", "mailto:"))


# Entities and tags are meant to vanish, and control characters; everything else has to come out as it went in.
plain_words = st.text(alphabet="*_`[](){}#+-.!|~=>\\:/ \n0123abcxyz", max_size=60)


@given(plain_words)
@example("a\n===\n--- | ---\n| a |")
@example("\\")
@example("a\\\nb")
@example("[x]: y")
@example("    code?")
def test_plain_text_reads_the_same_when_it_is_shown(foreign):
    assert words(to_markdown(foreign, "text")) == re.sub(r"\{\{[^{}]*\}\}|\{#[\w-]+\}", "", foreign).split()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "piece",
    ["<b>", "<div>", "[", "<!--", "<script>", "{{", "&amp;", "`", "_", "[a](", "![x](", "\\", "```\n", "&lt;p "],
)
def test_endless_repetition_comes_to_an_end(piece, form):
    assert isinstance(to_markdown(piece * 8_000 + "end", form), str)
    assert isinstance(to_line(piece * 8_000 + "end", form), str)


@pytest.mark.parametrize(
    ("markdown", "start"),
    [
        ("### Goal\n\nWe *build* [it](https://example.org).", "Goal We build it."),
        (
            "### Goal\n\nWe *build* [it](https://example.org). " + "And more. " * 9,
            "We build it. And more. And more. And more. And more. And more. And more.",
        ),
        ("- one\n- two \\* three", "one two * three"),
        ("A first sentence of some words. " + "more words " * 20, "A first sentence of some words."),
        ("word " * 30, ("word " * 30)[:79].rpartition(" ")[0].rstrip() + "…"),
        ("x" * 200, "x" * 79 + "…"),
        ("", ""),
    ],
)
def test_a_summary_is_the_start_of_the_text_without_its_marks(markdown, start):
    assert start_of(markdown, 80) == start


@given(anything, st.integers(20, 300))
def test_a_summary_never_exceeds_its_length(markdown, most):
    assert len(start_of(markdown, most)) <= most


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b=1&amp;c=2", "https://example.org/a?b=1&c=2"),
        (" (https://example.org/x) ", "https://example.org/x"),
        ("https://example.org/2020)", "https://example.org/2020"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        *(
            (bad, "")
            for bad in (
                "javascript:alert(1)",
                "//example.org",
                "/x",
                "https://",
                "http://[",
                "mailto:",
                "ftp://a/b",
                "https://a b",
                None,
                7,
            )
        ),
    ],
)
def test_only_addresses_on_the_web_and_mailboxes_are_links(address, safe):
    assert safe_link(address) == safe


@pytest.mark.parametrize(
    ("markdown", "short"),
    [
        ("as it is", "as it is"),
        ("one two three four five six", "one two three…"),
        ("first paragraph\n\nsecond", "first paragraph\n\n…"),
        ("x" * 30, "x" * 17 + "…"),
    ],
)
def test_a_text_that_is_too_long_is_cut_visibly(markdown, short):
    assert shortened(markdown, 20 if len(markdown) > 25 or "\n" not in markdown else 21) == short


@given(anything, st.integers(10, 200))
def test_a_shortened_text_fits(markdown, most):
    assert len(shortened(markdown, most)) <= most


@settings(max_examples=400)
@given(
    st.lists(
        st.sampled_from(
            [
                "<br>",
                "<BR/>",
                "<br />",
                "\n",
                " ",
                "\t",
                "  ",
                "&amp;",
                "&lt;b&gt;",
                "&nbsp;",
                "&#8211;",
                "&quot;",
                "#",
                "- ",
                "1. ",
                "*a*",
            ]
            + ["_b_", "[c](d)", "a < b", "word", "e.\n", "|", "\u00a0", "<i"]
        ),
        max_size=14,
    )
)
def test_text_with_breaks_alone_reads_as_it_does_beside_other_tags(pieces):
    text = "".join(pieces)

    assert to_markdown(text, "html") == to_markdown(f"{text}<wbr>", "html")
