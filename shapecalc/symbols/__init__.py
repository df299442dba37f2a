"""Exact integer expressions over sizes that are letters: H, W, T, each at least 1."""
