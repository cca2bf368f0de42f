"""The questions that the owner of a listing adds to its proposal form. What is answered belongs to the proposal's versions."""
