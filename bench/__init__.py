"""How fast the overview is, beside what the same charts cost without us."""
