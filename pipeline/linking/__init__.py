"""One thing, one record: claims of all files joined to a Dataset."""
