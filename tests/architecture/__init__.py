"""The rules of the house as tests: each names the places that break it."""
