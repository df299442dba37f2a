"""Yes or no by its first word: "No, (227-11)/4 is whole but 224 is not" is no.

Pitfall: "does not fit" says no with its second word, and 不能 begins with it.
"""

from __future__ import annotations

import unicodedata

from ...pattern import Pattern

_NO = Pattern(
    r"(?:no|n|nope|nah|false|f|incorrect|wrong|invalid|impossible|never|not|cannot|can't|cant|doesn't|doesnt|isn't|won't|don't|0)(?![a-z0-9])"
    r"|(?:it |this |that |they )?(?:does|do|is|will|would|can|should)(?: not|n't|nt)(?![a-z])|不|否|错|非|没|无法|无|×|✗|✘|✖|❌|👎"
)
_YES = Pattern(
    r"(?:yes|y|yep|yeah|yup|true|t|correct|right|valid|possible|ok|okay|sure|fits|can|does|it does|it is|it fits|it can|works|1)(?![a-z0-9])"
    r"|是|对|能|可以|可|正确|行|有|会|√|✓|✔|✅|☑|👍"
)
_LABEL = Pattern(r"(?:answer|ans|a|fits|fit|答案|答)\s*[:=]\s*")


def yes_no(text: str) -> str | None:
    """`yes` or `no`, or None where the text begins with neither."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'").strip(" \t\r\n*_`'\"([.,!")
    label = _LABEL.match(plain)
    if label:
        plain = plain[label.end() :]
    if plain in ("x", "χ"):
        return "no"
    return "no" if _NO.match(plain) else "yes" if _YES.match(plain) else None
