"""Reading what two parties keep between them, when there is no other way: for a reason, with a second person, told to both."""
