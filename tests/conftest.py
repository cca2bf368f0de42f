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

