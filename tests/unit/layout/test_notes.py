"""Typed notes: headings told by underlines, capitals, or by standing over a list."""

from __future__ import annotations

from collections.abc import Callable

Lines = Callable[..., list[str]]


def test_underlined_headings(typed: Lines) -> None:
    assert typed("Hamnmöte\n========\n\nLöften\n------\n- måla kumlen\n- räkna prickarna") == [
        "= Hamnmöte", "= Löften", "- måla kumlen", "- räkna prickarna",
    ]  # fmt: skip


def test_underlines_tell_two_depths(typed: Lines) -> None:
    text = "Löften\n======\n\nNorra laget\n-----------\n- måla\n\nMinnen\n======\n- isen"
    assert typed(text) == ["= Löften", "= Norra laget", "- måla", "= Minnen", "- isen"]


def test_a_rule_under_nothing_is_left_out(typed: Lines) -> None:
    assert typed("- måla kumlen\n\n----------\n\n- räkna prickarna") == [
        "- måla kumlen", "- räkna prickarna",
    ]  # fmt: skip


def test_headings_in_capitals(typed: Lines) -> None:
    shown = typed("HAMNMÖTE\n\nVi var sju.\n\nLÖFTEN\n\n- måla kumlen")
    assert [x for x in shown if x.startswith("=")] == ["= HAMNMÖTE", "= LÖFTEN"]


def test_a_short_line_over_a_list(typed: Lines) -> None:
    shown = typed(
        "Hamnmöte\n\nVi var sju och det regnade hela tiden.\n\nVem gör vad\n- måla\n- räkna"
    )
    assert shown[-3:] == ["= Vem gör vad", "- måla", "- räkna"]


def test_wrapped_paragraph_is_one(typed: Lines) -> None:
    text = (
        "Hamnmöte\n\nVi var sju och det regnade hela tiden, så vi satt i boden och drack\n"
        "kaffe tills det blev uppehåll.\n\nSedan gick vi ut."
    )
    assert typed(text)[1:] == [
        "Vi var sju och det regnade hela tiden, så vi satt i boden och drack kaffe tills det blev "
        "uppehåll.",
        "Sedan gick vi ut.",
    ]


def test_agenda_lines_are_not_joined(typed: Lines) -> None:
    shown = typed("Hamnmöte\n\nProgram\n9.30 Samling\n10.00 Båttur\n12.00 Lunch")
    assert shown[-3:] == ["9.30 Samling", "10.00 Båttur", "12.00 Lunch"]


def test_bullet_with_hanging_lines(typed: Lines) -> None:
    text = "Löften\n\n- måla alla kummel mellan fyren och båken innan\n  isen lägger sig\n- räkna"
    assert typed(text)[1:] == [
        "- måla alla kummel mellan fyren och båken innan isen lägger sig", "- räkna",
    ]  # fmt: skip


def test_bullets_under_bullets(typed: Lines) -> None:
    assert typed("Löften\n\n- måla\n  * vitt\n  * svart\n- räkna")[1:] == [
        "- måla", "  * vitt", "  * svart", "- räkna",
    ]  # fmt: skip


def test_check_boxes(typed: Lines) -> None:
    assert typed("Löften\n\n[ ] måla kumlen\n[x] räkna prickarna")[1:] == [
        "☐ måla kumlen", "☑ räkna prickarna",
    ]  # fmt: skip
