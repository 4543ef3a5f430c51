"""The claims on speed and scale, each a command that prints its figures: ``python -m benchmarks``."""
