"""What an administrator may write."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.announcements.inputs import Message
from portal.kernel.errors import Invalid

ENDS = "2027-03-28T10:00"


def test_times_are_those_of_the_zones_clocks_also_when_they_are_changed():
    """The clocks of Brussels skip 02:30 on 28 March 2027, and show 02:30 twice on 31 October."""
    jumped = Message("News.", starts="2027-03-28T02:30", ends=ENDS, zone="Europe/Brussels")
    twice = Message("News.", starts="2027-10-31T02:30", ends="2027-10-31 02:30:59", zone="Europe/Brussels")

    assert (jumped.starts_at, jumped.ends_at) == (moment(3, 28, 1, 30), moment(3, 28, 8))
    assert (twice.starts_at, twice.ends_at) == (moment(10, 31, 0, 30), moment(10, 31, 1, 30))
    assert Message("News.", ends=ENDS).starts_at is None


def moment(month, day, hour, minute=0):
    return dt.datetime(2027, month, day, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("text", {"text": ""}),
        ("text", {"text": "x" * 301}),
        ("tone", {"tone": "loud"}),
        ("audience", {"audience": "dogs"}),
        ("starts", {"starts": "tomorrow"}),
        ("ends", {"ends": ""}),
        ("ends", {"ends": "2027-02-30T10:00"}),
        ("ends", {"ends": "9999-12-31T10:00"}),
        ("ends", {"starts": ENDS}),
        ("link_href", {"link_label": "More"}),
        ("link_label", {"link_href": "/help"}),
        ("link_href", {"link_label": "More", "link_href": "http://example.org"}),
        ("link_href", {"link_label": "More", "link_href": "javascript:alert(1)"}),
        ("link_href", {"link_label": "More", "link_href": "//example.org"}),
        ("link_href", {"link_label": "More", "link_href": "/\\example.org"}),
    ],
)
def test_what_cannot_be_announced_is_said_beside_its_field(field, values):
    with pytest.raises(Invalid) as refused:
        Message(**{"text": "News.", "ends": ENDS, **values})

    assert [problem.field for problem in refused.value.all()] == [field]


@given(st.text(alphabet="/\\@:.?# \t\nhtpsjavcrie\u00a0x", max_size=12) | st.from_regex(r"\A(https?:)?[/\\]{1,3}\w+"))
def test_a_link_stays_here_or_is_safe_on_its_way(href):
    try:
        kept = Message("News.", link_label="More", link_href=href, ends=ENDS).link_href
    except Invalid:
        return

    parts = urlsplit(kept.replace("\\", "/"))
    assert (parts.scheme, bool(parts.netloc)) in (("", False), ("https", True))
