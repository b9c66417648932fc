"""Swedish notes in Markdown from a day for swimming halls.

Shows: a date with weekday but no year (the year follows from the weekday and the year cited), an
agenda as a list, attendance by organisation, a SWOT for each organisation, difficulties that came
back everywhere, next steps whose owner and date are written in many ways, and things left undone.
Writes notes.md.
"""

from __future__ import annotations

from renditions import SAMPLES

CASE = SAMPLES / "simhallar"

NOTES = """\
# Vattenvant – dag för simhallar

Torsdag 20 november, Stadsbadet i Flen. Anteckningar: Gun-Britt Åsmark.

## Program

- 9.30 Kaffe
- 9.45 Välkomna (Gun-Britt Åsmark)
- 10.00 Runda: löftena från i våras
- 10.45 Klor, kalk och kronor (Rasmus Tengvall, Hamrinska badet)
- 11.45 Lunch
- 12.45 SWOT badhus för badhus
- 14.15 Paus
- 14.30 Nästa steg
- 15.30 Slut

## På plats

- Aspvallabadet: Moa Lindeblad, Kent Östervik
- Hamrinska badet: Rasmus Tengvall
- Nordanöbadet: Elin Qvarnmo (driftchef)
- Simsällskapet Uttern: Farah Dastan (ordförande)
- Vattenvant: Gun-Britt Åsmark

Återbud: Lergöksbadet, där reningen hade stannat.

## Löftena från i våras

- Nordanöbadet skulle börja med babysim: gjort, fullt till jul
- Aspvallabadet skulle byta duschmunstycken: halva damsidan klar
- Simsällskapet Uttern skulle söka fondpengar: inte påbörjat

## Klor, kalk och kronor

Rasmus visade vad ett bad kostar. Under 2024 gick 212 kronor åt per besök, men
entrén är 60. Hans tre råd:

1. Mät varje timme, inte varje dag
2. Laga läckan innan du sänker temperaturen
3. Bjud in politikerna när det är trettio grader ute

> ”Ingen klagar på vattnet så länge bastun är varm.”

## SWOT

Vi fyllde i rutorna badhus för badhus. Exempel ur handledningen: ”Svaghet: bassängen är
för kort för tävling”.

### Aspvallabadet

**Styrkor**

- Nära skolan och bussen
- Eget kafé

**Svagheter**

- Reningsverket är från sjuttiotalet
- Svårt att få folk till kvällspassen

**Möjligheter**

- Simskola för vuxna

**Hot**

- Elavtalet går ut i vår

### Hamrinska badet

**Styrkor**

- Nytt tak och nya solpaneler

**Svagheter**

- Bara en som kan styrsystemet
- Omklädningsrummen saknar plats för familjer

**Möjligheter**

- Samarbete med fysioterapin

**Hot**

- Kommunen vill korta öppettiderna

### Nordanöbadet

**Styrkor**

- Havsvatten direkt i bassängen

**Svagheter**

- Saltet äter upp pumparna
- Två mil till närmaste busshållplats

**Möjligheter**

- Sommargäster som stannar längre

**Hot**

- Läget gör att badvakter inte hittar bostad

## Utmaningar som återkom hos alla

- Badvakterna slutar efter en säsong
- Skolorna avbokar samma morgon
- Reservdelar tar tre månader att få hem
- Hur når vi föräldrar som själva inte kan simma?

## Beslut

- Mätvärden från alla bad delas öppet mellan medlemmarna
- Avgiften till nätverket är oförändrad

## Nästa steg

- Moa: gör ett schema för gemensam badvaktsjour över jul (klart 12/12)
- Ringa kemikalieleverantören om gemensamt pris (Rasmus, senast 1/12)
- Nordanöbadet – bjuder in alla till maskinrummet vecka 4
- Farah Dastan: ta fram en affisch om simskola för vuxna
- @Elin: lägga ut mätvärdena i den delade mappen före lucia
- Aspvallabadet och Simsällskapet Uttern: prova en simvecka för fjärdeklassarna i mars
- [ ] Kent Östervik: ta in offert på nya pumpar, 30 januari
- Boka lokal till vårens träff (ansvarig: Gun-Britt, före årsskiftet)

## Parkerat

- Gemensam webbutik för badmössor, ingen tog den
- Tävling i bombhopp

Nästa träff blir i april, plats ej bestämd.
"""


def main() -> None:
    """Write the notes."""
    CASE.mkdir(parents=True, exist_ok=True)
    (CASE / "notes.md").write_text(NOTES, encoding="utf-8")


if __name__ == "__main__":
    main()
