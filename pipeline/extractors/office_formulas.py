"""Formulas of Office files (OMML, ECMA-376 part 1, §22.1) as one line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.extractors.drawingml import M

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SUPER = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_UNSEEN = ("}del", "}moveFrom", "}instrText")


def formula(node: Element) -> str:
    """A formula in one line: fractions with a slash, what is raised as raised signs."""
    return " ".join(_linear(node).split())


def _linear(node: Element | None) -> str:
    if node is None or node.tag.endswith(_UNSEEN):
        return ""
    if node.tag == M + "t":
        return node.text or ""
    form = _FORMS.get(node.tag.removeprefix(M))
    return form(node) if form else "".join(map(_linear, node))


def _part(node: Element, name: str) -> str:
    return _linear(node.find(M + name))


def _sign(node: Element, path: str, default: str) -> str:
    found = node.find("/".join(M + name for name in path.split("/")))
    return default if found is None else found.get(M + "val") or ""


def _fraction(node: Element) -> str:
    return f"{_bracketed(_part(node, 'num'))}/{_bracketed(_part(node, 'den'))}"


def _with_scripts(node: Element) -> str:
    return _part(node, "e") + _scripts(node)


def _scripts(node: Element) -> str:
    low, high = _part(node, "sub"), _part(node, "sup")
    return _moved(low, "_", _SUB) + _moved(high, "^", _SUPER)


def _root(node: Element) -> str:
    return f"{_part(node, 'deg').translate(_SUPER)}√{_bracketed(_part(node, 'e'))}"


def _sum(node: Element) -> str:
    return f"{_sign(node, 'naryPr/chr', '∫')}{_scripts(node)} {_part(node, 'e')}"


def _fenced(node: Element) -> str:
    between = _sign(node, "dPr/sepChr", "|").join(map(_linear, node.findall(M + "e")))
    return _sign(node, "dPr/begChr", "(") + between + _sign(node, "dPr/endChr", ")")


def _spaced(node: Element) -> str:
    return " ".join(map(_linear, node))


_FORMS: dict[str, Callable[[Element], str]] = {
    "f": _fraction,
    "sSup": _with_scripts,
    "sSub": _with_scripts,
    "sSubSup": _with_scripts,
    "rad": _root,
    "nary": _sum,
    "d": _fenced,
    "func": _spaced,
    "m": _spaced,
    "mr": _spaced,
    "eqArr": _spaced,
}


def _bracketed(text: str) -> str:
    text = text.strip()
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _moved(text: str, sign: str, table: dict[int, int]) -> str:
    """«²» where there are such signs, else «^(a+b)»."""
    if all(ord(char) in table for char in text):
        return text.translate(table)
    return f"{sign}{_bracketed(text)}"
