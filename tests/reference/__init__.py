"""Our numbers against numbers that nobody here wrote; the copied files are in tests/data, each with its source."""
