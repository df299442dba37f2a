"""Homework: answers as people write them, marked against a key, with the slip behind a wrong value named."""
