"""The difference of two texts is exact and readable; texts made to be slow are shown as replaced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.differences import difference

TEXTS = st.text(alphabet="ab .\nß🙂", max_size=80) | st.text(max_size=200)


def joined(parts, *ops):
    return "".join(text for op, text in parts if op in ops)


@given(TEXTS, TEXTS)
def test_difference_holds_both_texts_completely(before, after):
    parts = difference(before, after)

    assert joined(parts, "same", "del") == before
    assert joined(parts, "same", "ins") == after
    assert all(text for _, text in parts)
    assert all(one[0] != two[0] for one, two in zip(parts, parts[1:], strict=False))


@given(TEXTS)
def test_difference_of_a_text_with_itself_is_the_text(text):
    assert difference(text, text) == ([("same", text)] if text else [])


def test_a_changed_word_is_shown_alone():
    parts = difference("Test set agreed by 30 June 2027.", "Test set agreed by 31 May 2027.")

    assert parts == [("same", "Test set agreed by "), ("del", "30 June"), ("ins", "31 May"), ("same", " 2027.")]


def test_an_added_paragraph_leaves_the_others_alone():
    assert difference("One.\nTwo.\n", "One.\nBetween.\nTwo.\n") == [
        ("same", "One.\n"),
        ("ins", "Between.\n"),
        ("same", "Two.\n"),
    ]


HOSTILE = {
    "alternating": ("ab " * 6600, "ba " * 6600),
    "same word": ("p " + "x " * 9900 + "q", "r " + "x " * 8000 + "s"),
    "punctuation": ("".join(".,;:"[i % 4] for i in range(20_000)), "".join(".;,:"[i % 4] for i in range(20_000))),
    "lines": ("a\n" * 10_000, "a\nb\n" * 5_000),
    "nothing in common": (" ".join(f"a{i}" for i in range(3000)), " ".join(f"b{i}" for i in range(3000))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_texts_made_to_be_slow_are_still_shown_completely(name):
    before, after = HOSTILE[name]

    parts = difference(before, after)

    assert joined(parts, "same", "del") == before
    assert joined(parts, "same", "ins") == after
