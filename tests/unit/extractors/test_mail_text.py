"""The text of mails: what is its own, what is cited, what a signature; told by shape alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extractors.mail_heads import find_head, subject_base
from pipeline.extractors.mail_pasted import pasted
from pipeline.extractors.mail_text import Part, part_mail

B, H, Q, S = Part.BODY, Part.HEAD, Part.QUOTE, Part.SIGNATURE


def parts(text: str, subject: str = "", parties: str = "") -> list[tuple[Part, str]]:
    parted = part_mail(text.split("\n"), subject, parties)
    return [(part, line) for part, line in parted if line.strip()]


def kinds(text: str, subject: str = "", parties: str = "") -> list[Part]:
    return [part for part, _ in parts(text, subject, parties)]


@pytest.mark.parametrize(
    "attribution",
    [
        "Den 3 mars 2025 kl 10.04 skrev Rut Ek <rut@ek.example>:",
        "Den mån 3 mars 2025 10:04 skrev Rut Ek på uppdrag av byrådet\n<rut@ek.example>:",
        "On Mon, Mar 3, 2025 at 10:04 AM Rut Ek <rut@ek.example> wrote:",
        "Am 03.03.2025 um 10:04 schrieb Rut Ek:",
        "rut@ek.example kirjoitti:\n",
        "2025年3月3日 10:04 Rut：",
    ],
)
def test_quotes_and_the_line_over_them(attribution: str) -> None:
    text = f"Ja, gärna.\n\n{attribution}\n> Ska vi ses?\n>\n> > I parken\n\nSlut."
    lines = attribution.strip().split("\n")
    assert parts(text) == [
        (B, "Ja, gärna."),
        *((H, line) for line in lines),
        (Q, "Ska vi ses?"),
        (Q, "I parken"),
        (B, "Slut."),
    ]


def test_line_that_only_ends_in_a_colon_is_own_text() -> None:
    assert kinds("Så här tycker jag:\n> Ska vi ses?\nJa!") == [B, Q, B]


HEADS = {
    "outlook": "Från: Rut Ek <rut@ek.example>\nSkickat: den 3 mars 2025 10:04\nTill: Nils Al"
    "\nÄmne: Kvarndag",
    "gmail": "---------- Forwarded message ---------\nFrån: Rut Ek <rut@ek.example>"
    "\nDate: mån 3 mars 2025 kl 10:04\nSubject: Kvarndag\nTo: <nils@al.example>",
    "bold": "*From:* Rut Ek [mailto:rut@ek.example]\n*Sent:* Monday, March 3, 2025 10:04"
    "\n*To:* Nils Al;\n Eva By\n*Subject:* Kvarndag",
    "ruled": "________________________________\nVon: Rut Ek <rut@ek.example>"
    "\nGesendet: Montag, 3. März 2025 10:04\nAn: Nils\nBetreff: Kvarndag",
    "thunderbird": "-------- Vidarebefordrat meddelande --------\nÄmne: \tKvarndag"
    "\nDatum: \tMon, 3 Mar 2025 10:04\nFrån: \tRut\nTill: \tNils",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_under_the_head_of_an_earlier_mail_all_is_cited(head: str) -> None:
    own = "Jag har läst det du skickade och det ser bra ut, men vi måste prata om sågen. " * 4
    text = f"{own}\n\nMvh Nils\n\n{head}\n\nHej!\n- Boka sal"
    count = len(head.split("\n"))
    assert kinds(text) == [B, B, *[H] * count, Q, Q]


def test_names_alone_are_a_head_if_they_repeat_the_subject() -> None:
    head = "Från: Rut Ek\nSkickat: den 3 mars 2025 10:04\nTill: Nils Al\nÄmne: SV: Kvarndag"
    own = "ett ord " * 30
    assert kinds(f"{own}\n\n{head}\n\nHej!", "SV: Kvarndag") == [B, H, H, H, H, Q]
    assert set(kinds(f"{own}\n\n{head}\n\nHej!", "Byfest")) == {B}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_what_is_forwarded_is_the_body(head: str) -> None:
    text = f"För kännedom.\n/Nils\n\n{head}\n\nHej!\n- Boka sal"
    assert [line for part, line in parts(text) if part is B][2:] == ["Hej!", "- Boka sal"]


def test_forward_set_as_a_quote_is_the_body() -> None:
    text = (
        "Början på vidarebefordrat brev:\n\n> Från: Rut Ek <rut@ek.example>\n> Ämne: Kvarndag\n"
        "> Datum: 3 mars 2025 10:04:00 CET\n> Till: nils@al.example\n> \n> Hej!\n> > gammalt"
    )
    assert parts(text)[-2:] == [(B, "Hej!"), (Q, "gammalt")]


@pytest.mark.parametrize(
    ("subject", "parties"),
    [
        ("RE: Kvarndag", ""),
        ("SV: Kvarndag", "nils@al.example Rut Ek <RUT@ek.example>"),
    ],
)
def test_short_answer_to_the_sender_is_no_forward(subject: str, parties: str) -> None:
    text = f"Tack!\n\n{HEADS['outlook']}\n\nHej!"
    assert kinds(text, subject, parties)[-1] is Q


def test_short_answer_by_name_is_no_forward() -> None:
    head = "Från: Rut Ek\nSkickat: den 3 mars 2025 10:04\nTill: Nils Al\nÄmne: Kvarndag"
    assert kinds(f"Tack!\n\n{head}\n\nHej!", "SV: Kvarndag", "Nils; Rut Ek")[-1] is Q
    assert kinds(f"Tack!\n\n{head}\n\nHej!", "VB: Kvarndag", "Nils; Eva By")[-1] is B


def test_quote_without_marks_under_an_attribution() -> None:
    text = (
        "Ja.\n\nmån 3 mars 2025 kl. 10:04 skrev Rut Ek <rut@ek.example>:\n\nSka vi ses?\nI parken"
    )
    assert kinds(text) == [B, H, Q, Q]


@pytest.mark.parametrize(
    "text",
    [
        "Tid: torsdag 3 maj 2025 kl 18.00\nPlats: Logen\nAnmälan: Rut Ek <rut@ek.example>\nHej",
        "Datum: 2025-05-03\nTid: 13:00\nPlats: Logen\nTa med: hatt",
        "-----\nVad: Kvarndag\nNär: 3 maj 2025\nVar: Logen\n-----",
        "Se https://byn.example:\nhttps://by.example\nhttps://b.example",
        "Vi mejlade Rut <rut@ek.example> om detta:\nhon svarar sen",
        "Rut Ek: ordförande\nNils Al: kassör\nEva By: sekreterare",
    ],
)
def test_labels_of_an_invitation_are_no_head(text: str) -> None:
    assert set(kinds(f"Hej!\n\n{text}", "Inbjudan")) == {B}


def test_signature_under_dashes() -> None:
    assert parts("Vi ses.\n\n-- \nRut Ek\nByrådet\n\n> gammalt") == [
        (B, "Vi ses."),
        (S, "-- "),
        (S, "Rut Ek"),
        (S, "Byrådet"),
        (Q, "gammalt"),
    ]
    assert S not in kinds("Del ett\n--\n" + "Del två\n" * 40)


@pytest.mark.parametrize(
    ("subject", "answers", "base"),
    [
        ("Re: Fwd: FW: Kvarndag", False, "Kvarndag"),
        ("RE[2]: Kvarndag", False, "Kvarndag"),
        ("SV: VB: Kvarndag", True, "Kvarndag"),
        ("SV: Kvarndag", False, "SV: Kvarndag"),
        ("Mål: nya banor", True, "Mål: nya banor"),
        ("Möte: Logen", True, "Möte: Logen"),
        ("Re:", True, "Re:"),
    ],
)
def test_prefixes_of_subjects(subject: str, answers: bool, base: str) -> None:
    assert subject_base(subject, answers=answers) == base


@given(st.text(alphabet="Från: Till@.x<>\n-2025:", max_size=200), st.text(max_size=20))
def test_every_line_is_given_once(text: str, subject: str) -> None:
    lines = text.split("\n")
    given_back = [line for _, line in part_mail(lines, subject)]
    bare = [line.replace(">", "").strip() for line in lines]
    assert [line.replace(">", "").strip() for line in given_back] == bare


def test_pasted_mail_begins_with_its_head() -> None:
    found = pasted([*HEADS["outlook"].replace("Ämne: ", "Ämne: SV: ").split("\n"), "", "Hej!"])
    assert found is not None
    assert found.subject == "SV: Kvarndag"
    assert [part for part, line in found.lines if line] == [H, H, H, B]


def test_pasted_thread_is_newest_mail_and_quotes() -> None:
    head = "From: Nils\nDate: 4 mars 2025\nSubject: Re: Kvarndag"
    text = f"{head}\n\n{'Ja. ' * 50}\n\n{HEADS['bold']}\n\nSka vi?"
    found = pasted(text.split("\n"))
    assert found is not None
    assert found.subject == "Kvarndag"
    assert [part for part, line in found.lines if line.strip()] == [H, H, B, H, H, H, H, H, Q]


def test_notes_with_a_mail_inside_stay_notes() -> None:
    text = f"Byarådet\n\n> 50 deltagare\n> kanske fler\n\n{HEADS['outlook']}\n\nHej!\n-- \nRut"
    found = pasted(text.split("\n"))
    assert found is not None
    assert [(part, line) for part, line in found.lines if line and part is not H] == [
        (B, "Byarådet"),
        (B, "> 50 deltagare"),
        (B, "> kanske fler"),
        (B, "Hej!"),
        (B, "-- "),
        (B, "Rut"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Möte: Byrådet\nDatum: 3 maj 2025 kl 18.00\nPlats: Logen\nKontakt: Rut <r@ek.example>\n\nx",
        "Citat från dagen:\n> Roligt!\n> Mer fika\n--\nRut",
        "Från: byn\nTill: stan\nVia: bron",
    ],
)
def test_notes_are_no_mails(text: str) -> None:
    assert pasted(text.split("\n")) is None


def test_head_ends_where_the_text_begins() -> None:
    lines = f"x\n\n{HEADS['gmail']}\n\nHej: du".split("\n")
    head = find_head(lines)
    assert head is not None
    assert (head.start, head.stop) == (2, 7)
    assert head.fields[1] == ("Date:", "mån 3 mars 2025 kl 10:04")
