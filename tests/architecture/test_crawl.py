"""The demonstration as each of its people: no broken link, valid HTML, accessible, no wider than a phone, words marked."""

import re
from typing import Any
from zoneinfo import available_timezones

import html5lib
import pytest
from babel import Locale
from sqlalchemy import JSON, String, select

from portal.kernel.db import Base
from portal.kernel.sentences import kinds_of_facts
from portal.kernel.units import CURRENCIES
from portal.listings.forms import LANGUAGES
from portal.web.words import PSEUDO
from tests.architecture.crawling import PERSONAS, client_as, crawl
from tests.architecture.playing import play
from tests.fixtures.axe import assert_axe_clean
from tests.fixtures.serving import serving

# Time for a busy machine to play the demonstration and walk it.
pytestmark = pytest.mark.timeout(900)
_HTML = "{http://www.w3.org/1999/xhtml}"
# Numbers, dates and times as Babel would write them, references, addresses, single letters, the names of programs and standards.
_DATE = r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|CES?T)\b"
_NAMES = r"Causeway|ORCID|Markdown|SHA-256(?: [0-9a-f]+)?"
_NO_WORDS = re.compile(rf"[A-Z]{{2}}-[0-9]+|\S+@\S+|https?://\S+|\b[A-Za-z]\b|{_DATE}|{_NAMES}|[^A-Za-z]+")
# What every language writes in its own way, or the same: countries, languages, currencies, time zones.
_KINDS = {kind.replace("_", " ") for kind in kinds_of_facts()}  # names of facts, as they stand in the log
_LISTS = {
    *Locale("en").territories.values(),
    *LANGUAGES.values(),
    *CURRENCIES,
    *(zone.replace("_", " ") for zone in available_timezones()),
}


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    with play(tmp_path_factory.mktemp("demonstration")) as app:
        yield app


@pytest.fixture(scope="module")
def visits(demonstration):
    """The crawl of each person, made once."""
    found: dict[str, Any] = {}
    return lambda persona: found.setdefault(persona, list(crawl(demonstration, client_as(demonstration, persona))))


@pytest.fixture(scope="module")
def words(demonstration):
    return words_in_database(demonstration.extensions["database"])


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_link_leads_somewhere(visits, persona):
    broken = [(v.status, v.path, v.found_on) for v in visits(persona) if v.status >= 400 and v.status != 410]
    assert broken == []


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_are_valid_html(visits, persona):
    assert [(v.path, v.faults) for v in visits(persona) if v.faults] == []


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_walk_reaches_more_than_the_front_page(visits, persona):
    assert len({v.endpoint for v in visits(persona) if v.tree is not None}) > 8


@pytest.mark.parametrize("persona", PERSONAS)
def test_pages_have_one_heading_a_title_and_a_language(visits, persona):
    for v in visits(persona):
        if v.tree is not None:
            assert len(list(v.tree.iter(f"{_HTML}h1"))) == 1, v.path
            assert v.tree.get("lang"), v.path
            assert 'style="' not in v.text, v.path
            ids = [element.get("id") for element in v.tree.iter() if element.get("id")]
            assert len(ids) == len(set(ids)), (v.path, sorted({i for i in ids if ids.count(i) > 1}))


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_word_is_marked_for_translation(demonstration, visits, words, persona):
    """In the pseudo-locale marked sentences stand in ⟦…⟧; what is left are the words that people or records gave."""
    client = client_as(demonstration, persona, language=PSEUDO)
    unmarked, looked = set(), 0
    for v in visits(persona):
        if v.tree is not None:
            answer = client.get(v.path)
            looked += "⟦" in answer.text
            unmarked |= {(v.endpoint, text) for text in texts(html5lib.parse(answer.text)) if left_over(text, words)}
    assert sorted(unmarked) == []
    assert looked > 8


@pytest.mark.parametrize("persona", PERSONAS)
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(demonstration, visits, open_page, persona):
    """Each kind of page once, for whoever meets it first. The last test: browsers leave sessions with their names."""
    met: dict[str, tuple[str, str]] = {}
    for other in PERSONAS:
        for v in visits(other):
            if v.tree is not None:
                met.setdefault(v.endpoint, (other, v.path))
    with serving(demonstration) as address:
        page = open_page(base_url=address)
        if persona:
            page.goto("/demo")
            page.locator(f"form[action$='/demo/sign-in/{persona}'] button").click()
        for who, path in met.values():
            if who == persona:
                page.goto(path)
                assert_axe_clean(page)
                page.set_viewport_size({"width": 320, "height": 700})
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
                page.set_viewport_size({"width": 1280, "height": 720})
        page.goto("about:blank")  # nothing is asked of the server once it is gone


def texts(tree):
    """The text of each block, and the words of attributes that people hear or read."""
    for element in tree.iter():
        if element.tag in (f"{_HTML}script", f"{_HTML}style") or element.get("aria-hidden") == "true":
            continue
        said = (element.text, *(element.get(name) for name in ("aria-label", "alt", "placeholder", "title")))
        for text in (element.tail, *(said if element.get("translate") != "no" else ())):
            if text and text.strip():
                yield " ".join(text.split())


def left_over(text, data):
    """What remains of a text without marked sentences, words of the database, numbers and references."""
    rest, inner = text, 1
    while inner:  # sentences stand in sentences: the innermost first
        rest, inner = re.subn(r"⟦[^⟦⟧]*⟧", " ", rest)
    rest = re.sub(r"⟦[^⟧]*$|^[^⟦]*⟧", " ", rest)  # a sentence that goes on inside a link
    bare = rest.strip(" …")
    if not _NO_WORDS.sub("", rest) or bare in data or bare in _LISTS or bare.replace(": ", ".") in _KINDS:
        return ""
    if all(piece in data or piece in _LISTS for piece in bare.split(", ")):
        return ""
    excerpts = [part.strip() for part in bare.split("…")]
    if all(len(part) > 25 and any(part in known for known in data) for part in excerpts):
        return ""
    for part in sorted((known for known in data if known in rest), key=len, reverse=True):
        rest = rest.replace(part, " ")
    return _NO_WORDS.sub("", rest)


def words_in_database(database):
    """Every text that somebody wrote, whole, by lines and by sentences."""
    known = set()
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in ("event", "account_session", "delivery"):
                continue
            columns = [column for column in table.columns if isinstance(column.type, (String, JSON))]
            for row in session.execute(select(*columns)) if columns else ():
                for value in row:
                    known |= set(strings(value))
    return {text for text in known if len(text) > 1}


def strings(value):
    if isinstance(value, str):
        yield " ".join(value.split())
        yield value.split("//")[-1].rstrip("/")  # an address as pages show it
        for line in value.splitlines():
            yield " ".join(line.strip("#*-> ").split())
            # What stands between, and inside, words that are set apart.
            yield from (" ".join(piece.split()) for piece in re.split(r"[*_`]+|\[|\]\([^)]*\)", line.strip("#*-> ")))
        yield from (" ".join(link.split()) for link in re.findall(r"\[([^\[\]]+)\]\(", value))
        yield from (" ".join(strong.split()) for strong in re.findall(r"\*\*([^*]+)\*\*", value))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
