"""Questions turned round: which settings, sizes or parameters give a wanted result."""

from .window import conv_out, solve

__all__ = ["conv_out", "solve"]
