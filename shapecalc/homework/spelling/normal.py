"""One way to write for all that people type: full-width signs, LaTeX, HTML, Markdown and emoji become plain text.

Every sign for times becomes ×, every dash -, every bracket round or square, a raised digit ^. Pitfall: Unicode's own
normal form makes 282 of 28², so raised digits are looked at first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ...pattern import Pattern

_PLAIN = Pattern(r"[0-9 ,.()\[\]+]*")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_SUPERSCRIPT = Pattern(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_STRUCK = Pattern(r"~~[^~]*~~|<(s|del|strike)>[^<]*</\1>", re.IGNORECASE)
_SUP = Pattern(r"<sup>([^<]*)</sup>|<sub>[^<]*</sub>", re.IGNORECASE)
_TAG = Pattern(
    r"</?(?:b|i|u|s|em|strong|span|p|div|br|sub|sup|code|pre|a|font|small|big|t[drth]|table|tbody|mark|tt|kbd|li|ul|ol|h[1-6r]|img|center|del|ins"
    r"|strike|math|label)(?:\s[^<>]*)?/?>|<!--[^<>]*-->",
    re.IGNORECASE,
)
_COMMANDS = [
    (Pattern(p), by)
    for p, by in (
        (r"\\+(?:times|cdot|ast|bullet)(?![A-Za-z])", "×"),
        (r"\\+(?:approx|simeq|sim)(?![A-Za-z])", "≈"),
        (r"\\+(?:to|rightarrow|Rightarrow|longrightarrow|implies)(?![A-Za-z])", "→"),
        (r"\\+leq?(?:slant)?(?![A-Za-z])", "≤"),
        (r"\\+geq?(?:slant)?(?![A-Za-z])", "≥"),
        (r"\\+in(?![A-Za-z])", "∈"),
        (r"\\+[lcd]?dots(?![A-Za-z])", "..."),
        (r"\\+lfloor(?![A-Za-z])", "⌊"),
        (r"\\+rfloor(?![A-Za-z])", "⌋"),
        (r"\\+lceil(?![A-Za-z])", "⌈"),
        (r"\\+rceil(?![A-Za-z])", "⌉"),
        (r"\\+[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"((\1)/(\2))"),
        (r"(?:\\+mathbb\s*\{?\s*R\s*\}?|\\+R(?![A-Za-z])|ℝ|\bR)\s*\^", " "),
        (r"\\+(?:text|textbf|mathrm|mathbf|mathit|boxed|bm)\s*\{([^{}]*)\}", r" \1 "),
        (r"\\+(?:left|right|displaystyle|big|Big|bigl|bigr|quad|qquad|,|;|!|:|\s|[()\[\]])", " "),
        (r"\\+([*_#%$&{}~<>`|-])", r"\1"),
        (r"\\+[A-Za-z]+", " "),
        (r"\{([,×^]|\s*×\s*)\}", r"\1"),
        (r"\^\{([^{}]*)\}", r"^(\1)"),
        (r"_\{[^{}]*\}", " "),
        (r"\$", " "),
    )
]
_BOLD = Pattern(
    r"(?:^|(?<=[\s(=:|]))(\*\*\*|\*\*|__|\*|_)(?=[^\s*_])([^*_]+|[^_]*[^\s_*])\1(?=$|[\s).,;:!?|=])"
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("*×✕✖⨯╳·∙⋅∗⋆⨉﹡✱✲✳хХχΧ", "×"),
        **dict.fromkeys("、﹐‚،", ","),
        **dict.fromkeys("−–—‐‑‒―﹣", "-"),
        **dict.fromkeys("’‘ʼ′´`", "'"),
        **dict.fromkeys("∼≃≅≒≐≌", "≈"),
        **dict.fromkeys("⇒⟶⟹➔➜➡", "→"),
        **dict.fromkeys("【〔「『[{〈", "["),
        **dict.fromkeys("】〕」』]}〉", "]"),
        **dict.fromkeys("÷∕⁄", "/"),
        **dict.fromkeys('“”"„', "'"),
        "。": ".",
        **dict.fromkeys("⩽≦", "≤"),
        **dict.fromkeys("⩾≧", "≥"),
        "∴": " ",
        "≡": "=",
        "萬": "万",
        "億": "亿",
        "參": "参",
        "數": "数",
        "＾": "^",
        "ˆ": "^",
    }
)
_TIMES = Pattern(r"(?<![A-Za-z])[xX](?![A-Za-z])|(?<=[0-9][HWCDhwcd])[xX](?=[0-9])|(?<=None)[xX](?=[0-9])")
_BETWEEN = Pattern(r"(?<=[0-9)])(?:[ -]?\b(?:by|times|cross)\b[ -]?|by|\s?乘以?\s?)(?=[0-9(])", re.IGNORECASE)
_HYPHEN = Pattern(r"(?<=[0-9])-(?=[A-Za-z]{1,12}(?![A-Za-z0-9(]))")
_DOUBT = Pattern(
    r"[,;(]?\s*(?:\bbut )?(?:\bi'?m |\bi am )?\b(?:not (?:so |very |quite |totally |completely |entirely |100% )?(?:sure|certain)|unsure)\b(?: about (?:this|it))?\)?"
    r"|[,;(]?\s*不(?:太|是很|怎么)?(?:确定|肯定)\)?",
    re.IGNORECASE,
)
_WORDS = (
    (Pattern(r"(?:\bper |/ ?)(?:image|sample|example|picture|input)s?\b", re.IGNORECASE), " "),
    (Pattern(r"(?<=[0-9)])\s?(?:\bplus\b|加上?)\s?(?=[0-9(])"), "+"),
    (Pattern(r"\bw/o\b"), "without"),
    (Pattern(r"\bw/\s?(?=[A-Za-z0-9])"), "with "),
    (Pattern(r"(?<=[0-9])\s?兆(?:字节)?"), "MB"),
)
_LINES = Pattern(r"(?<=[0-9])[ \t]*(?:\r\n?|\n)\s*(?=[0-9])")
_SPACES = Pattern(r"\s+")
_ARROWS = Pattern(r"[=-]+>")
_END = " \t.!?;,…'"


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """`text` in plain signs, without what only decorates it. At most a few times as long as what came in."""
    if _PLAIN.fullmatch(text):
        return text.rstrip(" .,").lstrip(" ,")
    text = _unmarked(_LINES.sub(" ; ", text) if "\n" in text or "\r" in text else text)
    text = _SUPERSCRIPT.sub(lambda m: "^" + m[0].translate(_RAISED), text)
    text = (
        unicodedata.normalize("NFKC", text.replace("…", " … "))
        .replace("**", "^")
        .replace("<=", "≤")
        .replace(">=", "≥")
        .translate(_SIGNS)
    )
    if not text.isascii():
        text = "".join(c if c.isascii() else _letter(c) for c in text)
    text = _ARROWS.sub("→", _BETWEEN.sub("×", _TIMES.sub("×", text)))
    for pattern, by in _WORDS:
        text = pattern.sub(by, text)
    text = _HYPHEN.sub(" ", text) if "-" in text else text
    if "sure" in text or "certain" in text or "不" in text:
        rest = _DOUBT.sub(" ", text)
        text = rest if any(c.isdigit() for c in rest) else text
    text = _SPACES.sub(" ", text.replace(" ^", "^").replace("^ ", "^")).strip()
    return _trimmed(text)


def _unmarked(text: str) -> str:
    """Without HTML, LaTeX and Markdown; what was struck out is gone."""
    if "&" in text:
        from html import unescape

        text = unescape(text)
    if "~~" in text or "<" in text:
        text = _STRUCK.sub(" ", text)
        text = _TAG.sub(" ", _SUP.sub(lambda m: f"^({m[1]})" if m[1] else " ", text))
    if "\\" in text or "$" in text or "{" in text or "ℝ" in text or "R^" in text or "R ^" in text:
        for pattern, by in _COMMANDS:
            text = pattern.sub(by, text)
    text = text.replace("`", "").strip() if text.count("`") > 1 else text.strip()
    return _BOLD.sub(r"\2", text) if "*" in text or "_" in text else text


def _letter(c: str) -> str:
    """A character that is not ASCII: digits of every script are digits, pictures and invisible signs are nothing."""
    kind = unicodedata.category(c)
    if kind == "Nd":
        return str(unicodedata.digit(c))
    if kind in ("So", "Sk", "Mn", "Me", "Zs", "Zl", "Zp", "Co", "Cn", "Cs", "Cc"):
        return " "
    return "" if kind == "Cf" else c


def _trimmed(text: str) -> str:
    """Without full stops, doubts and quotes around it; a lone ? or - stays."""
    rest = text.rstrip(_END).lstrip(" '!,;")
    return rest or text
