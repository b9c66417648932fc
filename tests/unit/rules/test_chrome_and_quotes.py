"""Menus over a page's title, and earlier mails under an answer, as files have them."""

from __future__ import annotations

from pathlib import Path

from pipeline.flow import Options, read_claims
from pipeline.model.document import BlockRole

PAGE = """<!DOCTYPE html><html lang="sv"><title>Ullens dag</title><body>
<nav><a href="/">Start</a> <a href="/garn">Garn</a></nav>
<h1>Ullens dag</h1><p>Lördag 8 mars 2025, Spinneriet i Hedvalla</p>
<h2>Utmaningar</h2><ul><li>Ullen räcker inte till vintern</li></ul></body></html>"""
MAIL = """From: Rut Ek <rut@tovan.example>
To: dagen@tovan.example
Subject: Efter ullens dag
Date: Mon, 10 Mar 2025 08:00:00 +0100
Content-Type: text/plain; charset=utf-8

Åtaganden

- Föreningen Tovan: karda ullen senast 3 maj 2025

On 2 Mar 2025, at 19:42, Per Al <per@tovan.example> wrote:

> - Föreningen Tovan: måla dörren senast 9 april 2025
"""


def test_menu_over_the_title_hides_neither_date_nor_place(tmp_path: Path) -> None:
    file = tmp_path / "dag.html"
    file.write_text(PAGE, encoding="utf-8")
    claims = read_claims(file, file.name, Options())
    (session,) = claims.sessions
    assert session.dates is not None
    assert (session.place, session.dates.year) == ("Spinneriet i Hedvalla", 2025)
    assert claims.sections[0].blocks[0][1].role is BlockRole.FURNITURE


def test_promise_in_a_quoted_mail_is_none_of_this_day(tmp_path: Path) -> None:
    file = tmp_path / "svar.eml"
    file.write_text(MAIL, encoding="utf-8")
    claims = read_claims(file, file.name, Options())
    assert [c.text for c in claims.commitments] == ["karda ullen senast 3 maj 2025"]
    assert any("måla dörren" in b.text for s in claims.sections for _, b in s.blocks)
