"""The sprite holds the icons in use, all of them and no others."""

import pytest

from portal.web import icons
from tests.web.bare import bare_app


def test_sprite_holds_what_templates_and_views_name():
    missing = icons.names_in_use() - icons.names_in_sprite()
    unused = icons.names_in_sprite() - icons.names_in_use()

    assert (missing, unused) == (set(), set()), "run: python -m portal.web.icons"


def test_sprite_is_cut_as_the_script_cuts_it():
    assert icons.SPRITE.read_text(encoding="utf-8") == icons.cut(icons.names_in_use())


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ('{{ icon("star", 15) }}', {"star"}),
        ('{{ icon("sun" if light else "moon" if dark else other) }}', {"sun", "moon"}),
        ('{{ ui.empty("a", "list", icon="inbox") }}', {"inbox"}),
        ('{% macro empty(title, icon="tools", level=2) %}{% endmacro %}', {"tools"}),
        ('{{ lists.menu([{"label": "x", "icon": "bell"}]) }}', {"bell"}),
        ('{{ forms.choices(f, icons={"p": "people"}) }}', {"people"}),
        ('{{ icon(kind or "star") }}{{ icon("gear" if kind == "lock" else "") }}', {"star", "gear"}),
    ],
)
def test_icons_are_found_wherever_templates_may_name_them(tmp_path, source, named):
    (tmp_path / "page.html").write_text(source)
    tables = {*icons.KIND_ICONS.values(), *icons.FILE_ICONS.values(), icons.ANY_FILE_ICON}

    assert icons.names_in_use(tmp_path, tmp_path) - tables == named


def test_icons_are_found_in_views(tmp_path):
    (tmp_path / "views.py").write_text('Item("Find", icon="binoculars", note="lock")')

    named = icons.names_in_use(tmp_path, tmp_path)

    assert "binoculars" in named
    assert "lock" not in named


def test_unknown_icon_is_refused_by_name():
    with pytest.raises(LookupError, match="no-such-icon"):
        icons.cut(["flag", "no-such-icon"])
    with pytest.raises(LookupError, match="no-such-icon"):
        bare_app().jinja_env.globals["icon"]("no-such-icon")


def test_icon_is_hidden_from_screen_readers_and_points_into_the_sprite():
    app = bare_app()

    assert app.jinja_env.globals["icon"]("flag", 15) == (
        '<svg class="cw-i" width="15" height="15" aria-hidden="true">'
        f'<use href="{app.jinja_env.globals["asset_url"]("icons.svg")}#flag"></use></svg>'
    )
