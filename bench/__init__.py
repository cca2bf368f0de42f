"""Measurements, each run by `./dev bench NAME`: what a page, a write, a search costs beside the plainest rival.

A figure is a ratio of two things measured in one run: absolute times say more about the machine than about the portal.
"""
