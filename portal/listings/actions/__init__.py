"""Verbs over listings: written by people, taken over from sources, moved by time."""

from portal.listings.actions.records import add_field, add_skill, publish_imported, renew_imported
from portal.listings.actions.timing import close_due, open_due, remind_expiring
from portal.listings.actions.writing import copy_listing, draft_listing, edit_listing

__all__ = [
    "add_field",
    "add_skill",
    "close_due",
    "copy_listing",
    "draft_listing",
    "edit_listing",
    "open_due",
    "publish_imported",
    "remind_expiring",
    "renew_imported",
]
