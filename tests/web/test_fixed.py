"""What is worked out once gives the same page as what is worked out each time, in every language."""

import pytest
from flask import render_template
from jinja2 import ChoiceLoader, DictLoader

from portal.web.filters import show_times_in
from portal.web.words import PSEUDO, speak
from tests.web.bare import bare_app

PAGES = {
    "page.html": '{{ _("Save & go") }} {{- _("dash") }} {{ _("%(n)s left", n=3) }} {{ icon("flag", 15) }}{{ root }}/x',
    "joined.html": '{{ _("one") ~ _("two") }}',
    "brace.html": '{{ _("a {{ b }} c") }}',
    "quote.html": """<a title="{{ _('it') }}">{{ _("it's") }}</a>""",
    "part.html": "{{ _('Hello') }} {{ member }} {{ zone_name() }}",
    "around.html": '{% include "part.html" %}|{{ still("part.html", member=true) }}|{{ still("part.html", member=false) }}',
    "note.txt": '{{ _("R&D") }}',
}


@pytest.fixture
def app():
    app = bare_app(TIME_ZONE="Europe/Brussels", APPLICATION_ROOT="/p")
    app.jinja_loader = ChoiceLoader([DictLoader(PAGES), app.jinja_loader])
    return app


def drawn(app, name, locale="en", zone=None):
    with app.test_request_context("/"):
        speak(locale)
        show_times_in(zone)
        return render_template(name, member="?")


def test_known_parts_are_written_into_the_template(app):
    source = app.jinja_env.preprocess(PAGES["page.html"], "en:page.html")

    assert source.startswith('Save &amp; go {{- _("dash") }} {{ _("%(n)s left", n=3) }} <svg')
    assert source.endswith("</svg>/p/x")


def test_page_is_the_same_as_without(app):
    assert drawn(app, "page.html") == f"Save &amp; godash 3 left {app.jinja_env.globals['icon']('flag', 15)}/p/x"
    assert drawn(app, "quote.html") == '<a title="it">it&#39;s</a>'
    assert drawn(app, "joined.html") == "onetwo"
    assert drawn(app, "note.txt") == "R&D"


def test_each_language_has_its_own_template(app):
    english = drawn(app, "quote.html")
    other = drawn(app, "quote.html", PSEUDO)

    assert english != other
    assert other == '<a title="⟦ít⟧">⟦ít&#39;š⟧</a>'
    assert drawn(app, "quote.html") == english


def test_sentence_that_looks_like_an_instruction_stays_a_sentence(app):
    assert drawn(app, "brace.html") == "a {{ b }} c"


def test_still_parts_differ_by_language_zone_and_values(app):
    assert drawn(app, "around.html") == "Hello ? Europe/Brussels|Hello True Europe/Brussels|Hello False Europe/Brussels"
    assert drawn(app, "around.html", zone="Asia/Tokyo").endswith("|Hello False Asia/Tokyo")
    assert "⟦" in drawn(app, "around.html", PSEUDO).rpartition("|")[2]


def test_a_dictionary_gives_its_values_and_keeps_its_methods(app):
    shown = app.jinja_env.from_string("{{ row.label }} {{ row.missing is defined }} {{ row.items()|length }} {{ row['items'] }}")

    assert shown.render(row={"label": "Kept", "items": "typed"}) == "Kept False 2 typed"
