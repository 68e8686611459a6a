"""The demo: a seeded generator and the files that it makes, which are also examples of the import format."""
