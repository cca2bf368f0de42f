"""What it is called, and who would do it."""

from dataclasses import replace
from functools import partial
from typing import Any

from wtforms import Form as RowForm
from wtforms import FormField, HiddenField, SelectField, StringField, TextAreaField

from portal.kernel.errors import Invalid
from portal.kernel.inputs import gather
from portal.kernel.text import N_
from portal.kernel.units import format_amount
from portal.proposals.forms.parts import DECIMAL, PartForm, offer_partners, rows_of
from portal.proposals.inputs import ROWS, Content, Member, Partner, each
from portal.proposals.inputs import partner as partner_of
from portal.web.rows import Rows
from portal.web.words import lazy


class SummaryForm(PartForm):
    """What it is called and what it is about."""

    title = StringField(lazy(N_("Title")), description=lazy(N_("What you would do, in one line. Up to 160 characters.")))
    summary = TextAreaField(
        lazy(N_("Summary")),
        description=lazy(N_("For somebody who decides whether to read on: problem, idea, result. Up to 2,500 characters.")),
    )


class PartnerRow(RowForm):
    """One organisation that takes part."""

    key = HiddenField()
    name = StringField(lazy(N_("Organisation")))
    role = StringField(lazy(N_("Its part in the work")))
    overhead_permille = StringField(lazy(N_("Overhead rate in percent")), render_kw=DECIMAL)
    said_minor = StringField(lazy(N_("Total named by its finance office, if any")), render_kw=DECIMAL)


class MemberRow(RowForm):
    """One person and what they do."""

    name = StringField(lazy(N_("Name")))
    role = StringField(lazy(N_("Role")))
    partner = SelectField(lazy(N_("Belongs to")), validate_choice=False)


class TeamForm(PartForm):
    """Who would do it: the organisations, the people and their roles."""

    team = TextAreaField(
        lazy(N_("Who would do the work?")),
        description=lazy(N_("Names, roles and what each brings. Up to 6,000 characters.")),
    )
    partners = Rows(FormField(PartnerRow), lazy(N_("Partners")), max_entries=ROWS["partners"][1] + 1)
    members = Rows(FormField(MemberRow), lazy(N_("People and roles")), max_entries=ROWS["members"][1] + 1)

    def offer(self, content: Content) -> None:
        """People belong to the partners as saved."""
        offer_partners((entry.form.partner for entry in self.members), content)

    @staticmethod
    def merged(before: Content, **answers: Any) -> Content:
        """Whoever still stands in plan or budget stays among the partners; rows left empty are no rows."""
        partners: list[Partner] = []
        members: list[Member] = []
        gather(
            lambda: partners.extend(
                each(
                    "partners", answers["partners"], partial(partner_of, before.currency), held_in=("name", "role", "said_minor")
                )
            ),
            lambda: members.extend(each("members", answers["members"], Member, held_in=("name", "role"))),
        )
        _require_free(before, {partner.key for partner in partners})
        numbers = {each.key: each.organisation for each in before.partners}
        partners = [replace(each, organisation=numbers.get(each.key)) for each in partners]
        return PartForm.merged(before, team=answers["team"], partners=partners, members=members)

    @classmethod
    def filled(cls, content: Content) -> dict[str, Any]:
        """Rates and amounts as people write them."""
        partners = [
            vars(partner)
            | {
                "overhead_permille": _percent(partner.overhead_permille),
                "said_minor": "" if partner.said_minor is None else format_amount(partner.said_minor, content.currency),
            }
            for partner in content.partners
        ]
        return {"team": content.team, "partners": partners, "members": rows_of(content.members)}


def _percent(permille: int) -> str:
    whole, tenth = divmod(permille, 10)
    return f"{whole}.{tenth}" if tenth else str(whole or "")


def _require_free(before: Content, kept: set[str]) -> None:
    used = {line.partner for line in before.lines} | {package.lead for package in before.packages}
    for partner in before.partners:
        if partner.key in used - kept:
            raise Invalid(
                "partners", N_("%(name)s still stands in the plan or the budget. Take it out there first."), name=partner.name
            )
