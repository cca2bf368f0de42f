"""Counting, apart from what is counted."""

import pytest
from flask import Flask, request

from portal.web.limits import Limit, form_value, has_room, init_limits, limited, network


def portal(*limits, enabled=True):
    app = Flask(__name__)
    init_limits(app, enabled=enabled)

    @app.post("/")
    @limited(*limits)
    def view():
        return "done", int(request.form.get("status", 200))

    return app


def answers(app, times, **form):
    return [app.test_client().post("/", data=form).status_code for _ in range(times)]


def test_the_call_after_the_last_allowed_one_is_told_how_long_to_wait():
    app = portal(Limit("all", "2 per hour", lambda: "x"))

    assert answers(app, 3) == [200, 200, 429]
    assert 3590 < int(app.test_client().post("/").headers["Retry-After"]) <= 3600


def test_each_key_has_its_own_count_and_an_empty_one_none():
    app = portal(Limit("name", "1 per hour", form_value("name")))

    assert [answers(app, 2, name=name) for name in ("a", "b", "", "\x00")] == [[200, 429], [200, 429], [200, 200], [200, 200]]


def test_case_and_spaces_make_no_other_key():
    app = portal(Limit("name", "1 per hour", form_value("name")))

    assert [answers(app, 1, name=name) for name in ("Ada", " ada ", "ADA")] == [[200], [429], [429]]


def test_where_refusals_count_the_others_do_not():
    app = portal(Limit("tries", "2 per hour", lambda: "x", refusals=True))

    assert answers(app, 3) == [200, 200, 200]
    assert answers(app, 3, status=422) == [422, 422, 429]
    assert answers(app, 1) == [429]


def test_a_call_that_fails_counts_once():
    assert answers(portal(Limit("all", "2 per hour", lambda: "x")), 3, status=422) == [422, 422, 429]


def test_a_refused_call_costs_nothing_more():
    app = portal(Limit("tries", "1 per second", lambda: "x"))
    first = answers(app, 1)
    while answers(app, 1) != [200]:
        pass

    assert first == [200]


def test_switched_off_nothing_is_counted():
    assert answers(portal(Limit("all", "1 per hour", lambda: "x"), enabled=False), 5) == [200] * 5


def test_quiet_limits_answer_instead_of_refusing():
    limit = Limit("reminders", "2 per hour", lambda: "x")
    for enabled, expected in ((True, [True, True, False]), (False, [True] * 3)):
        app = portal(enabled=enabled)
        with app.test_request_context("/"):
            assert [has_room(limit) for _ in range(3)] == expected


@pytest.mark.parametrize(
    ("address", "key"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"), ("", "unknown"), ("socket", "unknown")],
)
def test_an_ipv6_customer_is_one_network(address, key):
    with Flask(__name__).test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        assert network() == key


def test_two_portals_in_one_process_count_apart():
    limit = Limit("all", "1 per hour", lambda: "x")

    assert [answers(portal(limit), 1) for _ in range(2)] == [[200], [200]]
