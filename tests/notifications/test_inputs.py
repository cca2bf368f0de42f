"""Words of an administrator: named fields, and nothing else that means anything."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import wiring
from portal.kernel.errors import Invalid
from portal.kernel.text import Words
from portal.notifications.inputs import Worded, in_braces, with_params
from portal.notifications.wording import fields_of

NOTICES = wiring.NOTICES


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.key)
def test_the_portals_own_words_can_be_saved_as_they_are_shown(notice):
    subject, lead = in_braces(notice.subject), in_braces(notice.turn)

    Worded(subject, lead, known=fields_of(notice))

    assert (with_params(subject), with_params(lead)) == (notice.subject, notice.turn)


def test_each_kind_of_mail_has_a_key_of_its_own():
    assert len({notice.key for notice in NOTICES}) == len(NOTICES)


@given(st.text(alphabet="{}%() s.titleacor_{{}}|"))
def test_whatever_is_taken_can_be_filled_in_and_nothing_else_happens(text):
    try:
        taken = Worded(text, text, known=("title",))
    except Invalid:
        return

    filled = str(Words(with_params(taken.subject), {"title": "%(x)s {{y}}"}))
    assert filled == re.sub(r"\{\{\s*title\s*\}\}", "%(x)s {{y}}", taken.subject)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hello {{name}}", "has no field “name”. It has: actor, title."),
        ("{{ config.secret_key }}", "has no field"),
        ("{{title", "two braces"),
        ("{% if title %}{{title}}}}", "two braces"),
        ("", "Fill this in"),
    ],
)
def test_what_names_no_field_is_refused_with_a_sentence(text, why):
    with pytest.raises(Invalid, match=why):
        Worded(text, "Fine.", known=("title", "actor"))
