"""Pages of the search: finding, and what people keep of it."""

from flask import Blueprint

from portal.search.views.finding import bp as finding
from portal.search.views.saved import bp as saved

bp = Blueprint("search", __name__)
for part in (finding, saved):
    bp.register_blueprint(part)
