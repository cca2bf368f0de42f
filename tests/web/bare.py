"""An app with the look and nothing else: no database, no features, no people."""

import dataclasses

from flask import Flask

from portal.web import icons
from portal.web.assets import init_assets
from portal.web.filters import init_filters
from portal.web.fixed import ByLanguage
from portal.web.headers import init_headers, nonce
from portal.web.pages import NavItem, NavUser, Page
from portal.web.words import init_words

VISITOR = Page(
    user=None,
    nav=(NavItem("Find opportunities", "/search", current=True), NavItem("Organisations", "/organisations")),
    unread=0,
    theme=None,
    lang="en",
    dir="ltr",
    nonce="",
    demo=False,
    flashes=(),
    path="/here",
    portal_name="Causeway",
)
MEMBER = dataclasses.replace(
    VISITOR,
    user=NavUser("Ingrid Solheim", "Professor, Lindmoor University", "/people/ingrid-solheim"),
    nav=(NavItem("My work", "/work", current=True, count=3), NavItem("Find", "/search")),
    unread=2,
    flashes=(("good", "Proposal sent"), ("bad", "Not saved")),
)


def bare_app(page: Page = VISITOR, **config: object) -> Flask:
    app = Flask("bare", template_folder=str(icons.TEMPLATES), static_folder=None)
    app.jinja_environment = ByLanguage
    app.config.update(TESTING=True, SECRET_KEY="for tests", **config)
    init_words(app)
    init_assets(app)
    init_filters(app)
    init_headers(app)
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    app.context_processor(lambda: {"page": dataclasses.replace(page, nonce=nonce())})
    return app
