"""One module per output: JSON and the Word summary; each takes a `Dataset` and gives bytes."""
