"""What an organisation's facts and domains may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.kernel.policy import Role
from portal.organisations.inputs import (
    Finding,
    Joining,
    NewDomain,
    NewOrganisation,
    OrganisationProfile,
    RolesGiven,
    canonical,
    country_codes,
    domain_of,
    is_public,
    ror,
    skeleton,
    with_parents,
)
from portal.organisations.states import JoinAs, OrganisationKind

NEW = {"name": "Tidewell Water", "kind": "company"}


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("uni.example", "uni.example"),
        ("@Uni.Example.", "uni.example"),
        ("Bücher.example", "xn--bcher-kva.example"),
        ("ｕｎｉ.example", "uni.example"),
    ],
)
def test_a_domain_has_one_form(text, domain):
    assert canonical(text) == domain


@pytest.mark.parametrize(
    "text", ["", "example", "1.2.3.4", "a_b.example", "-a.example", "a..b", "x" * 64 + ".de", "a b.example", "x@y.z"]
)
def test_what_is_no_domain(text):
    assert canonical(text) is None


ROR_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def checked_ror(digits):
    """With the two digits that ROR puts behind six. Source: ROR's identifier pattern, ISO 7064 MOD 97-10."""
    number = 0
    for digit in digits:
        number = number * 32 + ROR_DIGITS.index(digit)
    return f"0{digits}{98 - number * 100 % 97:02}"


@given(st.text(ROR_DIGITS, min_size=6, max_size=6), st.sampled_from(["", "ror.org/", "https://ror.org/"]))
def test_any_ror_id_has_one_form(digits, before):
    whole = checked_ror(digits)

    assert ror("ror", before + whole) == whole == ror("ror", (before + whole).upper())


@given(st.text(ROR_DIGITS, min_size=6, max_size=6), st.integers(0, 5), st.integers(1, 31))
def test_any_single_mistyped_character_of_a_ror_id_is_noticed(digits, place, shift):
    whole = checked_ror(digits)
    other = ROR_DIGITS[(ROR_DIGITS.index(digits[place]) + shift) % 32]

    with pytest.raises(Invalid):
        ror("ror", whole[: place + 1] + other + whole[place + 2 :])


@given(st.text(max_size=40))
def test_the_one_form_stays_as_it_is(text):
    domain = canonical(text)
    assert domain is None or canonical(domain) == domain


@pytest.mark.parametrize(
    "domain",
    [
        "gmail.com",
        "mail.gmail.com",
        "yahoo.co.uk",
        "hotmail.fr",
        "gmx.at",
        "web.de",
        "qq.com",
        "ac.uk",
        "com.au",
        "co.jp",
        "proton.me",
    ],
)
def test_where_anybody_can_have_an_address(domain):
    assert is_public(domain)
    with pytest.raises(Invalid, match="Anybody can have an address"):
        NewDomain(domain)


@pytest.mark.parametrize("domain", ["ox.ac.uk", "muni.cz", "mail.uni.example", "proton.com", "gmail-partners.com", "uni.edu.au"])
def test_where_not_everybody_can(domain):
    assert not is_public(domain)
    assert NewDomain(domain).domain == domain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lindmoor.example", "lindrnoor.example"),
        ("oxford.ac.uk", "0xford.ac.uk"),
        ("paypal.com", "paypa1.com"),
        ("oxford.ac.uk", "охford.ac.uk"),  # Cyrillic о and х
        ("vvater.com", "water.com"),
        ("liege.be", "liège.be"),
    ],
)
def test_domains_that_look_alike_have_one_skeleton(one, other):
    assert canonical(one) != canonical(other)
    assert skeleton(canonical(one)) == skeleton(canonical(other))


@pytest.mark.parametrize(
    ("one", "other"), [("isu.edu", "lsu.edu"), ("a-b.edu", "ab.edu"), ("uni.de", "uni.nl"), ("bc.edu", "be.edu")]
)
def test_domains_that_people_tell_apart_have_two_skeletons(one, other):
    assert skeleton(one) != skeleton(other)


def test_an_address_belongs_to_its_domain_and_those_above():
    assert with_parents(domain_of("mei@Student.CS.uni.example")) == ["student.cs.uni.example", "cs.uni.example", "uni.example"]
    assert domain_of("nobody") is None
    assert domain_of("a@b@uni.example") == "uni.example"


@pytest.mark.parametrize("text", ["https://ror.org/03gq8fr08", "ror.org/03gq8fr08", "03GQ8FR08"])
def test_ror_id_is_kept_as_nine_characters(text):
    assert ror("ror", text) == "03gq8fr08"


@pytest.mark.parametrize(
    "text", ["03gq8fr09", "13gq8fr08", "03gq8frO8", "0ilou0000", "03gq8fr0", "https://ror.example/03gq8fr08"]
)
def test_ror_id_with_a_slip_is_refused(text):
    with pytest.raises(Invalid):
        ror("ror", text)


def test_every_wrong_field_is_told_at_once():
    with pytest.raises(Invalid) as refused:
        NewOrganisation(name="", kind="club", country_code="ZZ", website="ftp://x", role_mailbox="nobody", ror="x" * 9)

    assert [problem.field for problem in refused.value.all()] == [
        "name",
        "kind",
        "country_code",
        "website",
        "role_mailbox",
        "ror",
    ]


@pytest.mark.parametrize("name", ["---", "1 2 3", "\x00", "\u200b"])
def test_a_name_has_letters(name):
    with pytest.raises(Invalid):
        OrganisationProfile(name=name, kind="company")


def test_profile_is_clean():
    made = OrganisationProfile(**NEW | {"name": " Tide\x00well\nWater ", "website": "https://tidewell.example", "city": None})

    assert (made.name, made.kind, made.city) == ("Tidewell Water", OrganisationKind.COMPANY, "")


def test_countries_are_countries():
    assert {"BE", "DE", "XK", "GB"} <= country_codes()
    assert not {"EU", "ZZ", "UN", "XA"} & country_codes()
    assert len(country_codes()) == 250


def test_whoever_belongs_is_a_member_and_each_role_counts_once():
    assert RolesGiven(["officer", "officer", "poster"]).roles == (Role.MEMBER, Role.POSTER, Role.OFFICER)
    assert RolesGiven(()).roles == (Role.MEMBER,)
    with pytest.raises(Invalid):
        RolesGiven(["owner"])


def test_joining_is_as_member_unless_said():
    assert Joining().join_as is JoinAs.MEMBER
    assert Joining("officer").join_as is JoinAs.OFFICER
    for wrong in ("administrator", None, ""):
        with pytest.raises(Invalid):
            Joining(wrong)


def test_finding_takes_any_kind_or_one():
    assert Finding(kind="").kind is None
    assert Finding(q=None).q == ""
    with pytest.raises(Invalid):
        Finding(kind="club")
