"""Every route has a guard, an address a person can read, and a line in the golden list."""

import re

from tests.fixtures.golden import assert_golden

# Served by libraries or for machines: their own guards, or nothing to guard.
OPEN = {"asset"}


def views(app):
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods))):
        if rule.endpoint not in OPEN and not rule.endpoint.startswith("security."):
            yield rule, app.view_functions[rule.endpoint]


def guard_of(view):
    return getattr(view, "guard", None)


def test_every_route_has_a_guard(app):
    assert [rule.rule for rule, view in views(app) if guard_of(view) is None] == []


def test_addresses_are_kebab_case_and_their_parameters_typed(app):
    for rule, _view in views(app):
        assert re.findall(r"<(?![a-z]+(?:\([A-Za-z0-9_, ='\"]*\))?:)", rule.rule) == [], rule.rule
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.-]*", fixed), rule.rule


def test_the_list_of_routes_is_the_golden_one(app):
    lines = [
        f"{','.join(sorted(rule.methods - {'HEAD', 'OPTIONS'})):9} {rule.rule:60} {guard_of(view)}" for rule, view in views(app)
    ]
    assert_golden("routes.txt", "\n".join(lines) + "\n")
