"""What one person of the demonstration can open and send, opened and sent by everybody else: the rules answer, not the links."""

import re
from collections import Counter, deque
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from portal import wiring
from portal.accounts.models import User
from portal.kernel.events import Event
from portal.kernel.policy import VISITOR
from portal.kernel.subjects import all_subjects
from portal.listings.states import Kind
from portal.organisations.models import Organisation
from tests.architecture.crawling import PERSONAS, client_as, endpoint_of
from tests.architecture.playing import play

pytestmark = pytest.mark.timeout(900)
PER_ROUTE = 2  # addresses of one route that are opened as each person
# What everybody sends, and what every reader does for themselves, seen or not.
_ANYBODYS = re.compile(
    r"/(?:threads/[a-z_]+/[0-9]+/(?:seen|place)|demo/|sign-|register|display|confirm|reset|mails/|announcements/[0-9]+/dismiss)"
)
_FIELDS = ("input", "textarea", "select", "button")
# What differs from answer to answer.
_CHANGING = re.compile(r"<code>[^<]*</code>, [^<]*|nonce=\"[^\"]*|csrf_token\" value=\"[^\"]*|/proposals/PR-[0-9]+")
# Things by the first part of their addresses.
_AT = {kind.facts.path: "listing" for kind in Kind} | {
    name + "s": name for name in ("proposal", "interest", "collaboration", "deliverable", "milestone", "approval", "question")
}


@dataclass(frozen=True)
class Sent:
    """A form as a page showed it."""

    page: str
    action: str
    fields: tuple[tuple[str, str], ...]


class Page(HTMLParser):
    """Links and forms of a page."""

    def __init__(self, path, text):
        super().__init__()
        self.path, self.links, self.forms = path, [], []
        self._action, self._fields = None, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(self._within(given["href"]))
        elif tag == "form" and given.get("method") == "post":
            self._action, self._fields = self._within(given.get("action") or self.path), []
        elif self._action and tag in _FIELDS and given.get("name", "add") not in ("csrf_token", "add", "remove"):
            self._fields.append((given["name"], given.get("value") or "1"))

    def handle_endtag(self, tag):
        if tag == "form" and self._action:
            self.forms.append(Sent(self.path, self._action, tuple(self._fields)))
            self._action = None

    def _within(self, href):
        target = urlsplit(urljoin(f"http://127.0.0.1{self.path}", href))
        if target.hostname != "127.0.0.1":
            return ""
        return target.path + (f"?{target.query}" if target.query else "")


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    with play(tmp_path_factory.mktemp("replayed")) as app:
        yield app


@pytest.fixture(scope="module")
def clients(demonstration):
    return {persona: client_as(demonstration, persona) for persona in PERSONAS}


@pytest.fixture(scope="module")
def known(demonstration, clients):
    """Each person's pages and forms."""
    return {persona: walk(demonstration, client) for persona, client in clients.items()}


@pytest.fixture(scope="module")
def actors(demonstration, clients):
    """Each person with the rights they have now."""
    addresses = {row[0]: row[3] for row in demonstration.config["PERSONAS"]}
    with demonstration.extensions["database"].reading() as session:
        numbers = dict(session.execute(select(User.email, User.id).where(User.email.in_(addresses.values()))).all())
        return {"": VISITOR} | {who: wiring.actor_for(session, numbers[address]) for who, address in addresses.items()}


def walk(app, client, most=PER_ROUTE):
    """Addresses that answered, and forms they showed; a few of each route."""
    queue, seen, asked = deque(["/"]), {"/"}, Counter()
    pages, forms = [], {}
    while queue:
        path = queue.popleft()
        endpoint = endpoint_of(app, path)
        asked[endpoint] += 1
        if asked[endpoint] > most:
            continue
        answer = client.get(path, buffered=True)
        if answer.status_code != 200:
            continue
        pages.append(path)
        if answer.mimetype == "text/html":
            page = Page(path, answer.text)
            forms |= {(form.action, tuple(name for name, _ in form.fields)): form for form in page.forms}
            fresh = [link for link in page.links if link and link not in seen]
            seen.update(fresh)
            queue.extend(fresh)
    return pages, list(forms.values())


def subject_at(session, path):
    """The type and number of the thing whose page, or a part of it, lies at `path`; None where there is none."""
    _, first, *rest = urlsplit(path).path.split("/")
    if first in ("threads", "files") and re.fullmatch(r"(?:to/)?[a-z]+/[0-9]+", "/".join(rest)):
        return rest[-2], int(rest[-1])
    if first == "organisations" and rest:
        number = session.scalar(select(Organisation.id).where(Organisation.slug == rest[0]))
        return ("organisation", number) if number else None
    number = re.fullmatch(r"(?:[A-Z]{2}-)?([0-9]+)", rest[0]) if rest else None
    return (_AT[first], int(number[1])) if number and first in _AT else None


def test_what_one_person_opens_exists_for_those_alone_who_may_read_it(demonstration, clients, known, actors):
    wrong, compared = [], Counter()
    with demonstration.extensions["database"].reading() as session:
        for path in sorted({path for pages, _forms in known.values() for path in pages}):
            found = subject_at(session, path)
            if found is None:
                continue
            subject = all_subjects()[found[0]]
            thing = session.get(subject.model, found[1], options=subject.options, populate_existing=True)
            for persona, client in clients.items():
                may, answer = subject.read.holds(actors[persona], thing), client.get(path, buffered=True)
                compared[may] += 1
                missing = answer.status_code in (404, 410) or (path.startswith("/threads/") and _leads_to_sign_in(answer))
                if answer.status_code >= 500 or (not may and not missing):
                    wrong.append((persona, path, answer.status_code))
    assert wrong == []
    assert min(compared[True], compared[False]) > 150


def test_what_nobody_but_administrators_may_open_is_missing_for_everybody_else(clients, known):
    pages = [path for path in known["administrator"][0] if path.startswith("/admin")]
    wrong = []
    for path in pages:
        for persona, client in clients.items():
            expected = (200,) if persona == "administrator" else (404,) if persona else (303, 404)
            if (status := client.get(path, buffered=True).status_code) not in expected:
                wrong.append((persona, path, status))
    assert wrong == []
    assert len(pages) > 10


def test_what_is_missing_looks_like_what_never_was(clients, known):
    never = _bare(clients["student"].get("/proposals/PR-9999"))
    others = [path for path in known["professor"][0] if re.fullmatch(r"/proposals/PR-[0-9]+", path)]
    hidden = [answer for path in others if (answer := clients["student"].get(path)).status_code == 404]

    assert hidden
    assert {_bare(answer) for answer in hidden} == {never}


def test_forms_work_for_those_alone_to_whom_their_page_shows_them(demonstration, clients, known):
    """Sent by everybody else with a token of their own: refused, and nothing has happened."""
    before, wrong, sent = _newest(demonstration), [], 0
    tokens = {persona: _token(client) for persona, client in clients.items()}

    @cache
    def shown(persona, path):
        answer = clients[persona].get(path, buffered=True)
        return {form.action for form in Page(path, answer.text).forms} if answer.status_code == 200 else set()

    # What waits for somebody shows them steps that stand on the pages of their things, where others may see them as well.
    everywhere = (form for _pages, forms in known.values() for form in forms if form.page != "/work")
    forms = {(form.action, form.page): form for form in everywhere}
    for form in (form for form in forms.values() if not _ANYBODYS.match(form.action)):
        for persona, client in clients.items():
            if form.action in shown(persona, form.page):
                continue
            sent += 1
            answer = client.post(form.action, data=MultiDict([*form.fields, ("csrf_token", tokens[persona])]), buffered=True)
            if answer.status_code not in (400, 403, 404, 405, 409, 410, 422) and not _leads_to_sign_in(answer):
                wrong.append((persona, form.page, form.action, answer.status_code, answer.location))
    assert wrong == []
    assert _newest(demonstration) == before
    assert sent > 300


def _newest(app):
    with app.extensions["database"].reading() as session:
        return session.scalar(select(func.max(Event.id)))


def _token(client):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/display").text)[1]


def _leads_to_sign_in(answer):
    return answer.status_code == 303 and answer.location.startswith(("/sign-in", "/me/confirm"))


def _bare(answer):
    return answer.status_code, _CHANGING.sub("", answer.text)
