"""What tests of the tabs do alike."""

import re

from portal.kernel.db import transaction
from portal.people.actions import edit_profile
from portal.people.inputs import ProfileText
from portal.people.queries import own_profile
from portal.search.indexing import differences
from tests import build

_TAB = re.compile(r'<li><a href="[^"]+"(?: aria-current="page")?>([^<]+?)(?: <span class="cw-count">([^<]+)</span>)?</a></li>')


def tabs(page):
    """Of a search page the number on each tab, by its name; None where there is none."""
    return {label: int(count) if count else None for label, count in _TAB.findall(page.text)}


def titles(page):
    """What is found on it, without marks."""
    found = re.findall(r'<h3><a class="cw-title" href="[^"]+">(.*?)</a></h3>', page.text)
    return [re.sub(r"</?mark>", "", title) for title in found]


def behind(app):
    """Names of the indexes that differ from the database."""
    return [each.name for each in app.extensions["shelves"] if differences(app.extensions["database"], each.index, each.indexed)]


def tell(session, account, **values):
    """Let somebody change their page; they agree to be found unless told otherwise."""
    actor = build.actor_of(session, account)
    with transaction(session):
        profile = own_profile(session, actor)
        edit_profile(session, profile, ProfileText(**{"listed": True, "headline": profile.headline} | values), actor=actor)
    return profile
