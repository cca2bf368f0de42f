"""Properties of domains: whose an address is, how each is written, what can be taken for what."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.kernel import clock
from portal.organisations.inputs import canonical, is_public, skeleton, with_parents
from portal.organisations.models import OrganisationDomain
from portal.organisations.queries import domain_owner
from tests.build import an_organisation

LABELS = st.sampled_from(["a", "b", "ab", "uni", "myuni", "lab", "x-1"])
DOMAINS = st.lists(LABELS, min_size=1, max_size=4).map(lambda labels: ".".join([*labels, "example"]))
LETTERS = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "i": "і"}  # Latin and Cyrillic


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@given(taken=st.sets(DOMAINS, min_size=1, max_size=6), asked=DOMAINS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_address_belongs_to_the_longest_domain_it_is_in(session, taken, asked):
    with session.begin_nested() as attempt:
        owners = {domain: an_organisation(session).id for domain in sorted(taken)}
        for domain, owner in owners.items():
            session.add(OrganisationDomain(organisation_id=owner, domain=domain, verified_at=clock.now()))
        session.flush()

        found = domain_owner(session, f"somebody@{asked.upper()}")

        above = [domain for domain in taken if asked == domain or asked.endswith(f".{domain}")]
        assert (found.id if found else None) == (owners[max(above, key=len)] if above else None)
        attempt.rollback()


@given(domain=DOMAINS)
def test_a_domain_is_written_one_way_and_lies_below_its_parents(domain):
    assert canonical(f"@{domain.upper()}.") == canonical(domain) == domain
    assert all(domain == parent or domain.endswith(f".{parent}") for parent in with_parents(domain))
    assert with_parents(domain)[0] == domain


@given(word=st.text("aeopcxiuntl", min_size=3, max_size=12), where=st.sets(st.integers(0, 11)))
def test_letters_of_another_script_make_no_other_domain_to_the_eye(word, where):
    dressed = "".join(LETTERS.get(c, c) if at in where else c for at, c in enumerate(word))

    assert skeleton(canonical(f"{dressed}.example")) == skeleton(f"{word}.example")


@given(below=LABELS)
def test_nobody_owns_what_lies_at_or_below_a_public_host(below):
    for host in ("gmail.com", "10minutemail.com", "web.de", "yahoo.co.uk"):
        assert is_public(host)
        assert is_public(f"{below}.{host}")
