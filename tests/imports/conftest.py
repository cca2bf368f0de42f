"""A database with the ledger of imports and one small table that stands for a feature's."""

import pytest
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from portal.imports.models import ImportedRecord
from portal.kernel.db import Database


class _Apart(DeclarativeBase):
    pass


class Note(_Apart):
    """What the records of these tests become."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/imports.sqlite3", durable=False)
    ImportedRecord.__table__.create(database.engine)
    _Apart.metadata.create_all(database.engine)
    yield database
    database.dispose()


@pytest.fixture
def session(database):
    with database.writing() as session:
        yield session
