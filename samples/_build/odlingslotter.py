"""A Swedish autumn meeting of allotment gardens, kept as it is most often kept: in many files.

Shows: one occasion told by a saved web page (programme, between menu and foot), a spreadsheet
(attendance), a text document (challenges under headings, decisions), a CSV (actions with owner,
date and status), a mail after the day (two more promises, an older mail quoted under it, a
signature) and a picture of a flip chart with its text typed beside it. Writes all of them.
"""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from packages import SAMPLES, heading, listed, paragraph, write_odt, write_xlsx
from PIL import Image, ImageDraw, ImageFont

CASE = SAMPLES / "odlingslotter"

PAGE = """\
<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>Höstträff för odlingslotter – Kolonirundan</title>
<style>nav a { margin-right: 1em } .gömd { display: none }</style>
<script>document.documentElement.className = "js";</script>
</head>
<body>
<header>
<nav><a href="/">Start</a> <a href="/odla">Odla</a> <a href="/medlem">Bli medlem</a></nav>
</header>
<main>
<h1>Höstträff för odlingslotter</h1>
<p>Lördag 18 oktober 2025, Orangeriet i Eksjö</p>
<h2>Syfte</h2>
<p>Vi vill dela på det som går att dela, jord likaväl som kunskap, och veta vem som gör vad
innan tjälen går ur marken.</p>
<h2>Program</h2>
<ul>
<li>9.30 Kaffe och äppelkaka</li>
<li>10.00 Välkomna (Svea Rosenlöf)</li>
<li>10.15 Jord som orkar (Ibrahim Tallberg, Koloniföreningen Lergöken)</li>
<li>11.00 Grupper: vad gör odlingen svår?</li>
<li>12.00 Lunch med rotsaker</li>
<li>13.00 Lapparna får rubriker</li>
<li>14.00 Vem gör vad?</li>
<li>14.45 Fröbyte och hemfärd</li>
</ul>
<p class="gömd">Utkast: programmet är inte godkänt än.</p>
</main>
<footer>
<p>© Kolonirundan · <a href="/kakor">Om kakor</a> · <a href="/kontakt">Kontakta oss</a></p>
</footer>
</body>
</html>
"""

CAME = [
    ("Namn", "Organisation", "Roll"),
    ("Svea Rosenlöf", "Kolonirundan", "samordnare"),
    ("Ibrahim Tallberg", "Koloniföreningen Lergöken", "ordförande"),
    ("Maj-Lis Högfors", "Koloniföreningen Lergöken", "kassör"),
    ("Torkel Vinbladh", "Odlarlaget Spaden", "ordförande"),
    ("Amira Sandelius", "Odlarlaget Spaden", "kompostvärd"),
    ("Pontus Grenholm", "Stadsodlarna Rabarber", "sekreterare"),
    ("Elsa Kvick", "Stadsodlarna Rabarber", "ledamot"),
    ("Hanna Björkdahl", "Skolträdgården Ärtan", "pedagog"),
]

CHALLENGES = {
    "Jord och vatten": [
        "Vattnet stängs av redan i september",
        "Leran packas hård där alla går",
        "Hur får vi nog med gödsel när stallet flyttar?",
    ],
    "Köer och nya odlare": [
        "Sju år i kö gör att folk ger upp",
        "Lotter står oodlade fast kön är lång",
        "Nya odlare får ingen hjälp den första våren",
    ],
    "Grannar och gemensamt": [
        "Redskapen kommer aldrig tillbaka till boden",
        "Samma fyra personer kommer på städdagen",
    ],
}
DECISIONS = [
    "Fröbanken flyttar till Skolträdgården Ärtan.",
    "Städdagarna läggs på samma helg i alla föreningar.",
]

ACTIONS = """\
Vad;Vem;Klart;Status
Skriva till kommunen om vattnet i september;Koloniföreningen Lergöken;2025-11-14;Påbörjat
Märka alla redskap med färg;Odlarlaget Spaden;15 mars 2026;
Gå igenom kölistan och stryka dubbletter;Stadsodlarna Rabarber;30 november 2025;Ej påbörjat
Bygga hyllor till fröbanken;Skolträdgården Ärtan;31 januari 2026;
Dela ut nycklar till Orangeriet;Kolonirundan;25 oktober 2025;Klart
"""

MAIL = """\
Hej alla!

Tack för i lördags. Två saker till blev sagda vid grinden, så att de inte faller bort:

Åtaganden

- Stadsodlarna Rabarber: ordna en fadder till varje ny odlare före 1 april 2026
- Odlarlaget Spaden: låna ut kompostkvarnen till Lergöken under november 2025

Hälsningar
Svea

--\x20
Svea Rosenlöf
Samordnare, Kolonirundan

Den 12 okt. 2025 kl. 19:42 skrev Pontus Grenholm:

> Hej Svea!
>
> Åtaganden från i våras, innan jag glömmer dem:
>
> - Stadsodlarna Rabarber: måla om anslagstavlan före midsommar
> - Kolonirundan: trycka en ny karta
>
> Pontus
"""

FLIP_CHART = [
    "Fler utmaningar",
    "Sniglarna äter upp sallaten först",
    "Ingen har nyckel till vattenposten",
    "Bussen går inte ut hit på söndagar",
]


def write_notes(path: Path) -> None:
    """Write the notes of the day."""
    body = [
        paragraph("Höstträff för odlingslotter", "Title"),
        paragraph("Lördag 18 oktober 2025, Orangeriet i Eksjö"),
        paragraph("Antecknat av Pontus Grenholm."),
        heading("Jord som orkar", 1),
        paragraph("Ibrahim Tallberg visade vad tio år med täckodling har gjort med hans lott."),
        listed(
            [
                "Gräv aldrig när det är blött",
                "Täck marken före allhelgona, då gör maskarna resten",
            ]
        ),
        heading("Utmaningar", 1),
        paragraph(
            "Varje bord skrev lappar med en mening. Till exempel är ”Det tar en timme att fylla "
            "kannan” tydligt, ”Vatten” är det inte. Så här blev det när vi hade sorterat:"
        ),
    ]
    for theme, challenges in CHALLENGES.items():
        body += [heading(theme, 2), listed(challenges)]
    body += [
        heading("Beslut", 1),
        listed(DECISIONS, "Numbers"),
        heading("Nästa träff", 1),
        paragraph("Lördag 18 april 2026 hos Odlarlaget Spaden. Ta med en planta att byta bort."),
    ]
    write_odt(path, body)


def write_mail(path: Path) -> None:
    """Write the mail that followed, on the Monday."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Svea Rosenlöf <svea@kolonirundan.example>"
    mail["To"] = "hosttraffen@kolonirundan.example"
    mail["Subject"] = "Efter höstträffen den 18 oktober 2025"
    mail["Date"] = "Mon, 20 Oct 2025 08:15:00 +0200"
    mail["Message-ID"] = "<hosttraff-2@kolonirundan.example>"
    mail.set_content(MAIL, cte="quoted-printable")
    path.write_bytes(mail.as_bytes())


def draw_flip_chart(path: Path) -> None:
    """Draw the flip chart on its wall, and write what stands on it beside it."""
    picture = Image.new("RGB", (900, 640), "#d8d2c4")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((90, 40, 810, 600), fill="#fdfdfa", outline="#8a8578", width=4)
    draw.rectangle((90, 40, 810, 66), fill="#6f6a5e")
    for n, line in enumerate(FLIP_CHART):
        size, left = (40, 130) if n == 0 else (32, 175)
        top = 110 + n * 110
        if n:
            draw.ellipse((135, top + 14, 149, top + 28), fill="#1d3f72")
        draw.text((left, top), line, fill="#1d3f72", font=ImageFont.load_default(size))
    picture.quantize(16).save(path, optimize=True)
    head, *rest = FLIP_CHART
    typed = "\n".join([head, "", *(f"- {line}" for line in rest)])
    path.with_name(f"{path.name}.txt").write_text(f"{typed}\n", encoding="utf-8")


def main() -> None:
    """Write all files of the case."""
    CASE.mkdir(parents=True, exist_ok=True)
    (CASE / "program.html").write_text(PAGE, encoding="utf-8")
    write_xlsx(CASE / "deltagare.xlsx", "Deltagare", CAME)
    write_notes(CASE / "anteckningar.odt")
    (CASE / "atgarder.csv").write_text(ACTIONS, encoding="utf-8")
    write_mail(CASE / "uppfoljning.eml")
    draw_flip_chart(CASE / "vagg.png")


if __name__ == "__main__":
    main()
