"""What every test may ask for: the neighbours of `tests/fixtures`, and the application with its database."""

from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.postgres",
    "tests.fixtures.serving",
    "tests.fixtures.smtp",
    "tests.fixtures.statements",
    "tests.fixtures.portal",
]

# No test depends on how busy the machine is.
settings.register_profile("causeway", deadline=None)
settings.load_profile("causeway")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Names in ASCII: hostile text among the parameters must reach the test, not the channel between the workers."""
    return ascii(val)[1:-1][:60] if isinstance(val, str) else None
