"""Questions to a finished dataset, and to the model itself."""
