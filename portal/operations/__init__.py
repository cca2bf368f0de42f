"""What the operator's own tools ask: is the portal well, what does it cost, and can all of it be carried elsewhere."""
