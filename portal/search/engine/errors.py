"""What can go wrong with files that are only a copy."""


class IndexBroken(Exception):
    """The index is missing, damaged or of an older shape: rebuild it from the database and ask again."""


class IndexBusy(Exception):
    """Somebody else is writing for longer than we were ready to wait: try again later, nothing was changed."""
