"""The index in the portal's own PostgreSQL database, for several hosts that share the work.

Words are cut, weighed and labelled by the same `schema.entry` as in the default index; here they lie in rows, and questions
become SQL. What is found and counted is the same; the best match is ordered by PostgreSQL's own ranking.
"""

from portal.search.engine.postgres.index import PostgresIndex

__all__ = ["PostgresIndex"]
