"""Codes, on both sides of a change of keys."""

import dataclasses

from portal.accounts.second_factor import fingerprints, new_recovery_codes, new_set_up, secret_in, take_code
from portal.app import create_app
from tests.accounts.steps import an_account, code_from


def key_of(app, secret):
    from portal.accounts.second_factor import _authenticator

    with app.app_context():
        return _authenticator().get_totp_pretty_key(secret)


def with_factor(app, ada):
    with app.app_context():
        ada.tf_totp_secret = secret_in(new_set_up(ada.id), ada.id)
        ada.mf_recovery_codes = fingerprints(["aaaa-bbbb-cccc-dddd"])
    return key_of(app, ada.tf_totp_secret)


def test_codes_of_a_clock_half_a_minute_off_are_taken_and_no_others(app, ada, frozen):
    key = with_factor(app, ada)
    taken = []
    for seconds in (-90, -60, -30, 0, 30, 60, 90):
        ada.totp_counter = None
        with app.app_context():
            taken.append(take_code(ada, code_from(key, seconds)))

    assert taken == [False, False, True, True, True, False, False]


def test_after_a_change_of_keys_codes_still_fit_and_the_secret_moves_to_the_new_key(app, settings, ada, frozen):
    key = with_factor(app, ada)
    before = ada.tf_totp_secret
    rotated = create_app(dataclasses.replace(settings, secret_key="the next key", old_secret_keys=(settings.secret_key,)))
    only_new = create_app(dataclasses.replace(settings, secret_key="the next key"))

    with rotated.app_context():
        assert take_code(ada, code_from(key))
    assert ada.tf_totp_secret != before
    with only_new.app_context():
        assert take_code(ada, code_from(key, 30))
    for made in (rotated, only_new):
        made.extensions["database"].dispose()


def test_with_the_key_lost_only_recovery_codes_open(app, settings, ada):
    key = with_factor(app, ada)
    without = create_app(dataclasses.replace(settings, secret_key="another key"))

    with without.app_context():
        assert not take_code(ada, code_from(key))
        assert take_code(ada, "AAAA BBBB CCCC DDDD")
        assert not take_code(ada, "aaaa-bbbb-cccc-dddd")
    without.extensions["database"].dispose()


def test_recovery_codes_are_long_and_never_alike(app):
    with app.app_context():
        codes = new_recovery_codes() + new_recovery_codes()

    assert len(set(codes)) == 20
    assert {len(code.replace("-", "")) for code in codes} == {16}
    assert not set("".join(codes)) & set("01lo")


def test_a_set_up_belongs_to_one_account(app, ada):
    other = an_account(app, "other@example.org")

    with app.app_context():
        set_up = new_set_up(ada.id)
        assert secret_in(set_up, ada.id)
        assert [secret_in(given, other.id) for given in (set_up, "", "x", set_up + "x")] == [None] * 4


def test_an_account_without_a_factor_takes_no_code(app, ada):
    with app.app_context():
        assert [take_code(ada, code) for code in ("123456", "", "aaaa-bbbb-cccc-dddd")] == [False] * 3
