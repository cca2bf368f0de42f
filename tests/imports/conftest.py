"""A session on a database that also has one small table, which stands for a feature's."""

import pytest
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class _Apart(DeclarativeBase):
    pass


class Note(_Apart):
    """What the records of these tests become."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]


@pytest.fixture
def session(database):
    _Apart.metadata.create_all(database.engine)
    with database.writing() as session:
        yield session
    _Apart.metadata.drop_all(database.engine)
