from click.testing import CliRunner
from sqlalchemy import text

from portal.activity.cli import audit_commands
from tests.build import a_listing


def test_command_tells_whether_the_log_is_sound(app, db):
    a_listing(db)
    db.commit()

    sound = CliRunner().invoke(audit_commands, ["verify"], obj=lambda: app)
    db.execute(text("DROP TRIGGER event_no_update"))
    db.execute(text("UPDATE event SET actor_id = 99 WHERE id = 3"))
    db.commit()
    broken = CliRunner().invoke(audit_commands, ["verify"], obj=lambda: app)

    assert sound.exit_code == 0
    assert "The log is sound" in sound.output
    assert broken.exit_code == 1
    assert "broken at entry 3" in broken.output
