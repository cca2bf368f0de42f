"""The young: their parents are asked or told, and nobody finds them."""

from portal.kernel import clock
from tests.accounts.steps import PASSWORD, REGISTRATION, is_in, kinds, link_in, mails, sign_in, stored

CHILD, PARENT = "grace@example.org", "pa@example.org"
YEAR = clock.today().year


def registered(client, born_in):
    """Somebody registers as a student born in that year, and follows the link in the mail."""
    client.submit("/register", REGISTRATION | {"kind": "student", "born_in": str(born_in), "guardian": PARENT})
    return client.submit(link_in(mails(client.application, CHILD)[-1]), {"password": PASSWORD})


def test_under_16_a_parent_agrees_before_the_account_opens(app, client_of):
    child, parent = client_of(), client_of()
    assert "cw-if-student" in child.get("/register").text

    answer = registered(child, YEAR - 14)
    assert answer.location == "/register/guardian"
    assert (sign_in(child, CHILD).status_code, is_in(child)) == (422, False)
    child.submit("/reset", {"email": CHILD})
    child.submit(link_in(mails(app, CHILD)[-1]), {"password": PASSWORD})
    assert (stored(app, CHILD).is_confirmed, sign_in(child, CHILD).status_code) == (False, 422)

    asked = mails(app, PARENT)[-1]
    assert "Grace" not in asked.text
    registered(child, YEAR - 14)  # started over: the parent's first link is worth nothing any more
    assert parent.get(link_in(asked)).status_code == 410
    link = link_in(mails(app, PARENT)[-1])
    assert "Grace Moor" in parent.get(link).text
    assert not stored(app, CHILD).is_confirmed
    assert "Thank you" in parent.submit(link).text

    assert "Your account is open" in mails(app, CHILD)[-1].subject
    assert "account.guardian_agreed" in kinds(app)
    assert sign_in(child, CHILD).status_code == 303
    assert parent.submit(link).status_code == 410


def test_under_18_a_parent_is_told_and_nobody_finds_the_person(app, client_of):
    client = client_of()

    assert registered(client, YEAR - 17).location == "/work"

    assert "Your child has an account" in mails(app, PARENT)[-1].subject
    for wish in ("listed", "contactable"):
        refused = client.submit("/me", {"headline": "Pupil", wish: "y"})
        assert (refused.status_code, "Until you are 18" in refused.text) == (422, True)
    assert client.submit("/me", {"headline": "Pupil"}).status_code == 303


def test_grown_up_students_involve_nobody(app, client_of):
    client = client_of()

    assert registered(client, YEAR - 20).location == "/work"
    assert mails(app, PARENT) == []
    assert client.submit("/me", {"headline": "Student", "listed": "y"}).status_code == 303


def test_what_is_missing_is_said_beside_the_field(client_of):
    answer = client_of().submit("/register", REGISTRATION | {"kind": "student"})

    assert (answer.status_code, 'id="born_in-error"' in answer.text, "cw-if-student" in answer.text) == (422, True, False)
