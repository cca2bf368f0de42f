"""What the two small scripts add to pages that work without them, in a real browser."""

import pytest
from flask import render_template_string, request

from tests.web.bare import bare_app
from tests.web.samples import IMPORTS, values

FRAME = '{% extends "layouts/page.html" %}' + IMPORTS + "{% block title %}{{ name }}{% endblock %}"
SEARCH = """{% block main %}
  <form id="f" role="search" action="/search" aria-label="Search" data-auto>{{ search.search_box(asked.q or "") }}
  {% set water = {"value": "water", "label": "Water", "count": 2, "on": asked.field == "water"} %}
  {% call search.drawer(0, 2) %}{{ search.facet("field", "Field", [water]) }}{% endcall %}
  <section id="results" data-swap aria-labelledby="found">
  <h2 id="found" role="status">{{ "Water only" if asked.field else "Everything" }}</h2></section></form>{% endblock %}
  {% block scripts %}<script type="module" nonce="{{ page.nonce }}" src="{{ asset_url('search.js') }}"></script>
  <script type="module" nonce="{{ page.nonce }}" src="{{ asset_url('suggest.js') }}"></script>{% endblock %}"""
FORM = """{% block main %}<h1>Form</h1>{{ forms.error_summary(f) }}
  {% call forms.form("/sent") %}{{ forms.field(f.title) }}<button class="btn">Send it</button>{% endcall %}{% endblock %}"""
TICKS = """{% block main %}<h1>Queue</h1>
  <form method="post" action="/sent">{{ lists.bulk(0, [{"label": "Approve", "name": "do", "value": "approve"}]) }}
  <table><thead><tr><th><input type="checkbox" aria-label="All"></th></tr></thead>
  <tbody><tr><td><input type="checkbox" aria-label="One"></td></tr>
  <tr><td><input type="checkbox" aria-label="Two"></td></tr></tbody></table></form>{% endblock %}"""
SUGGESTIONS = """{{ search.suggestions([{"label": "Searches", "rows": [{"text": "pump failure", "href": "/search?q=pump+failure"},
  {"text": "pump wear", "href": "/search?q=pump+wear"}]}]) }}"""


@pytest.fixture
def sent():
    return []


@pytest.fixture
def site(live_server, sent):
    app = bare_app()

    def shown(template, **more):
        return render_template_string(template, name="Here", asked=request.args, **{**values("Title"), **more})

    def slow():
        sent.append(request.form)
        return "", 204  # the browser stays where it is, as it does while a slow answer is on its way

    app.add_url_rule("/search", "search", lambda: shown(FRAME + SEARCH))
    app.add_url_rule("/search/suggest", "suggest", lambda: shown(IMPORTS + SUGGESTIONS))
    app.add_url_rule("/form", "form", lambda: shown(FRAME + FORM, **values("Enter a title", errors=True)))
    app.add_url_rule("/ticks", "ticks", lambda: shown(FRAME + TICKS))
    app.add_url_rule("/sent", "sent", slow, methods=["POST"])
    return live_server(app)


def test_summary_of_problems_has_the_focus_and_leads_to_the_field(page, site):
    page.goto(f"{site}/form")
    focused = page.evaluate("document.activeElement.className")
    page.click(".cw-errors a >> nth=0")

    assert focused == "cw-errors"
    assert page.evaluate("document.activeElement.id") == "title"


def test_second_press_of_a_button_sends_nothing(page, site, sent):
    page.goto(f"{site}/form")
    button = page.get_by_role("button", name="Send it")
    with page.expect_response("**/sent"):
        button.click()
    button.click(force=True)
    page.goto(f"{site}/search")

    assert len(sent) == 1


def test_bar_counts_ticked_rows_and_the_head_ticks_all(page, site):
    page.goto(f"{site}/ticks")
    page.get_by_label("Two").check()
    one = page.inner_text("[data-bulk-count]")
    page.get_by_label("All").check()

    assert (one, page.inner_text("[data-bulk-count]")) == ("1", "2")


def test_filter_applies_at_once_and_keeps_focus_and_address(page, site):
    page.goto(f"{site}/search")
    page.get_by_label("Water").check()
    page.get_by_text("Water only").wait_for()
    page.wait_for_url("**/search?field=water")
    focused = page.evaluate("document.activeElement.id")
    page.go_back()

    assert focused == "field-0"
    page.get_by_text("Everything").wait_for()


def test_suggestions_are_chosen_by_keys(page, site):
    page.goto(f"{site}/search")
    box = page.get_by_role("combobox")
    box.press_sequentially("pump")
    page.get_by_role("option", name="pump failure").wait_for()
    opened = box.get_attribute("aria-expanded")
    box.press("ArrowDown")
    box.press("ArrowDown")
    chosen = box.get_attribute("aria-activedescendant")
    box.press("Enter")
    page.wait_for_url("**/search?q=pump+wear")

    assert (opened, chosen) == ("true", "q-suggestions-1")


def test_escape_closes_suggestions_and_enter_searches(page, site):
    page.goto(f"{site}/search")
    box = page.get_by_role("combobox")
    box.press_sequentially("pump")
    page.get_by_role("option", name="pump failure").wait_for()
    box.press("Escape")
    closed = box.get_attribute("aria-expanded")
    box.press("Enter")
    page.wait_for_url("**/search?q=pump")

    assert closed == "false"


def test_filters_work_without_scripts(open_page, site):
    page = open_page(java_script_enabled=False)
    page.goto(f"{site}/search")
    page.get_by_label("Water").check()
    page.get_by_role("button", name="Apply filters").click()

    assert page.get_by_role("status").inner_text() == "Water only"
