"""Found words are marked, and nothing in a text can become markup."""

import html.parser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from portal.search.engine import highlight
from portal.search.engine.parser import parse


def marked(text, asked, limit=240):
    return highlight(text, parse(asked).terms, limit)


def test_words_are_marked_in_any_form():
    assert marked("Batteries need care", "battery") == Markup("<mark>Batteries</mark> need care")
    assert marked("Ein Café", "cafe") == Markup("Ein <mark>Café</mark>")


def test_words_of_phrases_and_prefixes_are_marked():
    assert marked("Machine learning, collaborating", '"machine learning" collab*') == Markup(
        "<mark>Machine</mark> <mark>learning</mark>, <mark>collaborating</mark>"
    )


def test_excluded_words_are_not_marked():
    assert marked("steel and stone", "steel -stone") == Markup("<mark>steel</mark> and stone")


def test_markup_in_a_text_is_shown_as_text():
    found = marked('<script>steel</script> & "x" <mark>', "steel script")

    assert found == Markup(
        "&lt;<mark>script</mark>&gt;<mark>steel</mark>&lt;/<mark>script</mark>&gt; &amp; &#34;x&#34; &lt;mark&gt;"
    )


def test_long_text_is_cut_around_the_densest_group():
    text = "steel " + "other " * 100 + "here steel meets stone in wood " + "more " * 100

    found = marked(text, "steel stone wood", limit=60)

    assert found.startswith("…")
    assert found.endswith("…")
    assert found.count("<mark>") == 3
    assert len(found.striptags()) <= 62


def test_text_without_a_hit_is_cut_from_its_beginning():
    assert marked("one two three four", "five", limit=9) == Markup("one two…")


def test_all_of_a_text_is_shown_on_demand():
    assert marked("steel " * 200, "steel", limit=0).count("<mark>") == 200


def test_text_in_decomposed_letters_is_marked():
    assert marked("Cafe\u0301 noir", "café") == Markup("<mark>Café</mark> noir")


class Tags(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_endtag(self, tag):
        self.tags.append((f"/{tag}", []))

    def handle_data(self, data):
        self.text += data


@given(
    st.text(alphabet=st.sampled_from("<>&\"'ab c\u0301\x00\ud800\u202eéß²½/=-*"), max_size=200),
    st.text(alphabet="ab c*éß", max_size=20),
    st.integers(0, 60),
)
def test_nothing_but_pairs_of_marks_comes_out(text, asked, limit):
    found = Tags(str(marked(text, asked, limit)))

    assert found.tags == [("mark", []), ("/mark", [])] * (len(found.tags) // 2)
    assert not set(found.text) & {"\x00", "\ud800", "\u202e"}


@pytest.mark.parametrize("text", ["x" * 100_000, "<" * 100_000, "e\u0301\u0316" * 40_000, "steel " * 20_000, ""])
def test_hostile_text_is_no_error(text):
    assert len(marked(text, "steel", limit=100).striptags()) <= 150
