"""Tagged PDFs: headings, lists, tables and notes as the file declares them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.extractors.pdf import extract
from pipeline.layout.build import lay_out
from pipeline.model.document import Block, Document, SourceInfo

from .conftest import Tree, marked, shown

Write = Callable[..., Path]


def laid_out(path: Path) -> Document:
    return lay_out(extract(path), SourceInfo("s", "blad.pdf", "0", "application/pdf", "pdf"))


def outline(path: Path) -> list[tuple[str, str, int, str | None]]:
    blocks: list[Block] = [b for _, b in laid_out(path).blocks()]
    return [(b.kind.value, b.text, b.level, b.marker) for b in blocks]


def test_the_heading_is_the_title_though_other_text_is_larger(write: Write) -> None:
    page = (
        marked(0, "P", shown("47", 300, 300, 90))
        + marked(1, "P", shown("anm\xe4lda skolor", 300, 250, 18))
        + marked(2, "H1", shown("L\xe4get i maj", 50, 480, 20))
    )
    path = write(page, tree=Tree(("P", 0), ("P", 1), ("H1", 2)))
    assert outline(path)[0] == ("title", "Läget i maj", 0, None)
    assert {o[1] for o in outline(path)} == {"Läget i maj", "47", "anmälda skolor"}


def test_lists_in_lists(write: Write) -> None:
    page = (
        marked(0, "Lbl", shown("-", 50, 400))
        + marked(1, "LBody", shown("Boka sal", 70, 400))
        + marked(2, "Lbl", shown("1.", 80, 370))
        + marked(3, "LBody", shown("Ring Rut", 110, 370))
    )
    inner = ("L", [("LI", [("Lbl", 2), ("LBody", 3)])])
    tree = Tree(("L", [("LI", [("Lbl", 0), ("LBody", [1, inner])])]))
    assert outline(write(page, tree=tree)) == [
        ("list_item", "Boka sal", 0, "-"),
        ("list_item", "Ring Rut", 1, "1."),
    ]


def test_a_bullet_within_the_text_of_an_item(write: Write) -> None:
    page = marked(0, "LBody", shown("• Boka sal", 50, 400))
    path = write(page, tree=Tree(("L", [("LI", [("LBody", 0)])])))
    assert outline(path) == [("list_item", "Boka sal", 0, "•")]


def test_lines_of_one_paragraph_are_joined(write: Write) -> None:
    drawn = shown("Vi bygger en gemen-", 50, 400) + shown("sam verkstad", 50, 378)
    page = marked(0, "H1", shown("Rubrik", 50, 480, 24)) + marked(1, "P", drawn)
    path = write(page, tree=Tree(("H1", 0), ("P", 1)))
    assert outline(path)[1] == ("paragraph", "Vi bygger en gemensam verkstad", 0, None)


def test_merged_cells(write: Write) -> None:
    page = "".join(
        marked(n, "TD", shown(text, x, y))
        for n, (text, x, y) in enumerate(
            [("V\xe5r", 50, 400), ("Vad", 50, 370), ("Vem", 200, 370), ("Sal", 50, 340),
             ("Rut", 200, 340)]
        )
    )  # fmt: skip
    rows = [
        ("TR", [("TD", 0)]),
        ("TR", [("TD", 1), ("TD", 2)]),
        ("TR", [("TD", 3), ("TD", 4)]),
    ]
    tree = Tree(("Table", rows), attributes={0: "/A<</O/Table/ColSpan 2>>"})
    (table,) = [b for _, b in laid_out(write(page, tree=tree)).blocks()]
    assert table.rows == (("Vår", ""), ("Vad", "Vem"), ("Sal", "Rut"))


def test_artifacts_are_furniture(write: Write) -> None:
    page = marked(0, "P", shown("Text", 50, 400)) + "/Artifact BMC\n" + shown("7", 680, 20) + "EMC"
    blocks = [b for _, b in laid_out(write(page, tree=Tree(("P", 0)))).blocks()]
    assert [(b.text, b.role.value) for b in blocks] == [("Text", "body"), ("7", "furniture")]


def test_a_tree_that_leaves_out_most_text_is_not_believed(write: Write) -> None:
    page = marked(0, "H1", shown("Rubrik", 50, 480, 24)) + "".join(
        shown(f"Rad {n} med vanlig text", 50, 400 - 24 * n, 14) for n in range(6)
    )
    texts = [o[1] for o in outline(write(page, tree=Tree(("H1", 0))))]
    assert "Rad 0 med vanlig text" in " ".join(texts)
    assert "Rad 5 med vanlig text" in " ".join(texts)


def test_text_outside_the_tree_is_not_lost(write: Write) -> None:
    words = "Vi byter lokal i höst och tar med oss stolar och bord"
    page = marked(0, "P", shown(words, 50, 400)) + shown("Obs!", 600, 300)
    texts = [o[1] for o in outline(write(page, tree=Tree(("P", 0))))]
    assert sorted(texts) == [
        "Obs!",
        words,
    ]


def test_a_tree_that_bites_its_tail_ends(write: Write) -> None:
    """Deep trees are cut off, not followed without end."""
    node: tuple[str, object] = ("P", 0)
    for _ in range(300):
        node = ("Sect", [node])
    path = write(marked(0, "P", shown("Hej", 50, 400)), tree=Tree(node))
    assert [o[1] for o in outline(path)] == ["Hej"]


def test_a_dash_that_happens_to_begin_a_line(write: Write) -> None:
    """The line before it was full, so that the dash belongs to the sentence."""
    first, second = "- Hur når vi en samsyn kring byns framtid", "- och vem håller i den"
    page = marked(0, "P", shown(first, 50, 400) + shown(second, 50, 378))
    path = write(page, tree=Tree(("P", 0)))
    assert outline(path) == [("list_item", f"{first[2:]} {second}", 0, "-")]


def test_dashes_after_short_lines_are_items(write: Write) -> None:
    drawn = shown("- Boka sal", 50, 400) + shown("- Ring alla som var med i våras", 50, 378)
    path = write(marked(0, "P", drawn), tree=Tree(("P", 0)))
    assert [o[1] for o in outline(path)] == ["Boka sal", "Ring alla som var med i våras"]
