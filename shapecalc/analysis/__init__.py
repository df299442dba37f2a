"""Answers that look at several networks, or at the layers themselves."""
