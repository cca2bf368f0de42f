"""What the help pages are drawn from."""

import click

from portal.insights.queries import commands, facts_told, rules_by_feature


@click.group()
def main():
    """Commands of a small portal."""


@main.group()
def account():
    """Accounts."""


@account.command()
@click.argument("email")
@click.option("--kind", type=click.Choice(["student", "professor"]), help="What the person is.")
def add(email, kind):
    """Add an account."""


@main.command()
def worker():
    """Read the log."""


def test_commands_are_told_with_the_words_before_them_and_what_can_be_chosen():
    told = [(command.usage, command.does, command.options) for command in commands(main)]

    assert told == [
        ("portal account add EMAIL", "Add an account.", [("--kind", "What the person is. (student, professor)")]),
        ("portal worker", "Read the log.", []),
    ]


def test_facts_are_told_with_dots_for_what_varies():
    told = {fact.kind: fact for fact in facts_told()}

    assert str(told["listing.published"].sentence) == "Somebody published …"
    assert "those it was published for" in str(told["listing.published"].seen_by)
    assert str(told["message.posted"].seen_by) == "whoever may read what it is about"
    assert "people of its own organisation" in str(told["account.signed_in"].seen_by)


def test_rules_stand_with_their_own_feature_once():
    features = dict(rules_by_feature())

    assert ("ADMIN", "administrators of the portal") in [(name, str(sentence)) for name, sentence in features["kernel"]]
    assert "ADMIN" not in dict(features["listings"])
    assert str(dict(features["proposals"])["AUTHOR_SIDE"]) == "the author, or partnership officers of the author's organisation"
