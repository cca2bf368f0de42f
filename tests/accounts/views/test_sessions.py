"""Where one is signed in."""

from portal.accounts.queries import live_sessions_of
from tests.accounts.steps import an_account, is_in, sessions


def live(app, account):
    with app.extensions["database"].reading() as session:
        return [row.id for row in live_sessions_of(session, account.id)]


def test_visitors_are_sent_to_sign_in(client_of):
    assert client_of().get("/me/sessions").location == "/sign-in?next=/me/sessions"
    assert client_of().submit("/me/sessions/end-others").location == "/sign-in"


def test_one_sees_ones_own_sessions_and_which_is_this_one(app, ada, client_of):
    other = an_account(app, "other@example.org")
    client, _elsewhere, _not_mine = client_of(ada), client_of(ada), client_of(other)

    page = client.get("/me/sessions")

    assert page.text.count("This device") == 1
    assert page.text.count("Unknown device</b>") == 2
    assert page.text.count('/end"') == 1


def test_ending_a_session_kills_that_browser_at_once(app, ada, client_of):
    client, elsewhere = client_of(ada), client_of(ada)
    here, there = (row.id for row in sessions(app))

    answer = client.submit(f"/me/sessions/{there}/end")

    assert (answer.status_code, answer.location) == (303, "/me/sessions")
    assert not is_in(elsewhere)
    assert live(app, ada) == [here]


def test_ending_all_others_leaves_this_one(app, ada, client_of):
    client, *elsewhere = client_of(ada), client_of(ada), client_of(ada)

    client.submit("/me/sessions/end-others")

    assert is_in(client)
    assert [is_in(browser) for browser in elsewhere] == [False, False]


def test_nobody_ends_somebody_elses_session(app, ada, client_of):
    other = an_account(app, "other@example.org")
    client, theirs = client_of(ada), client_of(other)
    (number,) = live(app, other)

    assert client.submit(f"/me/sessions/{number}/end").status_code == 404
    assert client.submit("/me/sessions/999999999999/end").status_code == 404
    assert client.submit("/me/sessions/99999999999999999999999999/end").status_code == 404
    assert is_in(theirs)


def test_the_page_asks_the_same_number_of_questions_for_one_session_and_three(ada, client_of, count_statements):
    client = client_of(ada)
    counts = []
    for _ in range(2):
        with count_statements() as asked:
            client.get("/me/sessions")
        counts.append(len(asked))
        client_of(ada), client_of(ada)

    assert counts[0] == counts[1] <= 3


def test_forms_without_their_token_are_refused(app, ada, client_of):
    client = client_of(ada)
    number = live(app, ada)[0]

    assert [client.post(path).status_code for path in (f"/me/sessions/{number}/end", "/me/sessions/end-others")] == [400, 400]
