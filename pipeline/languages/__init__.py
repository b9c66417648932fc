"""A pack per language, as data, and the one text analysis."""
