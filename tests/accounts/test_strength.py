"""Which passwords are refused."""

import pytest

from portal.accounts.strength import require_strong
from portal.kernel.errors import Invalid

ABOUT = ("Ingrid Solheim", "ingrid.solheim@fjorden.example.org", "Causeway")


def refusal(password):
    with pytest.raises(Invalid) as problem:
        require_strong("password", password, ABOUT)
    assert problem.value.field == "password"
    return str(problem.value)


@pytest.mark.parametrize("password", ["", "elevenchars", None, 12, ["a long list of words"]])
def test_short_or_no_text_is_refused(password):
    assert "12 characters" in refusal(password)


def test_more_than_128_characters_are_refused_and_128_are_not():
    assert "128" in refusal("seven quiet herons " * 7)
    assert require_strong("password", ("seven quiet herons " * 7)[:128]) == ("seven quiet herons " * 7)[:128]


@pytest.mark.parametrize(
    "password", ["herons\x00herons\x01xyz", "line\nbreaks in here", "lone \udc80 surrogate here", "\x7f" * 12]
)
def test_what_no_keyboard_types_is_refused(password):
    assert "keyboard" in refusal(password)


@pytest.mark.parametrize(
    "password",
    [
        "Password1234",
        "P@ssw0rd2026!",
        "passwordpassword",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "abcdefghijkl",
        "111111111111",
        "abcabcabcabc",
        "iloveyou 2024",
        "Liverpool1892!",
        "administrator1",
    ],
)
def test_common_words_walks_and_repetitions_are_refused(password):
    assert "easy to guess" in refusal(password)


@pytest.mark.parametrize("password", ["Ingrid.Solheim", "solheim-ingrid99", "Causeway2026!!", "fjorden12345", "1ngr1d$olheim"])
def test_words_about_the_person_and_the_portal_are_refused(password):
    assert "easy to guess" in refusal(password)


@pytest.mark.parametrize(
    "password",
    [
        "sojdlg123aljg",
        "SOJDLG123aljg",
        "n8zgt5p0shw=",
        "polniypizdec0211",
        "!polniypizdec0211!",
        "Telechargement",
        "t3l3charg3m3nt1",
    ],
)
def test_passwords_that_leaked_are_refused_with_little_added_and_in_disguise(password):
    assert "leaked" in refusal(password)


def test_a_leaked_password_with_enough_besides_is_kept():
    assert require_strong("password", "sojdlg123aljg heron", ABOUT) == "sojdlg123aljg heron"


@pytest.mark.parametrize(
    "password",
    [
        "seven quiet herons",
        "correct horse battery staple",
        "aB3$kk9!zQp1",
        "пароль из слов",
        "  spaces  around  ",
        "密码由十二个以上的汉字组成的",
    ],
)
def test_anything_else_is_kept_exactly_as_typed(password):
    assert require_strong("password", password, ABOUT) == password


def test_no_capitals_digits_or_signs_are_asked_for():
    assert require_strong("password", "twelveletter") == "twelveletter"


def test_a_name_of_any_length_costs_little():
    assert require_strong("password", "seven quiet herons", ["x y z abc " * 100_000]) == "seven quiet herons"
