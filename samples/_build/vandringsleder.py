"""A Swedish two-day network meeting of people who look after hiking trails, as a deck.

Shows: an agenda for each day as lines with times, follow-up of old promises, a talk, a page of
theory, an instruction with an example, common challenges which are then grouped under numbered
themes, notes for each theme, one page of commitments per pair of organisations, speaker notes.
Writes deck.pptx, deck.pdf and deck.txt (the text of the PDF).
"""

from __future__ import annotations

from renditions import SAMPLES, Deck, add_box, add_notes, to_pdf, to_text

CASE = SAMPLES / "vandringsleder"
GREEN = "2F6B3A"
PALE = "E4EFE1"

DAY_1 = [
    "10.00  Kaffe och inskrivning",
    "10.20  Välkomna och två dagars spelregler – Annelie Broström",
    "10.45  Laget runt: vad hände efter Söderköping?",
    "12.00  Lunch",
    "13.00  När skylten står kvar men stigen har flyttat – Tage Rönnhage, Stiftelsen Tranleden",
    "14.00  Kort rast",
    "14.15  Grupparbete: vad gnager mest?",
    "15.30  Fika",
    "15.50  Listorna läggs ihop till en",
    "16.45  Avrundning av dagen",
    "19.00  Middag i Hamnboden",
]
DAY_2 = [
    "08.30  Promenad längs strandstigen",
    "09.15  Markägaravtal på en enda sida – Nasrin Ekvall, Rågångens Juristbyrå",
    "10.15  Kaffe",
    "10.35  Från lista till teman – arbete i tre grupper",
    "11.45  Åtaganden skrivs",
    "12.45  Lunch",
    "13.45  Uppläsning och frågor",
    "14.30  Avslutning och hemresa",
]

UPKEEP, OWNERS, WALKERS = (
    "Skötsel som håller år efter år",
    "Samtal och avtal med markägare",
    "Vandraren hittar rätt",
)
CHALLENGES = [
    "Hur får vi råd med spänger när byggbidraget är slut",
    "Muntliga löften gäller inte när gården säljs",
    "Kartan på nätet visar en sträckning från 2011",
    "Röjningen hänger på fyra pensionärer med egna motorsågar",
    "Parkeringen svämmar över fina söndagar",
    "Hur pratar vi med skogsbolaget innan de avverkar",
    "Skyltar i fyra färger på samma led",
    "Ingen vet vilket virke som köptes in förra gången",
    "Hur når vi dem som bara tittar i mobilen",
    "Vem ersätter bonden när grinden lämnas öppen",
    "Lösa hundar i betesmarken",
    "Hur hinner vi besikta arton mil på en säsong",
]
GROUPED = {
    UPKEEP: [CHALLENGES[0], CHALLENGES[3], CHALLENGES[7], CHALLENGES[11]],
    OWNERS: [CHALLENGES[1], CHALLENGES[5], CHALLENGES[9]],
    WALKERS: [CHALLENGES[2], CHALLENGES[6], CHALLENGES[8]],
}
THEME_NOTES = {
    UPKEEP: [
        "Lägg fem procent av varje byggbidrag i en skötselkassa redan från början",
        "Stigfaddrar funkar om sträckan är kort och någon ringer en gång om året",
        "Impregnerat eller lärk? Ingen av oss har räknat på livslängden",
        "Skriv upp virke, skruv och datum på samma ställe",
    ],
    OWNERS: [
        "Ta kaffet först och pappret sedan",
        "Avtalet ska följa fastigheten, inte personen",
        "Skogsbolagen planerar två år i förväg, så fråga i tid",
        "Ett telefonnummer som någon faktiskt svarar på",
    ],
    WALKERS: [
        "En färg per led, resten är arv från olika projekt",
        "Rätta källan i stället för tio olika appar",
        "Fråga dem som gått vilse, de minns exakt var",
    ],
}
COMMITMENTS = {
    "Stiftelsen Tranleden, Dalsland": [
        "Besikta hela leden med surfplatta, senast 3 maj",
        "Lägga upp virkeslistan i den gemensamma mappen",
    ],
    "Gränsstigens vänner, Värmland": [
        "Bjuda in de elva markägarna på kaffe vecka 20",
        "Skriva om de tre äldsta avtalen efter mallen (Ove Hallmyr)",
        "Måla om vägvisarna på norska sidan till midsommar",
    ],
    "Sju Socknars Led, Västergötland": [
        "Samla socknarna till skötselmöte den 24 april",
        "Ta fram en prislista för spänger till oktober",
    ],
    "Bergshults kommun, Småland": [
        "Rätta sträckningen i kartdatabasen, klart 15/6",
        "Utse en person som svarar när markägarna ringer",
    ],
    "Ödesta friluftsråd, Uppland": [
        "Prova stigfaddrar på två etapper från 1 september",
        "Skicka vår gamla skyltplan till alla i nätverket",
    ],
    "Ljungskogens naturskola, Halland": [
        "Låta femteklassarna inventera skyltarna mellan stationen och badet, maj 2025",
        "Tillsammans med Bergshults kommun: pröva en gemensam skyltfärg före årsskiftet",
    ],
    "Norra Fjällfoten, Jämtland": [
        "Fråga samebyn om renarnas vårflytt innan vi lägger om etapp 4",
        "Räkna bilarna på parkeringen varje söndag i juli",
    ],
}


def add_front(deck: Deck) -> None:
    """Add the title, the purpose, both agendas and the look back."""
    front = deck.title_slide(
        "Stigvårdarna", ["Nätverksmöte 2", "Åmål, 26–27 mars 2025", "Magasinet vid hamnen"]
    )
    add_notes(front, "Hälsa alla välkomna. Nödutgången är bakom scenen, toaletterna en trappa ner.")
    deck.text_slide(
        "Syftet med de två dagarna",
        [
            "Byta erfarenheter mellan sju leder som vuxit upp på helt olika sätt",
            "Bli överens om vad som verkligen är svårt, i egna ord",
            "Åka hem med löften som är små nog att hållas",
        ],
        24,
    )
    deck.text_slide("Agenda onsdag 26 mars", DAY_1, 18, bullets=False)
    second = deck.text_slide("Agenda torsdag 27 mars", DAY_2, 20, bullets=False)
    add_notes(second, "Promenaden går även om det regnar. Låna stövlar i kapprummet.")
    deck.text_slide(
        "Löften från Söderköping",
        [
            "Gränsstigens vänner: sätta upp räknare vid gränsröset – klart i november",
            "Ödesta friluftsråd: söka pengar till vindskydd – avslag, söker inte igen",
            "Bergshults kommun: samla alla leder i ett register – pågår",
        ],
    )


def add_lessons(deck: Deck) -> None:
    """Add the talk, the page of theory and the instruction for the group work."""
    deck.text_slide(
        "När skylten står kvar men stigen har flyttat",
        [
            "Tage Rönnhage, ledsamordnare, Stiftelsen Tranleden",
            "Sex mil, 41 markägare, tre kommuner och en bäver",
            "Fotografera varje stolpe, med datum i bilden",
            "Flytta kartan samma dag som du flyttar stigen",
            "Vad gör ni själva när en gren blockerar vägen?",
        ],
    )
    theory = deck.heading_slide("Så förfaller en led – vanliga mönster ur litteraturen")
    steps = ["Bygget firas", "Ansvaret glider", "Felen ses inte", "Vandraren ger upp"]
    for i, step in enumerate(steps):
        add_box(theory, [step], (0.7 + i * 3.05, 1.8, 2.75, 1.3), 20, fill=PALE, bold=True)
    add_box(
        theory,
        [
            "Bristande långsiktighet hos finansiärer",
            "Otydlig rollfördelning mellan förening och kommun",
            "Svag återkoppling från besökare",
        ],
        (0.7, 3.6, 11.5, 2.0),
        20,
        bullets=True,
    )
    add_box(theory, ["Källa: Stigvårdarnas kurspärm, flik 2"], (0.7, 6.2, 8, 0.4), 12)
    work = deck.text_slide(
        "Grupparbete: vad gnager mest?",
        [
            "Sätt er fyra och fyra, aldrig två från samma led",
            "Skriv minst fem svårigheter, en mening per lapp",
            "Till exempel: ”Vi vet inte vem som äger bron”",
            "Välj de fyra viktigaste och läs upp dem efter fikat",
        ],
    )
    add_notes(work, "Stoppur! Förra gången fick grupp tre aldrig läsa upp.")


def add_challenges(deck: Deck) -> None:
    """Add the list of challenges, its grouping and the notes of each theme."""
    deck.text_slide("Gemensamma utmaningar", CHALLENGES, 18)
    grouped = deck.heading_slide("Utmaningarna samlade i tre teman")
    for i, (theme, challenges) in enumerate(GROUPED.items()):
        left = 0.7 + i * 4.05
        add_box(grouped, [f"{i + 1}. {theme}"], (left, 1.6, 3.8, 0.9), 18, bold=True, fill=PALE)
        add_box(grouped, challenges, (left, 2.7, 3.8, 3.8), 17, bullets=True)
    for i, (theme, notes) in enumerate(THEME_NOTES.items()):
        deck.text_slide(f"{i + 1}. {theme}", notes)


def add_commitments(deck: Deck) -> None:
    """Add the instruction with its example, the commitments and the next meeting."""
    deck.text_slide(
        "Så skriver ni ert åtagande",
        [
            "Börja med ett verb och skriv när det ska vara klart",
            "Exempel: Byta spången vid kvarnfallet, klart före skolavslutningen",
            "Hellre ett löfte som hålls än fem som glöms",
        ],
    )
    owners = list(COMMITMENTS.items())
    for start in range(0, len(owners), 2):
        lines: list[str] = []
        for owner, promises in owners[start : start + 2]:
            lines += [f"**{owner}", *promises]
        deck.text_slide("Det här gör vi till nästa möte", lines)
    deck.text_slide(
        "Nästa möte",
        [
            "Ljusdal, 8–9 oktober 2025",
            "Anmälan senast 12 september till kansliet",
            "Ta med en skylt som ni helst vill slippa",
        ],
    )


def main() -> None:
    """Write the three renditions of the deck."""
    deck = Deck("Stigvårdarna · nätverksmöte 2 · Åmål", GREEN)
    add_front(deck)
    add_lessons(deck)
    add_challenges(deck)
    add_commitments(deck)
    path = deck.save(CASE / "deck.pptx", "Stigvårdarna, nätverksmöte 2")
    to_text(to_pdf(path))


if __name__ == "__main__":
    main()
