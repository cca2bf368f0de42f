"""Confidential annexes of listings: what a problem needs to be understood, and what not everybody who reads it may know."""
