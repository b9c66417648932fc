"""The two models: `Document` (what a file shows) and `Dataset` (what the material says)."""
