"""What a person is here for, and what a key sent by mail or carried in a cookie opens."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class Kind(Labelled):
    """What a person is here for; decides the navigation, never a right."""

    PROFESSOR = "professor", N_("Professor or researcher")
    COMPANY = "company", N_("Company")
    STUDENT = "student", N_("Student")
    OFFICER = "officer", N_("Partnership officer")


class Closed(Labelled):
    """Why an account opens nothing."""

    BY_OWNER = "by_owner", N_("Closed by its owner")
    BY_ADMINISTRATOR = "by_administrator", N_("Closed by an administrator"), "bad"
    ERASED = "erased", N_("Erased")


class Scope(Labelled):
    """What a program may do with a token."""

    READ = "read", N_("Read what you may read")


class Purpose(Labelled):
    """The one thing a ticket lets its holder do."""

    CONFIRM = "confirm", N_("Confirm an address")
    RESET = "reset", N_("Choose a new password")
    SECOND_STEP = "second_step", N_("Finish signing in")
    NEW_ADDRESS = "new_address", N_("Confirm a new address")
    GUARDIAN = "guardian", N_("Agree to a child's account")
