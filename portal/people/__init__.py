"""What people say about themselves, and who may read it. Accounts and rights live elsewhere."""
