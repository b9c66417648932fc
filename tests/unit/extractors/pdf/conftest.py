"""PDF files written by hand, operator by operator, so that a test says what the page holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]


def escaped(text: str) -> str:
    """A PDF string in WinAnsi."""
    for char in "\\()":
        text = text.replace(char, "\\" + char)
    return text


def shown(text: str, x: float, y: float, size: float = 18, *, font: str = "F1") -> str:
    """Operators that draw text at a place, in points from the bottom left."""
    return f"BT /{font} {size} Tf {x} {y} Td ({escaped(text)}) Tj ET\n"


def marked(number: int, tag: str, operators: str) -> str:
    """Marked content with a number, as tagged files have it."""
    return f"/{tag} <</MCID {number}>> BDC\n{operators}EMC\n"


class Tree:
    """A tag tree of one page: nested (kind, children or number of marked content)."""

    def __init__(self, *roots: tuple[str, object], attributes: dict[int, str] | None = None):
        self.roots = roots
        self.objects: list[str] = []
        self.owners: dict[int, int] = {}
        self._attributes = attributes or {}

    def write(self, first: int, page: int, above: int) -> list[int]:
        """Objects from number `first` on; gives the numbers of the roots."""
        self._next, self._page = first, page
        return [self._element(root, above) for root in self.roots]

    def _element(self, node: tuple[str, object], above: int) -> int:
        kind, content = node
        number = self._next
        self._next += 1
        at = len(self.objects)
        self.objects.append("")
        own = [content] if isinstance(content, int) else content
        assert isinstance(own, list)
        self.owners.update({c: number for c in own if isinstance(c, int)})
        if isinstance(content, int):
            kids = str(content)
            extra = self._attributes.get(content, "")
        else:
            assert isinstance(content, list)
            extra = ""
            kids = " ".join(
                str(c) if isinstance(c, int) else f"{self._element(c, number)} 0 R" for c in content
            )
        self.objects[at] = (
            f"<</Type/StructElem/S/{kind}/P {above} 0 R/Pg {self._page} 0 R/K [{kids}]{extra}>>"
        )
        return number


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a PDF of pages given as operators; `tree` tags the first page."""

    def make(*pages: str, tree: Tree | None = None, size: str = "0 0 720 540") -> Path:
        fonts = "/F1 3 0 R/F2 4 0 R"
        objects = {
            3: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            4: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        }
        numbers = [5 + 2 * n for n in range(len(pages))]
        for number, operators in zip(numbers, pages, strict=True):
            objects[number] = (
                f"<</Type/Page/Parent 2 0 R/MediaBox[{size}]/Resources<</Font<<{fonts}>>>>"
                f"/Contents {number + 1} 0 R/StructParents 0>>"
            )
            length = len(operators.encode("cp1252"))
            objects[number + 1] = f"<</Length {length}>>\nstream\n{operators}\nendstream"
        kids = " ".join(f"{n} 0 R" for n in numbers)
        objects[2] = f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"
        catalog = "<</Type/Catalog/Pages 2 0 R>>"
        if tree is not None:
            root = 5 + 2 * len(pages)
            found = tree.write(root + 1, numbers[0], root)
            objects.update({root + 1 + n: text for n, text in enumerate(tree.objects)})
            links = " ".join(f"{n} 0 R" for n in found)
            owners = " ".join(f"{tree.owners[n]} 0 R" for n in sorted(tree.owners))
            objects[root] = f"<</Type/StructTreeRoot/K[{links}]/ParentTree<</Nums[0 [{owners}]]>>>>"
            catalog = (
                f"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot {root} 0 R>>"
            )
        objects[1] = catalog
        return _saved(tmp_path / "blad.pdf", objects)

    return make


def _saved(path: Path, objects: dict[int, str]) -> Path:
    data = b"%PDF-1.7\n"
    places: dict[int, int] = {}
    for number in sorted(objects):
        places[number] = len(data)
        data += f"{number} 0 obj\n{objects[number]}\nendobj\n".encode("cp1252")
    start = len(data)
    last = max(objects) + 1
    data += f"xref\n0 {last}\n0000000000 65535 f \n".encode()
    for number in range(1, last):
        data += f"{places[number]:010d} 00000 n \n".encode()
    data += f"trailer\n<</Size {last}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    path.write_bytes(data)
    return path
