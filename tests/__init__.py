"""The suite mirrors the tree: `portal/people/queries.py` is tested in `tests/people/test_queries.py`."""
