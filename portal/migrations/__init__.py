"""Schema revisions, oldest first. They stand alone: a revision never imports the models, which go on changing after it."""
