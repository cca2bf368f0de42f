import pytest

from portal.listings.imports.subjects import MOST_GUESSES, of_division, of_paths, of_words


@pytest.mark.parametrize(
    ("division", "codes"),
    [
        ("Division Of Chemistry", ("1.4",)),
        ("Div Of Chem, Bioeng, Env, & Transp Sys", ("2.4", "2.6")),
        ("Div Of Civil, Mechanical, & Manufact Inn", ("2.1", "2.3")),
        ("Divn Of Social and Economic Sciences", ("5.2", "5.4")),
        ("Office Of Inspector General", ()),
        ("", ()),
    ],
)
def test_a_division_has_its_fields(division, codes):
    assert of_division(division) == codes


def test_paths_are_known_by_their_second_level_each_once():
    paths = ["/natural sciences/mathematics/algebra", "/natural sciences/mathematics", "/natural sciences", "x", "/a/b/c"]

    assert of_paths(paths) == ("1.1",)


def test_words_of_the_title_count_before_those_of_the_text():
    assert of_words("Rust on bridges", "A study of clouds and genes, of farms and schools.")[:2] == ("2.1", "2.5")


def test_few_fields_are_guessed():
    assert len(of_words("software chemistry climate gene bridge sensor vehicle alloy")) == MOST_GUESSES
    assert of_words("Intern") == ()
