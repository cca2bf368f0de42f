"""How old somebody is, from the year they were born in: nothing more exact is asked, and only of students.

Who may be under an age counts as under it: the year in which somebody turns 16 still asks their parents.
Source: Regulation (EU) 2016/679, Article 8, at its strictest.
"""

from portal.kernel import clock

YOUNGEST = 13  # nobody younger, whoever agrees
ALONE = 16  # older people need nobody's agreement
ADULT = 18


def may_be_under(age: int, born_in: int) -> bool:
    """Whether somebody born in that year may not have turned `age`, or does so this year."""
    return clock.today().year - born_in <= age


def is_under(age: int, born_in: int) -> bool:
    """Whether somebody born in that year does not turn `age` this year either."""
    return clock.today().year - born_in < age
