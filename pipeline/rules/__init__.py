"""Read meaning from blocks: one module per kind of record, each a function that gives claims."""
