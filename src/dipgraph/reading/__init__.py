"""Files -> documents: what a file of each suffix says, and what is wrong with one that cannot be read."""
