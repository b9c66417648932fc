"""How well documents are read, ours beside peers: the parts of `benchmarks/reading.py`."""
