"""The demonstration's answers: interests of every fate, and proposals in every state, over two years."""

from portal.proposals.seeds.proposals import seed

__all__ = ["seed"]
