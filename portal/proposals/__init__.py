"""Answers to listings: the one-page expression of interest, and the proposal with its versions and decision."""
