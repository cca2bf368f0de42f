"""Walking through the demonstration by its links, as somebody or as a visitor."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from portal import demo
from portal.accounts.actions import open_session
from portal.accounts.models import User
from portal.accounts.security import COOKIE_KEY
from portal.kernel.db import transaction

# The second administrator sees what the first one does.
PERSONAS = ("", *(row[0] for row in demo.personas() if row[0] != "second-administrator"))
PAGES_PER_ROUTE = 2  # looked at closely; every further link of the same route is only asked for
MOST_LINKS_PER_ROUTE = 12
# Of an answer, what is another at each asking; and the headers that say something of what it shows.
_CHANGING = re.compile(
    rb'nonce="[^"]*|(csrf_token|form_key)" (type="hidden" )?value="[^"]*|<code>[^<]*</code>, [^<]*|"request_id": ?"[^"]*"'
)
_COMPARED = ("Content-Type", "Location", "Content-Disposition", "Link")
_HTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Visited:
    """One answer of the crawl; `tree` only for pages that were looked at closely."""

    path: str
    endpoint: str
    status: int
    tree: Any = None
    text: str = ""
    found_on: str = ""
    faults: tuple[str, ...] = ()  # against the grammar of HTML


def client_as(app: Flask, persona: str, **cookies: str) -> Any:
    """A client in which that person of the demonstration is signed in."""
    client = app.test_client()
    if persona:
        address = next(row[3] for row in demo.personas() if row[0] == persona)
        with app.extensions["database"].writing() as session, transaction(session):
            account = session.scalars(select(User).where(User.email == address)).one()
            token = open_session(session, account)
        with client.session_transaction() as cookie:
            cookie[COOKIE_KEY] = token
    for name, value in cookies.items():
        client.set_cookie(name, value)
    return client


def crawl(app: Flask, client: Any) -> Iterator[Visited]:
    """Every page that links lead to from the front page, a few closely, the others asked for."""
    queue, seen = deque([("/", "")]), {"/"}
    looked: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    while queue:
        path, found_on = queue.popleft()
        endpoint = endpoint_of(app, path)
        asked[endpoint] += 1
        if asked[endpoint] > MOST_LINKS_PER_ROUTE:
            continue
        answer = client.get(path, buffered=True)  # a stream that is begun is read to its end, as browsers do
        tree, faults = None, ()
        if answer.status_code == 200 and answer.mimetype == "text/html" and looked[endpoint] < PAGES_PER_ROUTE:
            looked[endpoint] += 1
            parser = html5lib.HTMLParser()
            tree = parser.parse(answer.text)
            faults = tuple(f"{error} at {place}" for place, error, _ in parser.errors)
        yield Visited(path, endpoint, answer.status_code, tree, answer.text if tree is not None else "", found_on, faults)
        for address in links_of(path, answer, tree):
            if address not in seen:
                seen.add(address)
                queue.append((address, path))


def links_of(path: str, answer: Any, tree: Any) -> Iterator[str]:
    """Where an answer leads inside the portal: its redirection, or the links of a page that was looked at."""
    found = [answer.headers["Location"]] if answer.status_code in (301, 302, 303) else []
    if tree is not None:
        found += [a.get("href") for a in tree.iter(f"{_HTML}a") if a.get("href")]
    for link in found:
        target = urlsplit(urljoin(f"http://127.0.0.1{path}", link))
        if target.hostname in ("127.0.0.1", "localhost") and target.scheme in ("http", "https"):
            yield target.path + (f"?{target.query}" if target.query else "")


def endpoint_of(app: Flask, path: str) -> str:
    """The route behind an address."""
    try:
        return app.url_map.bind("127.0.0.1").match(urlsplit(path).path)[0]
    except HTTPException:
        return "none"


def seen(client: Any, path: str) -> tuple[int, list[str | None], bytes]:
    """What an answer shows, without what is another at each asking."""
    answer = client.get(path, buffered=True)
    return answer.status_code, [answer.headers.get(name) for name in _COMPARED], _CHANGING.sub(b"", answer.data)
