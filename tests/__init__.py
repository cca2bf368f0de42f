"""The suite mirrors the tree: the promises of `portal/people/queries.py` are tested in `tests/people/test_queries.py`."""
