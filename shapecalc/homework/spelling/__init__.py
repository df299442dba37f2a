"""How people spell a shape, a number, a padding or a yes: one small reader each, and nothing that runs what it reads.

Pitfall: a reader either knows what was meant or refuses in words; a second meaning that the same text has is handed on
as `also`, for the key to decide.
"""
