"""The same chain as a PyTorch module, counted and printed layer by layer by ptflops.

The last line of the output is its processor seconds. ptflops imports torchvision only for one operator that is not used
here; a stand-in serves where the two do not match.
"""

from __future__ import annotations

import io
import os
import sys
import time
import types

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def without_torchvision() -> None:
    """Put a stand-in for torchvision where the real one cannot be imported."""
    try:
        import torchvision  # noqa: F401
    except Exception:  # it is built for one torch only, and fails in many ways with another
        for name in [n for n in sys.modules if n.startswith("torchvision")]:
            del sys.modules[name]
        stand_in, ops = types.ModuleType("torchvision"), types.ModuleType("torchvision.ops")
        ops.DeformConv2d = type("DeformConv2d", (), {})  # type: ignore[attr-defined]
        stand_in.ops = ops  # type: ignore[attr-defined]
        sys.modules.update({"torchvision": stand_in, "torchvision.ops": ops})


def main() -> None:
    """Build the chain, then time ptflops on it."""
    without_torchvision()
    from _chain import convolutions
    from ptflops import get_model_complexity_info
    from torch import nn, set_num_threads

    set_num_threads(1)
    layers: list[nn.Module] = []
    channels = 1
    for filters, padding in convolutions(int(sys.argv[1]), sys.argv[2]):
        layers += [nn.Conv2d(channels, filters, 3, padding=padding), nn.ReLU()]
        channels = filters
    model = nn.Sequential(*layers).eval()
    printed = io.StringIO()
    start = time.process_time()
    get_model_complexity_info(
        model, (1, 8, 8), as_strings=False, print_per_layer_stat=True, verbose=False, ost=printed
    )
    seconds = time.process_time() - start
    if printed.getvalue().count("Conv2d(") < len(layers) // 2:
        sys.exit("ptflops printed no table")
    print(seconds)


if __name__ == "__main__":
    main()
