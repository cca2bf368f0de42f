"""Flask-Security's own mails."""

from flask import g

from tests.accounts.steps import mails


def test_a_mail_of_the_library_goes_into_the_outbox(app):
    with app.test_request_context("/"), app.extensions["database"].writing() as session:
        g.db = session
        app.extensions["security"].mail_util.send_mail("welcome", "Hello", "a@example.org", "x@example.org", "Text", None)
        session.commit()

    assert [(mail.to_address, mail.subject, mail.text) for mail in mails(app)] == [("a@example.org", "Hello", "Text")]
