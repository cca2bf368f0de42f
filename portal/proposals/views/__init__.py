"""Pages of interests and proposals: answering a listing, writing, together, reading and deciding, the officers' queue."""

from flask import Blueprint

from portal.proposals.views.answering import bp as answering
from portal.proposals.views.decisions import bp as decisions
from portal.proposals.views.files import bp as files
from portal.proposals.views.interests import bp as interests
from portal.proposals.views.partners import bp as partners
from portal.proposals.views.proposals import bp as proposals
from portal.proposals.views.queue import bp as queue
from portal.proposals.views.team import bp as team
from portal.proposals.views.writing import bp as writing

bp = Blueprint("proposals", __name__)
for part in (answering, decisions, files, interests, partners, proposals, queue, team, writing):
    bp.register_blueprint(part)
