"""The second opinion: networks run on real arrays, and everything is counted where NumPy executes it.

Pitfall: nothing here may know a formula. This room imports the graph, the errors and NumPy, and no other of ours.
"""

from .memory import memory
from .reach import Reach, alignments, reach
from .runner import Measured, Measurement, run

__all__ = ["Measured", "Measurement", "Reach", "alignments", "memory", "reach", "run"]
