"""Pages of collaborations."""

from flask import Blueprint

from portal.collaborations.views.changes import bp as changes
from portal.collaborations.views.documents import bp as documents
from portal.collaborations.views.lists import bp as lists
from portal.collaborations.views.meetings import bp as meetings
from portal.collaborations.views.money import bp as money
from portal.collaborations.views.outcomes import bp as outcomes
from portal.collaborations.views.packages import bp as packages
from portal.collaborations.views.pages import bp as pages
from portal.collaborations.views.people import bp as people
from portal.collaborations.views.plan import bp as plan
from portal.collaborations.views.reports import bp as reports
from portal.collaborations.views.risks import bp as risks

bp = Blueprint("collaborations", __name__)
for part in (pages, lists, changes, people, plan, packages, reports, money, outcomes, documents, meetings, risks):
    bp.register_blueprint(part)
