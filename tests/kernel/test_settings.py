"""What operators read of the settings."""

from portal.kernel.settings import explained


def test_each_setting_is_explained_by_the_comment_beside_it():
    told = {setting.name: setting for setting in explained()}

    assert told["mail_port"].variable == "PORTAL_MAIL_PORT"
    assert told["mail_port"].default == "587"
    assert told["mail_port"].meaning.startswith("port of the SMTP server")


def test_defaults_are_written_as_in_the_configuration_file():
    defaults = {setting.name: setting.default for setting in explained()}

    assert defaults["durable"] == "true"
    assert defaults["instance"] == '"instance"'
    assert defaults["trusted_hosts"] == "[]"
