import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.threads.mentioning import MOST, is_only_quoted, mentioned_in, quoted

NAMES = {1: "Ingrid Solheim", 2: "Ingrid", 3: "Øle Varga", 4: "Zoë O’Neill-Böhm", 5: "Ingrid"}
PLAIN = st.text(st.characters(blacklist_characters="@>`~", blacklist_categories=("Cs", "Cc")), max_size=30)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Ingrid Solheim, could you look?", [1]),
        ("Could @ingrid or @øle varga look?", [2, 5, 3]),
        ("(@Zoë O’Neill-Böhm)", [4]),
        ("@Ingrid Solheimer", [2, 5]),
        ("mail@ingrid", []),
        ("@Ingridsson @_Ingrid @", []),
        ("> @Ingrid Solheim said\n\nYes.", []),
        ("`@Ingrid` and ``a ` @Øle Varga``", []),
        ("```\n@Ingrid\n```\n@Øle Varga", [3]),
        ("@Øle Varga @Ingrid Solheim @Øle Varga", [3, 1]),
    ],
)
def test_people_are_called_by_name(text, called):
    assert mentioned_in(text, NAMES) == called


@given(PLAIN, st.sampled_from(sorted(NAMES)), PLAIN)
def test_whoever_is_called_between_words_is_found_and_a_quotation_calls_nobody(before, number, after):
    text = f"{before} @{NAMES[number]}, {after}"
    first_line = text.splitlines()[0] if not before.strip() else ""

    if not any(line.lstrip().startswith("    ") for line in (first_line,)):
        assert number in mentioned_in(text, NAMES)
    assert mentioned_in(quoted("@Ingrid", text), NAMES) == []


@given(st.text(max_size=300), st.dictionaries(st.integers(1, 99), st.text(max_size=12), max_size=30))
def test_only_people_who_were_given_are_found_whatever_is_written(text, names):
    found = mentioned_in(text, names)

    assert set(found) <= set(names)
    assert len(set(found)) == len(found) <= MOST
    assert all(names[number].casefold() in text.casefold() for number in found)


@given(st.text(max_size=2000))
def test_a_quotation_is_all_quotation_and_short_and_ends_where_one_goes_on(text):
    made = quoted("Ada", text)

    assert is_only_quoted(made)
    assert made.endswith("\n\n")
    assert all(line.startswith(">") for line in made.rstrip("\n").split("\n"))
    assert len(made) < 2 * 600 + 20
    assert not is_only_quoted(f"{made}Yes.")
