"""Everything on the screen; pages place it, db feeds it."""
