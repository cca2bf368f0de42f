"""What people say about themselves, what they wrote, and whom they look for."""

from portal.people.inputs.outputs import NewOutputs, doi
from portal.people.inputs.profile import Lookup, ProfileText, languages, levels, orcid, terms, with_levels

__all__ = ["Lookup", "NewOutputs", "ProfileText", "doi", "languages", "levels", "orcid", "terms", "with_levels"]
