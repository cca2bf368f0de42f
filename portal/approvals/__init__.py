"""Slots that must be filled before something goes on: one per side, bound to one version, never by one's own hand.

Knows no feature: whoever opens slots says for which subject and version, and reacts to `ApprovalGiven` and `ApprovalReturned`.
"""
