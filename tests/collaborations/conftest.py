"""A collaboration that runs."""

import pytest

from portal.collaborations.states import CollaborationState
from portal.collaborations.workflow import COLLABORATION_FLOW
from tests.build import a_collaboration, actor_of, walk


@pytest.fixture
def running(db):
    """It, its host's lead and its partner's lead."""
    collaboration = a_collaboration(db)
    host = actor_of(db, collaboration.host_lead)
    walk(db, COLLABORATION_FLOW, collaboration, CollaborationState.ACTIVE, by=host)
    return collaboration, host, actor_of(db, collaboration.partner_lead)
