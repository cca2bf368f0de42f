"""Merging an organisation that stands here twice into the one that stays: asked by one administrator, done by another."""
