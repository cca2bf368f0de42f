"""What people send about their account."""

import pytest

from portal.accounts.inputs import Address, Newcomer, NewPassword, Registration
from portal.accounts.states import Kind
from portal.kernel import clock
from portal.kernel.errors import Invalid
from tests.accounts.steps import PASSWORD


def test_registration_keeps_the_address_in_lower_case_and_the_password_as_typed():
    made = Registration("professor", "  Grace   Moor ", "Grace@Example.ORG", "  Seven Quiet Herons ")

    assert (made.kind, made.name, made.email, made.password) == (
        Kind.PROFESSOR,
        "Grace Moor",
        "grace@example.org",
        "  Seven Quiet Herons ",
    )


def test_registration_reports_every_problem_at_once():
    with pytest.raises(Invalid) as problem:
        Registration("king", "", "nobody", "short")

    assert [one.field for one in problem.value.all()] == ["kind", "name", "email", "password"]


def test_registration_refuses_a_password_made_of_its_own_words():
    with pytest.raises(Invalid) as problem:
        Registration("professor", "Grace Moor", "grace@example.org", "grace.moor.99", "Causeway")

    assert problem.value.field == "password"


@pytest.mark.parametrize("value", [None, 3, [], {}, "\x00", "a" * 100_000, "a@b", "a@example.org\r\nBcc: b@example.org"])
def test_addresses_that_cannot_be_one_are_refused(value):
    with pytest.raises(Invalid):
        Address(value)


def test_a_lone_surrogate_is_no_character_of_an_address():
    assert Address("x\udc80@example.org").email == "x@example.org"


@pytest.mark.parametrize("value", [None, 3, [], b"seven quiet herons"])
def test_passwords_that_are_no_text_are_refused(value):
    with pytest.raises(Invalid):
        NewPassword(value)


def test_passwords_never_show_when_printed():
    assert PASSWORD not in repr(NewPassword(PASSWORD))
    assert PASSWORD not in repr(Registration("professor", "Grace Moor", "grace@example.org", PASSWORD))


def newcomer(born_in, guardian="", kind="student"):
    with clock.at(clock.dt.datetime(2026, 7, 1, tzinfo=clock.UTC)):
        return Newcomer(kind, "Mia Moor", "mia@example.org", born_in=born_in, guardian=guardian)


def test_only_students_are_asked_when_they_were_born_and_only_minors_whose_they_are():
    assert (newcomer("2010", "Pa@example.org", "professor").born_in, newcomer("2010", "Pa@example.org").guardian) == (
        None,
        "pa@example.org",
    )
    assert (newcomer("2007", "pa@example.org").born_in, newcomer("2007", "pa@example.org").guardian) == (2007, "")
    assert newcomer("2008", "pa@example.org").guardian == "pa@example.org"  # turns 18 this year


@pytest.mark.parametrize(
    ("born_in", "guardian", "field"),
    [
        ("", "", "born_in"),
        ("x", "", "born_in"),
        ("1900", "", "born_in"),
        ("2027", "", "born_in"),
        ("2014", "pa@example.org", "born_in"),
        ("2013", "", "guardian"),
        ("2008", "nobody", "guardian"),
        ("2012", "mia@example.org", "guardian"),
    ],
)
def test_ages_and_parents_that_cannot_be_are_refused(born_in, guardian, field):
    with pytest.raises(Invalid) as problem:
        newcomer(born_in, guardian)

    assert problem.value.field == field
