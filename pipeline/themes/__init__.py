"""Themes: what participants declared stands as it is; later stages group what is left over."""
