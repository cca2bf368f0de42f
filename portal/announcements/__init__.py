"""Short messages to everybody, or to one kind of person, at the top of every page for as long as they hold."""
