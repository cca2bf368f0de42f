from portal.search.engine import analysis


def test_pile_of_marks_is_cut_before_it_costs_anything():
    assert len(analysis.clean("e" + "\u0301\u0316" * 1_000 + " x")) < 25


def test_unreadable_characters_separate_words_at_most():
    assert analysis.clean("a\x00b\ud800c\u202ed\ufeff") == "a b c d "


def test_lines_and_tabs_stay():
    assert analysis.clean("a\tb\nc") == "a\tb\nc"


def test_words_of_other_scripts_are_kept_whole_or_cut_to_characters():
    assert analysis.stems("Łódź Straße Ελλάδα 東京タワー") == ["lodz", "strass", "ελλαδα", *"東京タワー"]


def test_apostrophes_and_endless_words():
    assert analysis.stems("Europe's l’eau") == ["europ", "eau"]
    assert analysis.stems("dell'acqua qu’il L'École aujourd'hui O'Neill", "und") == [
        f"\x07{word}" for word in ("acqua", "il", "ecole", "aujourd", "hui", "o", "neill")
    ]
    assert [len(word) for word in analysis.plain_words("x" * 100_000)] == [analysis.LONGEST_WORD]
