"""Each macro gives valid HTML, and nothing that people typed can become markup."""

import re
from typing import Any

import html5lib
import pytest
from flask import render_template_string

from portal.web import icons
from tests.web.bare import bare_app
from tests.web.samples import FILES, IMPORTS, SAMPLES, values

HOSTILE = """"'></p><script>alert(1)</script><img src=x onerror='alert(1)'>&amp; %(n)s %s {{ 7 * 7 }}"""


@pytest.fixture(scope="module")
def app() -> Any:
    return bare_app()


def drawn(app: Any, name: str, text: str, **options: Any) -> str:
    with app.test_request_context("/here"):
        return render_template_string(IMPORTS + SAMPLES[name], **values(text, **options))


def parsed(html: str) -> Any:
    """The tree of `html`, which must be as the standard wants it."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)


def skeleton(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(node.tag), tuple(sorted(node.attrib))) for node in parsed(html).iter()]


@pytest.mark.parametrize("name", SAMPLES)
def test_macro_gives_valid_html(app: Any, name: str) -> None:
    for errors in (False, True):
        html = drawn(app, name, "Pump & pipe", errors=errors)
        ids = re.findall(r' id="([^"]*)"', html)

        parsed(html)

        assert len(ids) == len(set(ids))
        assert 'style="' not in html
        assert set(re.findall(r'aria-describedby="([^"]*)"', html)) <= _joined(ids)


def _joined(ids: list[str]) -> set[str]:
    """Each id, and each pair of a field's hint and error."""
    return {*ids, *(f"{first} {second}" for first in ids for second in ids)}


@pytest.mark.parametrize("name", SAMPLES)
def test_macro_with_hostile_text_has_the_same_elements(app: Any, name: str) -> None:
    for errors in (False, True):
        assert skeleton(drawn(app, name, HOSTILE, errors=errors)) == skeleton(drawn(app, name, "word", errors=errors))


def test_every_macro_has_a_sample() -> None:
    defined = {
        f"{path.stem}.{name}"
        for path in (icons.TEMPLATES / "macros" / f"{file}.html" for file in FILES)
        for name in re.findall(r"{% macro ([a-z]\w*)", path.read_text(encoding="utf-8"))
    }

    assert defined - set(SAMPLES) == {"lists.table_head"}


def test_step_buttons_show_one_primary_and_the_reason_of_a_blocked_one(app: Any) -> None:
    tree = parsed(drawn(app, "cases.step_buttons", "Tidewell"))
    primary = [node for node in tree.iter() if "btn-primary" in node.attrib.get("class", "")]
    blocked = next(node for node in tree.iter("button") if node.attrib.get("aria-disabled") == "true")
    links = [node.attrib["href"] for node in tree.iter("a")]

    assert [node.text for node in primary] == ["Accept version 3"]
    assert [node.attrib["value"] for node in tree.iter("input")] == ["token", "3"]
    assert links == ["/steps/revise", "/steps/decline"]
    reason = next(node.text for node in tree.iter("span") if node.attrib.get("id") == blocked.attrib["aria-describedby"])
    assert reason == "Tidewell has not answered yet."


def test_field_with_a_problem_is_described_by_hint_and_problem(app: Any) -> None:
    tree = parsed(drawn(app, "forms.field", "Enter a title", errors=True))
    title = next(node for node in tree.iter("input") if node.attrib.get("id") == "title")

    assert title.attrib["aria-invalid"] == "true"
    assert title.attrib["aria-describedby"] == "title-hint title-error"


def test_first_button_of_a_form_with_repeated_parts_removes_nothing(app: Any) -> None:
    with app.test_request_context("/here"):
        rows = '{% import "macros/rows.html" as repeated %}{% call forms.form("/here") %}'
        part = rows + '{{ repeated.rows(f.packages, "Milestone", "Add one", "One a row", {}) }}{% endcall %}'
        html = render_template_string(IMPORTS + part, **values("x"))

    first, second, *_ = parsed(html).iter("button")

    assert "name" not in first.attrib
    assert second.attrib["value"] == "packages-0"


@pytest.mark.parametrize(
    ("at", "last", "shown"),
    [(1, 1, ""), (1, 3, "1 2 3 Next"), (4, 4, "Previous 1 2 3 4"), (7, 40, "Previous 1 … 5 6 7 8 9 … 40 Next")],
)
def test_pager_shows_ends_and_neighbours(app: Any, at: int, last: int, shown: str) -> None:
    with app.test_request_context("/here"):
        html = render_template_string(IMPORTS + "{{ lists.pager('Pages', at, last, to) }}", at=at, last=last, **values("x"))

    assert " ".join("".join(node.itertext()).strip() for node in parsed(html).iter("li")) == shown


def test_facet_leaves_out_empty_options_unless_on_and_folds_long_lists(app: Any) -> None:
    kept = parsed(drawn(app, "search.facet", "Water"))
    with app.test_request_context("/here"):
        options = [{"value": n, "label": f"Field {n}", "count": 5} for n in range(12)]
        folded = parsed(render_template_string(IMPORTS + "{{ search.facet('field', 'Field', options) }}", options=options))

    assert [node.attrib["value"] for node in kept.iter("input")] == ["Water", "c"]
    assert len(list(folded.find(".//details").iter("input"))) == 6
