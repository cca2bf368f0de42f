"""Pages of the search: finding, taking along, and what people keep of it."""

from flask import Blueprint

from portal.search.engine.errors import IndexBroken
from portal.search.views.exporting import bp as exporting
from portal.search.views.finding import bp as finding
from portal.search.views.finding import repaired_soon
from portal.search.views.recent import bp as recent
from portal.search.views.saved import bp as saved
from portal.search.views.suggesting import bp as suggesting
from portal.search.views.wanted import bp as wanted

bp = Blueprint("search", __name__)
for part in (finding, suggesting, exporting):
    part.register_error_handler(IndexBroken, repaired_soon)
for part in (finding, suggesting, exporting, recent, saved, wanted):
    bp.register_blueprint(part)
