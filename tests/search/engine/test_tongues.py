"""Each text is found as its own language has its words."""

import pytest
from markupsafe import Markup

from portal.search.engine import Query, highlight
from portal.search.engine.parser import parse
from portal.search.engine.reasons import reasons
from portal.search.engine.tongues import spoken
from tests.search.engine.corpus import PUBLIC, ids, listing


@pytest.mark.parametrize(
    ("language", "title", "asked"),
    [
        ("en", "Recycling of batteries", "battery"),
        ("de", "Häuser aus Holz", "haus"),
        ("de", "Universitäten der Straße", "universitaet strasse"),
        ("fr", "L’école et les réseaux énergétiques", "école réseau énergétique"),
        ("fr", "Analyse d'eau", "l'eau"),
        ("es", "Investigación de baterías", "investigaciones batería"),
        ("pt-BR", "Produção de baterias", "produções bateria"),
        ("it", "Ricercatori dell'università", "ricercatore università"),
        ("nl", "Onderzoek voor bedrijven", "onderzoeken bedrijf"),
        ("pl", "Łódź i ślązacy", "lodz SLAZACY"),
        ("ar", "الجامعة والبحث", "جامعة بحث"),
        ("ar", "مُهندِسُون في الإمارات", "مهندس الامارات"),
        ("ja", "東京大学の研究者", "研究 東京大学"),
        ("ko", "배터리를 연구", "배터리 연구"),
    ],
)
def test_a_text_is_found_by_other_forms_of_its_words(index, language, title, asked):
    index.index([listing(1, title, language=language), listing(2, "Something else", language=language)])

    assert ids(index, asked) == (1,)


def test_forms_of_one_language_do_not_count_in_another(index):
    index.index([listing(1, "Data", language="en"), listing(2, "Date", language="en"), listing(3, "Date", language="it")])

    assert ids(index, "data") == (3, 1)


def test_phrases_exclusions_and_beginnings_speak_all_languages(index):
    index.index([
        listing(1, "Neue Häuser in Wien", language="de"),
        listing(2, "Häuser, neue", language="de"),
        listing(3, "Haus, neue", language="en"),
    ])  # fmt: skip

    assert ids(index, '"neues haus"') == (1,)
    assert ids(index, "neue -haus") == ()
    assert ids(index, "häus*", sort="newest") == (3, 2, 1)
    assert ids(index, "neue haus", sort="newest") == (3, 2, 1)


def test_a_language_nobody_names_shows_in_the_text(index):
    index.index([
        listing(1, "Zwei Stellen", text="Entwicklung der Batterien für die Häuser", language=""),
        listing(2, "Two places", text="Development of the batteries for the houses", language=""),
    ])  # fmt: skip

    assert ids(index, "haus") == (1,)
    assert ids(index, "house") == (2,)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The design of a motor for the car", "en"),
        ("Entwicklung von Batterien für Fahrzeuge", "de"),
        ("Étude des matériaux pour la batterie", "fr"),
        ("Desarrollo de baterías para el automóvil", "es"),
        ("Desenvolvimento de baterias para o automóvel não poluente", "pt"),
        ("Sviluppo di batterie per gli autoveicoli", "it"),
        ("Ontwikkeling van batterijen voor het voertuig", "nl"),
        ("Machine learning", "en"),
        ("MIT", "en"),
        ("", "en"),
    ],
)
def test_function_words_tell_the_language(text, language):
    assert spoken(text) == language


def test_words_are_marked_and_told_as_the_text_has_them():
    parsed = parse("haus école")

    assert highlight("Alte Häuser", parsed.terms, tongue="de") == Markup("Alte <mark>Häuser</mark>")
    assert highlight("L’école", parsed.terms, tongue="fr") == Markup("L’<mark>école</mark>")
    assert highlight("Date", parse("data").terms, tongue="en") == Markup("Date")
    assert highlight("في الجَامِعَة", parse("جامعة").terms, tongue="und") == Markup("في <mark>الجَامِعَة</mark>")
    assert [names for _atoms, names in reasons(parsed, {"title": "Alte Häuser"}, "de")] == [("title",), ()]


def test_a_word_known_in_any_language_is_not_corrected(index):
    index.index([listing(1, "Hauses bauen", language="de"), listing(2, "Haust", language="en")])

    assert index.search(Query("häuser bauxn", readers=PUBLIC)).suggestion == "häuser bauen"
