"""The formats of hand-ins, a file each; the folder is the registry.

Pitfall: a file here has a `FORMAT` and nothing else looks for it, so a new format is a new file.
"""
