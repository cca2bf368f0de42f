"""The frame of pages, error pages and mails: valid, complete, and escaped."""

import dataclasses
import re
from types import SimpleNamespace

import html5lib
import pytest
from flask import render_template, render_template_string

from portal.web import icons
from tests.web.bare import MEMBER, VISITOR, bare_app

ERRORS = sorted(path.stem for path in (icons.TEMPLATES / "errors").glob("[0-9]*.html"))
HOSTILE = '"><script>alert(1)</script>'
BODY = (
    '{% extends "layouts/page.html" %}{% block title %}{{ title }}{% endblock %}'
    "{% block main %}<h1>{{ title }}</h1>{% endblock %}"
)


def page(frame, template=BODY, **values):
    with bare_app(frame).test_request_context("/here"):
        text = render_template_string(template, **values) if "{" in template else render_template(template, **values)
    return text, html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def texts(tree, tag):
    return [" ".join("".join(node.itertext()).split()) for node in tree.iter(tag)]


def test_visitor_is_offered_sign_in_and_no_session():
    text, tree = page(VISITOR, title="Home")

    assert texts(tree, "title") == ["Home – Causeway"]
    assert "Sign in" in texts(tree, "a")
    assert "csrf_token" not in text
    assert [node.attrib.get("aria-current") for node in tree.iter("a") if node.text == "Find opportunities"] == ["page"]


def test_member_sees_what_waits_and_can_sign_out():
    text, tree = page(MEMBER, title="My work")
    (leave,) = (form for form in tree.iter("form") if form.attrib.get("method") == "post")

    assert "My work 3 waiting for you" in texts(tree, "a")
    assert "2Notifications, 2 unread" in texts(tree, "a")
    assert leave.attrib["action"] == "/sign-out"
    assert [node.attrib["value"] for node in leave.iter("input")] == ["token"]
    assert [node.attrib["role"] for node in tree.iter("div") if "cw-note" in node.attrib.get("class", "")] == ["status", "alert"]


def test_choices_of_theme_language_and_direction_stand_on_the_root():
    _, tree = page(dataclasses.replace(VISITOR, theme="dark", lang="ar", dir="rtl"), title="x")
    root = next(tree.iter("html"))

    assert (root.attrib["lang"], root.attrib["dir"], root.attrib["data-bs-theme"]) == ("ar", "rtl", "dark")


def test_demonstration_says_so():
    assert "Demonstration" not in page(VISITOR, title="x")[0]
    assert "Demonstration: invented people" in page(dataclasses.replace(VISITOR, demo=True), title="x")[0]


def test_hostile_names_stay_text():
    frame = dataclasses.replace(
        MEMBER,
        user=dataclasses.replace(MEMBER.user, name=HOSTILE, role_line=HOSTILE),
        flashes=((HOSTILE, HOSTILE),),
        lang=HOSTILE,
    )
    _, tree = page(frame, title=HOSTILE)

    assert [node.attrib["src"].rpartition("/")[2] for node in tree.iter("script")] == ["page.js"]


@pytest.mark.parametrize("frame", [VISITOR, MEMBER])
@pytest.mark.parametrize("status", ERRORS)
def test_error_page_says_what_happened_and_offers_a_way_on(frame, status):
    _, tree = page(frame, f"errors/{status}.html", request_id="7F3A-22C9")
    main = next(tree.iter("main"))

    assert len(texts(main, "h1")) == 1
    assert texts(tree, "title") == [f"{texts(main, 'h1')[0]} – Causeway"]
    assert texts(main, "code") == ["7F3A-22C9"]
    assert list(main.iter("a")) != []


def test_every_answer_of_the_portal_has_its_page():
    assert ERRORS == ["400", "403", "404", "409", "410", "413", "422", "429", "500", "503"]


def test_reason_given_replaces_the_general_sentence_except_for_what_is_missing():
    refused, _ = page(VISITOR, "errors/409.html", why="Somebody was faster.")
    missing, _ = page(VISITOR, "errors/404.html", why="This proposal is secret.")

    assert "Somebody was faster. Nothing was changed" in refused
    assert "secret" not in missing


def test_display_page_offers_themes_and_languages():
    _, tree = page(dataclasses.replace(VISITOR, theme="dark"), "web/display.html", languages=[("en", "English")], back="/search")
    form = next(form for form in tree.iter("form") if form.attrib.get("method") == "post")
    chosen = [node.attrib["value"] for node in form.iter("input") if "checked" in node.attrib]

    assert {node.attrib.get("name") for node in form.iter() if node.attrib.get("name")} == {
        "csrf_token",
        "next",
        "theme",
        "language",
    }
    assert chosen == ["dark"]


def mail(**changes):
    return SimpleNamespace(
        **{
            "lang": "en",
            "dir": "ltr",
            "subject": "Your decision on PR-0873 by Thu 3 Dec 2026",
            "portal_name": "Causeway",
            "preview": "Three reviews recommend funding.",
            "turn": "Your turn, Helena",
            "mine": True,
            "heading": "Decide on “Edge-side early warning for centrifugal pumps”",
            "lead": "Lindmoor University answered your challenge CH-0412. All three reviews are in and recommend funding.",
            "button": ("Read and decide", "https://portal.example/proposals/PR-0873#decide"),
            "facts": (("Asked from you", "€84,500"), ("Runs", "March to November 2027")),
            "otherwise": "If you do nothing, we remind you on Mon 30 Nov.",
            "reason": "You get this because you are the contact for CH-0412.",
            "settings_href": "https://portal.example/me/notifications",
        }
        | changes
    )


@pytest.mark.parametrize("changes", [{}, {"turn": None, "button": None, "facts": (), "otherwise": None, "settings_href": None}])
def test_mail_is_valid_html(changes):
    _, tree = page(VISITOR, "layouts/mail.html", mail=mail(**changes))

    assert texts(tree, "h1") == ["Decide on “Edge-side early warning for centrifugal pumps”"]


def test_mail_escapes_what_people_typed():
    _, tree = page(
        VISITOR, "layouts/mail.html", mail=mail(heading=HOSTILE, lead=HOSTILE, turn=HOSTILE, facts=((HOSTILE, HOSTILE),))
    )

    assert list(tree.iter("script")) == []


def test_plain_mail_says_the_same_without_markup():
    with bare_app().test_request_context("/"):
        text = render_template("layouts/mail.txt", mail=mail(heading="Decide on R&D <now>"))

    assert text == (
        "Your turn, Helena\n\nDecide on R&D <now>\n\n"
        "Lindmoor University answered your challenge CH-0412. All three\nreviews are in and recommend funding.\n\n"
        "Read and decide:\nhttps://portal.example/proposals/PR-0873#decide\n\n"
        "  Asked from you            €84,500\n  Runs                      March to November 2027\n\n"
        "If you do nothing, we remind you on Mon 30 Nov.\n\n"
        "--\nYou get this because you are the contact for CH-0412.\n"
        "Choose which messages you get:\nhttps://portal.example/me/notifications\n"
        "We never ask for your password by e-mail."
    )


def test_no_template_holds_styles_or_scripts_of_its_own():
    pages = [path for path in icons.TEMPLATES.rglob("*.html") if path.name != "mail.html" and "mail" not in path.parts]
    guilty = [
        path.name for path in pages if any(bad in path.read_text() for bad in (' style="', "<style", " onclick=", "javascript:"))
    ]

    assert guilty == []


def test_every_form_that_posts_carries_the_token():
    """Tests that post by themselves would not miss it; people's browsers do."""
    begins = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>(?P<next>.{0,80})', re.DOTALL)
    bare = [
        (path.relative_to(icons.TEMPLATES).as_posix(), form["next"][:40])
        for path in icons.TEMPLATES.rglob("*.html")
        for form in begins.finditer(re.sub(r"{%.*?%}|{{(?!.csrf_token).*?}}", "", path.read_text(encoding="utf-8")))
        if '<input type="hidden" name="csrf_token"' not in form["next"]
    ]
    assert bare == []
