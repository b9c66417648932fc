"""Many files: what to read, reading it on all cores, and what came of it."""
