"""Every mail says what, why, and what happens if nobody does anything."""

from html.parser import HTMLParser

import pytest
from flask import g

from portal.accounts import mails
from tests.accounts.steps import mails as queued

LETTERS = {name: letter for name, letter in vars(mails).items() if isinstance(letter, mails.Letter)}


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name == "href"]


def without_breaks(text):
    return "".join(text.split())


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_text_and_html_hold_the_same_words_and_one_link(app, ada, name):
    with app.test_request_context("/"), app.extensions["database"].writing() as session:
        g.db = session
        mails.write(session, LETTERS[name], ada, "accounts.reset")
        session.commit()
    (mail,) = queued(app)
    links = Links()
    links.feed(mail.html)

    assert links.found == ["http://127.0.0.1:8000/reset"]
    assert "http://127.0.0.1:8000/reset" in mail.text
    for words in (LETTERS[name].lead, LETTERS[name].otherwise):
        assert without_breaks(words) in without_breaks(mail.text)
        assert without_breaks(words) in without_breaks(mail.html)
    assert mail.account_id == ada.id
    assert "\n" not in mail.subject
