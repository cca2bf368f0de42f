"""What every test may ask for: the neighbours of `tests/fixtures`, and the application with its database."""

import gc

from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.postgres",
    "tests.fixtures.serving",
    "tests.fixtures.smtp",
    "tests.fixtures.statements",
    "tests.fixtures.databases",
    "tests.fixtures.portal",
]

# No test depends on how busy the machine is.
settings.register_profile("causeway", deadline=None)
settings.register_profile("thorough", deadline=None)
settings.load_profile("causeway")


def pytest_collection_finish() -> None:
    """What is there by now stays: the garbage collector would look through all of it again and again."""
    gc.collect()
    gc.freeze()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Names in ASCII: hostile text among the parameters must reach the test, not the channel between the workers."""
    return ascii(val)[1:-1][:60] if isinstance(val, str) else None
