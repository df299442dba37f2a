"""Findings for a person: code and reason, the place with its source line, carets under the fault, and the cure.

Pitfall: a column counts characters and a caret stands in a cell; under Chinese text and tabs the two differ, so carets
are placed by the printed width of what stands before them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from ..errors import Diagnostic, Span
from ..text import _, labelled, listed, ngettext
from .safe import ascii_only, clean, visible
from .width import width

_RED, _YELLOW, _BLUE, _BOLD = "1;31", "1;33", "1;34", "1"
_LONGEST = 160
Ink = Callable[[str, str], str]


def render(diagnostics: Sequence[Diagnostic], *, ascii: bool = False, color: bool = False) -> str:
    """All findings in the order given, and their number where there are several."""

    def ink(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if color and text else text

    def say(text: str) -> str:
        return ascii_only(clean(text)) if ascii else clean(text)

    blocks = ["\n".join(_finding(d, say, ink)) + "\n" for d in diagnostics]
    if len(blocks) > 1:
        blocks.append(summary(diagnostics) + "\n")
    return "\n".join(blocks)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    number = Counter(d.severity for d in diagnostics)
    errors = ngettext("{n} error", "{n} errors", number["error"]).format(n=number["error"])
    warnings = ngettext("{n} warning", "{n} warnings", number["warning"]).format(n=number["warning"])
    return listed([errors] * (number["error"] > 0) + [warnings] * (number["warning"] > 0))


def _finding(diagnostic: Diagnostic, say: Callable[[str], str], ink: Ink) -> list[str]:
    spans = [s for s in (diagnostic.span, *(r.span for r in diagnostic.related)) if s]
    gutter = max((len(str(s.line)) for s in spans), default=0)
    hue = _RED if diagnostic.severity == "error" else _YELLOW
    word = _("error") if diagnostic.severity == "error" else _("warning")
    lines = [ink(f"{word}[{diagnostic.code}]", hue) + ink(labelled("", say(diagnostic.message)), _BOLD)]
    if diagnostic.span:
        lines += _quote(diagnostic.span, gutter, hue, ink)
    if diagnostic.help:
        head = " " * gutter + " = " + labelled(_("help"), "")
        first, *rest = map(say, diagnostic.help.splitlines())
        lines += [ink(head, _BLUE) + first, *(" " * width(head) + line for line in rest)]
    for related in diagnostic.related:
        lines.append(ink(_("note"), _BLUE) + labelled("", say(related.message)))
        lines += _quote(related.span, gutter, _BLUE, ink)
    return lines


def _quote(span: Span, gutter: int, hue: str, ink: Ink) -> list[str]:
    """The place, and the source line with carets under the span; of several lines only the first."""
    edge = " " * gutter
    lines = [f"{ink(edge + '-->', _BLUE)} {clean(str(span))}"]
    text = span.source.line(span.line)
    if not text.strip():
        return lines
    start = min(span.column - 1, len(text))
    end = span.end_column - 1 if span.end_line == span.line else len(text.rstrip())
    before, marked, after = _excerpt(text[:start], text[start : max(start, end)], text[max(start, end) :])
    carets = " " * width(before) + ink("^" * max(1, width(marked)), hue)
    number = ink(f"{span.line:>{gutter}} |", _BLUE)
    bar = ink(f"{edge} |", _BLUE)
    return [*lines, bar, f"{number} {before}{marked}{after}".rstrip(), f"{bar} {carets}"]


def _excerpt(before: str, marked: str, after: str) -> tuple[str, str, str]:
    """The three parts of a source line made visible; of a very long line only what is around the carets."""
    if len(before) + len(marked) + len(after) > _LONGEST:
        before = before if len(before) <= 40 else f"...{before[-37:]}"
        marked = marked if len(marked) <= 80 else f"{marked[:77]}..."
        after = after if len(after) <= 40 else f"{after[:37]}..."
    return visible(before), visible(marked), visible(after.rstrip())
