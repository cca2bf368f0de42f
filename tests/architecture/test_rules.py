"""One property for every rule: what it says of each thing equals what it filters from the table, for everybody."""

import importlib
import pkgutil

import pytest
from sqlalchemy import select

import portal
from portal.kernel.db import Base
from portal.kernel.policy import Actor, Role, Rule, Seat
from portal.listings.models import Listing
from portal.listings.policies import AUDIENCE, FINDABLE, reader_tokens
from portal.organisations import policies as organisations
from portal.people import policies as people
from tests.architecture.world import a_world

FOUND_ELSEWHERE = [
    ("organisation", organisations.FOUND, organisations.reader_tokens),
    ("profile", people.FINDABLE, people.reader_tokens),
]
SOMEBODY = Actor(id=1, name="Somebody", seats=(Seat(1, frozenset(Role)),), is_admin=True)


def rules():
    """Every named rule with the model its SQL is about; rules about the person alone have none."""
    for package in pkgutil.iter_modules(portal.__path__):
        name = f"portal.{package.name}.policies"
        if package.ispkg and importlib.util.find_spec(name):
            module = importlib.import_module(name)
            for rule_name, rule in vars(module).items():
                if isinstance(rule, Rule) and (model := model_of(rule)):
                    yield pytest.param(rule, model, id=f"{package.name}.{rule_name}")


def model_of(rule):
    tables = {source.name for source in rule.where(SOMEBODY)._from_objects}
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return models[tables.pop()] if len(tables) == 1 else None


@pytest.fixture(scope="module")
def world(sqlite_template, tmp_path_factory):
    import shutil

    from portal import wiring
    from portal.kernel.db import Database

    wiring.connect()
    copy = shutil.copy(sqlite_template, tmp_path_factory.mktemp("world") / "world.sqlite3")
    database = Database(f"sqlite:///{copy}", durable=False)
    with database.writing() as session, a_world(session) as world:
        yield world
    database.dispose()


@pytest.mark.parametrize(("rule", "model"), list(rules()))
def test_rule_says_of_each_thing_what_it_filters(world, rule, model):
    things = world.things[model.__tablename__]
    for name, actor in world.actors.items():
        said = {thing.id for thing in things if rule.holds(actor, thing)}
        filtered = set(world.session.scalars(select(model.id).where(rule.where(actor))))
        assert (name, said) == (name, filtered)


def test_reader_tokens_find_what_the_audience_may_read_while_it_is_open(world):
    for name, actor in world.actors.items():
        open_now = [listing for listing in world.things["listing"] if listing.state in FINDABLE]
        by_token = {x.id for x in open_now if set(reader_tokens(x)) & set(actor.reader_tokens)}
        by_rule = {x.id for x in open_now if AUDIENCE.holds(actor, x)}
        assert (name, by_token) == (name, by_rule)


@pytest.mark.parametrize(("name", "rule", "tokens"), FOUND_ELSEWHERE)
def test_reader_tokens_find_what_may_be_found_on_other_tabs(world, name, rule, tokens):
    for who, actor in world.actors.items():
        by_token = {x.id for x in world.things[name] if set(tokens(x)) & set(actor.reader_tokens)}
        by_rule = {x.id for x in world.things[name] if rule.holds(actor, x)}
        assert (who, by_token) == (who, by_rule)


def test_what_is_not_open_carries_no_reader_token(world):
    assert {x.state for x in world.things["listing"] if reader_tokens(x)} == set(FINDABLE)
    assert len(world.things["listing"]) > len(FINDABLE)
    assert isinstance(world.things["listing"][0], Listing)
