"""Mails as files: head, the part of the text that is shown, notes and furniture, attachments."""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from quopri import encodestring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import DamagedInputError, EncryptedInputError, SamsynError
from pipeline.extractors import mail, text
from pipeline.layout.build import lay_out
from pipeline.model.document import Block, BlockRole, SourceInfo
from pipeline.model.raw import RawDocument, RawTable

Seen = tuple[str, str, str]


def saved(tmp_path: Path, data: bytes | EmailMessage, name: str = "brev.eml") -> Path:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.as_bytes(policy=SMTP))
    return path


def blocks(document: RawDocument) -> list[Block]:
    laid = lay_out(document, SourceInfo("s", "brev.eml", "", "message/rfc822", "mail"))
    return [block for _, block in laid.blocks()]


def seen(path: Path) -> list[Seen]:
    """Role, kind and printed text of all blocks."""
    return [
        (b.role.value, b.kind.value, f"{b.marker or ''} {b.text}".strip())
        for b in blocks(mail.extract(path))
    ]


def texts(path: Path, role: str = "body") -> list[str]:
    return [text for found, _, text in seen(path) if found == role]


def message(plain: str | None = None, html: str | None = None, **fields: str) -> EmailMessage:
    mail = EmailMessage()
    head = {"From": "Rut Ek <rut@ek.example>", "To": "nils@al.example", "Subject": "Kvarndag"}
    for name, value in {**head, **fields}.items():
        mail[name.replace("_", "-")] = value
    if plain is not None:
        mail.set_content(plain)
    if html is not None and plain is not None:
        mail.add_alternative(html, subtype="html")
    elif html is not None:
        mail.set_content(html, subtype="html")
    return mail


TEXT = """\
Hej Nils!

Här kommer det vi bestämde om kvarndagen i maj, så att du kan
läsa det i lugn och ro.

Att göra:
- Boka logen
- Fråga Eva om
  sågen

Vänliga hälsningar
Rut

-- \nRut Ek, Byrådet

Den 2 mars 2025 kl 19.30 skrev Nils Al <nils@al.example>:
> Hur blev det
> med kvarnen?
"""


def test_plain_mail_reads_as_typed_notes_with_its_head(tmp_path: Path) -> None:
    path = saved(
        tmp_path, message(TEXT, Subject="SV: Kvarndag", Date="Mon, 03 Mar 2025 08:00:00 +0100")
    )
    assert seen(path) == [
        ("body", "title", "Kvarndag"),
        ("note", "paragraph", "From: Rut Ek <rut@ek.example>"),
        ("note", "paragraph", "To: nils@al.example"),
        ("note", "paragraph", "Date: Mon, 03 Mar 2025 08:00:00 +0100"),
        ("body", "paragraph", "Hej Nils!"),
        ("body", "paragraph", "Här kommer det vi bestämde om kvarndagen i maj, så att du kan"
         " läsa det i lugn och ro."),
        ("body", "paragraph", "Att göra:"),
        ("body", "list_item", "- Boka logen"),
        ("body", "list_item", "- Fråga Eva om sågen"),
        ("body", "paragraph", "Vänliga hälsningar"),
        ("body", "paragraph", "Rut"),
        ("furniture", "paragraph", "--"),
        ("furniture", "paragraph", "Rut Ek, Byrådet"),
        ("note", "paragraph", "Den 2 mars 2025 kl 19.30 skrev Nils Al <nils@al.example>:"),
        ("note", "paragraph", "Hur blev det med kvarnen?"),
    ]  # fmt: skip
    assert mail.extract(path).title == "Kvarndag"
    styles = [b.style.name for b in blocks(mail.extract(path)) if b.style and b.role != "body"]
    assert styles[-4:] == ["signature", "signature", "mail-head", "quote"]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "nonsens-8"])
@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_characters_however_they_are_sent(tmp_path: Path, charset: str, encoding: str) -> None:
    raw = "Vi målar så bön".encode("utf-8" if charset == "nonsens-8" else charset)
    sent = {"8bit": raw, "quoted-printable": encodestring(raw), "base64": b64encode(raw)}[encoding]
    head = "Subject: =?iso-8859-1?Q?K=F6r?= =?utf-8?B?w7ZuIGk=?= maj"
    head += "\nFrom: =?utf-8?q?=C3=85ke?= <a@b.se>"
    head += f"\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}"
    path = saved(tmp_path, f"{head}\n\n".encode() + sent)
    assert texts(path) == ["Körön i maj", "Vi målar så bön"]
    assert texts(path, "note") == ["From: Åke <a@b.se>"]


def test_raw_bytes_in_the_head(tmp_path: Path) -> None:
    path = saved(tmp_path, "Subject: Målning\nFrom: Åke <a@b.se>\n\nHej".encode("cp1252"))
    assert texts(path)[0] == "Målning"


def test_flowed_text_is_joined_as_it_was_typed(tmp_path: Path) -> None:
    text = "En rad som går \nvidare här.\nNy rad.\n> citat som \n> går vidare\n -inte punkt\n"
    data = f"Subject: x\nContent-Type: text/plain; format=flowed\n\n{text}"
    path = saved(tmp_path, data.encode())
    assert texts(path)[1:] == ["En rad som går vidare här.", "Ny rad.", "- inte punkt"]
    assert texts(path, "note") == ["citat som går vidare"]


HTML = """<html><body><p>Hej!</p><ul><li>Boka logen<li>Fråga Eva</ul>
<div class="gmail_quote"><div class="gmail_attr">Den mån 3 mars 2025 kl 10:04 skrev Nils &lt;<a
href="mailto:n@al.example">n@al.example</a>&gt;:<br></div><blockquote class="gmail_quote">
<h1>Hur?</h1><p>Och när?</blockquote></div><p>Nu!</body></html>"""


def test_html_is_read_where_there_is_no_plain_text_or_a_stub(tmp_path: Path) -> None:
    for plain in (None, "Se HTML"):
        path = saved(tmp_path, message(plain, HTML))
        assert texts(path) == ["Kvarndag", "Hej!", "• Boka logen", "• Fråga Eva", "Nu!"]
        assert texts(path, "note")[2:] == [
            "Den mån 3 mars 2025 kl 10:04 skrev Nils <n@al.example>:",
            "Hur?",
            "Och när?",
        ]


def test_plain_text_goes_before_html_but_not_before_its_table(tmp_path: Path) -> None:
    path = saved(tmp_path, message("Vi ses i parken", "<p>Vi <b>ses</b> i parken"))
    assert texts(path) == ["Kvarndag", "Vi ses i parken"]
    table = "<table><tr><th>Vem<th>Vad<tr><td>Rut<td>Fika</table>"
    path = saved(tmp_path, message("Vem Vad\nRut Fika", table))
    assert texts(path) == ["Kvarndag", "Vem\tVad\nRut\tFika"]


OUTLOOK = """<div class=WordSection1><p class=MsoNormal>{own}<o:p></o:p></p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>Från:</b> Rut Ek
&lt;rut@ek.example&gt; <br><b>Skickat:</b> den 3 mars 2025 10:04<br><b>Till:</b> Nils Al<br>
<b>Ämne:</b> Kvarndag</p></div></div><p class=MsoNormal>Hej!</p><table class=MsoNormalTable>
<tr><td>Rut<td>Fika<tr><td>Nils<td>Sågen</table></div>"""


def test_outlook_answer_cites_all_under_the_head(tmp_path: Path) -> None:
    own = "Det där låter bra men vi måste tala om sågen. " * 9
    path = saved(tmp_path, message(None, OUTLOOK.format(own=own), From="Nils <nils@al.example>"))
    assert texts(path) == ["Kvarndag", own.strip()]
    assert [b.role for b in blocks(mail.extract(path)) if b.rows] == [BlockRole.NOTE]
    assert texts(path, "note")[2:6] == [
        "Från: Rut Ek <rut@ek.example>",
        "Skickat: den 3 mars 2025 10:04",
        "Till: Nils Al",
        "Ämne: Kvarndag",
    ]


def test_outlook_forward_keeps_the_body(tmp_path: Path) -> None:
    html = OUTLOOK.format(own="FYI")
    path = saved(tmp_path, message(None, html, From="nils@al.example", To="eva@by.example"))
    assert texts(path)[:3] == ["Kvarndag", "FYI", "Hej!"]
    assert any(isinstance(x, RawTable) for x in mail.extract(path).pages[0].items)


def test_thunderbird_forward_has_its_head_in_a_table(tmp_path: Path) -> None:
    html = """<p>Se nedan</p><div class="moz-forward-container">-------- Vidarebefordrat --------
    <table class="moz-email-headers-table"><tr><th>Ämne: </th><td>Kvarndag</td></tr>
    <tr><th>Datum: </th><td>Mon, 3 Mar 2025 10:04</td></tr>
    <tr><th>Från: </th><td>Rut &lt;r@ek.example&gt;</td></tr></table>
    <p>Hej!</p></div>"""
    path = saved(tmp_path, message(None, html, To="eva@by.example", From="n@al.example"))
    assert texts(path) == ["Kvarndag", "Se nedan", "Hej!"]


def test_attachments_are_handed_out_under_safe_names(tmp_path: Path) -> None:
    mail_ = message("Se bilagan")
    mail_.add_attachment(b"%PDF-1", "application", "pdf", filename="../../möte/dag:ordning.pdf")
    mail_.add_attachment(b"PK", "application", "zip", filename="a.zip")
    mail_.add_attachment(b"PK2", "application", "zip", filename="A.zip")
    mail_.add_attachment(
        b"\x89PNG" + b"0" * 60_000, "image", "png", filename="karta.png", cid="<k>"
    )
    mail_.add_attachment(b"\x89PNG", "image", "png", filename="logga.png", cid="<l>")
    mail_.add_attachment(b"sig", "application", "pkcs7-signature", filename="smime.p7s")
    mail_.add_attachment("Anteckningar", filename="notes.txt")
    mail_.add_attachment(message("Inre", Subject="Inre/brev"))
    path = saved(tmp_path, mail_)
    found = dict(mail.attachments(path))
    assert list(found) == ["dag_ordning.pdf", "a.zip", "A-2.zip", "karta.png", "notes.txt",
                           "Inre_brev.eml"]  # fmt: skip
    assert found["a.zip"] == b"PK"
    assert texts(path) == ["Kvarndag", "Se bilagan"]
    inner = saved(tmp_path, found["Inre_brev.eml"], "inre.eml")
    assert texts(inner) == ["Inre/brev", "Inre"]


def test_scan_without_text_is_an_attachment(tmp_path: Path) -> None:
    path = saved(tmp_path, b"Subject: Scan\nContent-Type: application/pdf\n\n%PDF-1.4\n")
    assert [name for name, _ in mail.attachments(path)] == ["attachment.pdf"]
    assert texts(path) == ["Scan"]


def test_attachment_that_cannot_be_decoded_is_told(tmp_path: Path) -> None:
    data = b"""Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHej\n--b
Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nA\n--b
Content-Type: application/ms-tnef; name=winmail.dat\n\nx\n--b--\n"""
    path = saved(tmp_path, data)
    assert list(mail.attachments(path)) == []
    problems = mail.extract(path).problems
    assert [p.severity for p in problems] == ["info", "info"]
    assert ["«a.pdf»" in problems[0].message, "«winmail.dat»" in problems[1].message] == [True] * 2


def test_sealed_mail_is_refused(tmp_path: Path) -> None:
    data = b"Subject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMII=\n"
    with pytest.raises(EncryptedInputError) as error:
        mail.extract(saved(tmp_path, data))
    assert error.value.hint


def test_parts_in_parts_without_end_are_refused(tmp_path: Path) -> None:
    part = 'Content-Type: multipart/mixed; boundary="b{0}"\n\n--b{0}\n'
    data = "Subject: x\n" + "".join(part.format(n) for n in range(3000))
    with pytest.raises(DamagedInputError):
        mail.extract(saved(tmp_path, data.encode()))


ARCHIVE = """From: <Saved by Blink>\nSubject: Kvarndag\nMIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b
Content-Type: image/png\nContent-Location: https://byn.example/a.png\n\nx\n--b
Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable

<title>Byn</title><nav>Meny</nav><h1>Kvarndag p=C3=A5 lo=\ngen</h1><p>Kl. 9\n--b--\n"""


def test_page_saved_as_mht(tmp_path: Path) -> None:
    path = saved(tmp_path, ARCHIVE.encode(), "sida.mhtml")
    assert texts(path) == ["Kvarndag på logen", "Kl. 9"]
    assert texts(path, "furniture") == ["Meny"]
    assert mail.extract(path).title == "Byn"
    assert list(mail.attachments(path)) == []


def test_mailbox_has_a_page_for_each_mail(tmp_path: Path) -> None:
    line = "From rut@ek.example Mon Mar  3 10:04:00 2025\n"
    one = f"{line}Subject: Ett\n\nHej\n\nFrom början: nej\n\n"
    path = saved(tmp_path, f"{one}{line}Subject: Två\n\nHå\n".encode(), "byn.mbox")
    document = mail.extract(path)
    assert [page.number for page in document.pages] == [1, 2]
    assert texts(path) == ["Ett", "Hej", "From början: nej", "Två", "Hå"]
    assert mail.extract(saved(tmp_path, one.encode())).title == "Ett"


def test_apple_mail_file_begins_with_its_length(tmp_path: Path) -> None:
    inner = b"Subject: Kvarn\n\nHej\n"
    path = saved(
        tmp_path, b"%d\n" % len(inner) + inner + b"<?xml version='1.0'?><plist/>", "1.emlx"
    )
    assert texts(path) == ["Kvarn", "Hej"]


def test_mail_saved_as_utf_16(tmp_path: Path) -> None:
    assert texts(saved(tmp_path, "Subject: Möte\n\nHå".encode("utf-16"))) == ["Möte", "Hå"]


def test_mail_pasted_into_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "mejl.txt"
    path.write_text(
        "Från: Rut Ek <rut@ek.example>\nSkickat: den 3 mars 2025 10:04\nTill: Nils Al\n"
        "Ämne: Kvarndag\n\nHej Nils!\n\n1. Boka logen\n2. Fråga Eva\n",
        encoding="utf-8",
    )
    document = text.extract(path)
    assert document.title == "Kvarndag"
    assert not document.paged
    assert [(b.role, b.kind, b.text) for b in blocks(document)] == [
        ("body", "title", "Kvarndag"),
        ("note", "paragraph", "Från: Rut Ek <rut@ek.example>"),
        ("note", "paragraph", "Skickat: den 3 mars 2025 10:04"),
        ("note", "paragraph", "Till: Nils Al"),
        ("body", "paragraph", "Hej Nils!"),
        ("body", "list_item", "Boka logen"),
        ("body", "list_item", "Fråga Eva"),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(
    data=st.one_of(
        st.binary(max_size=300),
        st.lists(
            st.sampled_from(
                [b"Subject: x\n", b"From: a@b.se\n", b"\n", b"--b\n", b"--b--\n", b"> x\n",
                 b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: text/html\n",
                 b"Content-Type: message/rfc822\n", b"Content-Transfer-Encoding: base64\n",
                 b"Content-Type: text/plain; charset=\xff; format=flowed\n", b"<p>hej\n", b"=\n",
                 b"Content-Disposition: attachment; filename*=utf-8''%ff\n", b"12\n"]
            ),
            max_size=14,
        ).map(b"".join),
    )
)  # fmt: skip
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    path = saved(tmp_path, data)
    with suppress(SamsynError):
        document = mail.extract(path)
        blocks(document)
    assert all(name and content for name, content in mail.attachments(path))
