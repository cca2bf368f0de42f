"""The log helps to find an error and holds nothing that somebody entered."""

import json

import pytest
from sqlalchemy import text

SECRET = "what somebody entered"


@pytest.fixture
def failing(app):
    def fail(typed):
        kept_in_a_local_variable = typed
        try:
            raise ValueError(f"cannot read {kept_in_a_local_variable}")
        except ValueError as problem:
            raise LookupError(typed) from problem

    app.add_url_rule("/failing/<typed>", view_func=fail)
    return app.test_client()


def line(text):
    (found,) = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return found


def test_a_failure_is_told_by_place_and_kind_alone(failing, capsys):
    answer = failing.get(f"/failing/{SECRET}")

    told = line(capsys.readouterr().err)
    assert answer.status_code == 500
    assert told["request_id"] in answer.text
    assert (told["event"], told["level"], told["route"]) == ("request_failed", "error", "/failing/<typed>")
    assert told["errors"] == ["LookupError", "ValueError"]
    assert told["failed_at"][-1].endswith(" fail")
    assert SECRET not in json.dumps(told)


def test_errors_of_the_database_do_not_quote_values(session):
    with pytest.raises(Exception, match="no such|does not exist") as failure:
        session.execute(text("SELECT :value FROM nowhere"), {"value": SECRET})

    assert SECRET not in str(failure.value)
