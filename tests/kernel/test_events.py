import pytest
from sqlalchemy import text

from portal.kernel.events import verify_chain
from tests.build import a_listing

DOORS = {
    "sqlite": ("DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete"),
    "postgresql": ("DROP TRIGGER event_append_only ON event",),
}
TAMPERINGS = {
    "another actor": "UPDATE event SET actor_id = 99 WHERE id = 3",
    "another time": "UPDATE event SET at = '2020-01-01 00:00:00.000000' WHERE id = 3",
    "another value": "UPDATE event SET data = '{\"number\": 9}' WHERE id = 3",
    "another thing": "UPDATE event SET subject_id = subject_id + 1 WHERE id = 3",
    "a hash of its own": "UPDATE event SET hash = 'x' WHERE id = 3",
    "removed": "DELETE FROM event WHERE id = 3",
    "the first removed": "DELETE FROM event WHERE id = 1",
}


@pytest.fixture
def log(session):
    """A committed log of some length; the session to tamper with it, its triggers out of the way."""
    a_listing(session)
    session.commit()
    return session


def tamper(session, statement):
    for door in DOORS[session.get_bind().dialect.name]:
        session.execute(text(door))
    session.execute(text(statement))
    session.flush()


def test_honest_log_is_sound_to_its_end(log):
    sound, broken = verify_chain(log)

    assert broken is None
    assert sound > 3
    assert verify_chain(log, after=2) == (sound - 2, None)


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_shows_where_it_begins(log, how):
    tamper(log, TAMPERINGS[how])

    sound, broken = verify_chain(log)

    assert (sound, broken) == {"removed": (2, 4), "the first removed": (0, 2)}.get(how, (2, 3))


@pytest.mark.parametrize("statement", ["UPDATE event SET actor_id = 99", "DELETE FROM event"])
def test_database_itself_refuses_to_change_the_log(log, statement):
    with pytest.raises(Exception, match="append-only"):
        log.execute(text(statement))
