"""Finding things: an index beside the database that answers a question with ids, counts and nothing else.

`engine` knows documents, reader tokens and files; it knows no feature, no web and no database. The index is a copy that
can be rebuilt at any time: rows, and the right to read them, are loaded from the database by the ids it returns.
"""
