"""What is under way, as those see it who look after it: the officer's board, what one waits for, deadlines in a calendar."""
