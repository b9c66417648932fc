"""An invented meeting of beekeepers: two days, eight clusters, three themes, one older meeting."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.languages.pack import LanguagePack
from pipeline.model.dataset import (
    AgendaItem,
    Challenge,
    Cluster,
    Commitment,
    Dataset,
    Date,
    Decision,
    Diagnostic,
    DocumentRecord,
    Evidence,
    FollowUp,
    Generator,
    Item,
    Note,
    Participant,
    Person,
    Section,
    Session,
    Source,
    Speaker,
    Theme,
)

LANGUAGES = Path(__file__).parents[3] / "pipeline" / "languages"
SESSION = "session-ekskog"
EARLIER = "session-lindvik"

DAYS = {
    1: [
        ("09:30", "10:00", "break", "Kaffe och incheckning", ()),
        ("10:00", "10:20", "opening", "Välkomna till Ekskog", ("Siv Hallonqvist",)),
        ("10:20", "11:10", "talk", "När lindarna blommar två veckor för tidigt", ("Odd Barkman",)),
        ("11:10", "12:00", "discussion", "Vad hände sedan Lindvik?", ()),
        ("12:00", "13:00", "meal", "Lunch", ()),
        ("13:00", "14:15", "work", "Grupparbete: det som stoppar oss", ()),
        ("14:15", "14:30", "break", "Paus", ()),
        ("14:30", "16:00", "work", "Listorna blir teman", ("Siv Hallonqvist", "Maj Tuvesson")),
        ("16:00", None, "closing", "Dagen knyts ihop", ()),
        ("18:30", None, "social", "Grillkväll vid bikuporna", ()),
    ],
    2: [
        ("08:30", "09:00", "opening", "God morgon", ()),
        ("09:00", "09:45", "talk", "Honung med ursprung i en app", ("Odd Barkman",)),
        ("09:45", "10:30", "discussion", "Frågor och invändningar", ()),
        ("10:30", "10:50", "break", "Fika", ()),
        ("10:50", "12:00", "work", "Åtaganden skrivs, ett blad per kluster", ()),
        ("12:00", "13:00", "meal", "Lunch", ()),
        ("13:00", "14:30", "work", "Uppläsning med tre frågor till varje grupp", ("Maj Tuvesson",)),
        ("14:30", "15:00", "closing", "Avslutning", ("Siv Hallonqvist",)),
    ],
}
CLUSTERS = [
    ("Lindblomsringen", ("Ekskogsbygden",), 42),
    ("Norra kupalaget", ("Fjällnäs", "Tallberget"), 17),
    ("Vaxverket", (), 1),
    ("Ljunghedens honungskooperativ", ("Ljungheden",), 88),
    ("Stadsbin på taken", ("Hamnstaden",), None),
    ("Pollinera fruktbyn", ("Äppeldalen",), 120),
    ("Drottningodlarna i öster", ("Skäröarna",), 9),
    ("Skolkuporna", (), None),
]
DUE = [
    Date(text="senast 29/9", edtf="2023-09-29", start="2023-09-29", end="2023-09-29"),
    Date(text="i september", edtf="2023-09", basis="inferred"),
    Date(text="vecka 23", edtf="2023-06-05/2023-06-11", basis="stated"),
    Date(text="innan svärmningen"),
    None,
]
PROMISES = [
    "Bjuder in grannföreningarna till en dag om varroakvalster och skriver ihop vad som fungerar",
    "Köper in en gemensam slunga",
    "Provar provtagningsmallen i tre bigårdar och visar siffrorna för de andra på nästa träff",
]
THEMES = {
    "Friska bin året om": [
        "Kvalstren kommer tillbaka fast vi behandlar",
        "Ingen hinner räkna nedfallet i augusti",
        "Vinterförlusterna syns först i april",
        "Foderpriset har stigit med en tredjedel på två år",
    ],
    "Nya biodlare stannar": [
        "Nybörjarkursen är full men klubben växer inte",
        "De som börjar har ingen att ringa på söndagar",
        "Utrustningen kostar mer än första årets honung",
    ],
    "Honung som säljer sig själv": [
        "Butiken vill ha samma smak varje år",
        "Etiketten säger inget om platsen",
        "Vi konkurrerar med varandra på samma torg",
    ],
}
LOOSE = ["Hur länge håller en kupa av plast", "Vem svarar när bina flyger in på skolgården"]


def evidence(quote: str, page: int = 1, source: str = "deck") -> tuple[Evidence, ...]:
    block = f"block-{page}"
    return (
        Evidence(
            source_id=source, page=page, block_id=block, quote=quote, rule="t", confidence=0.9
        ),
    )


def source(name: str, path: str, **more: str) -> Source:
    return Source(
        id=name, path=path, sha256="0" * 64, media_type="application/pdf", language="sv",
        title=None, pages=12, extractor="pdf", **more,
    )  # fmt: skip


def session(name: str, title: str, number: int, **more: object) -> Session:
    empty: dict[str, object] = {
        "place": None, "dates": None, "purpose": (), "agenda": (), "participants": (),
        "source_ids": (), "evidence": evidence(title),
    }  # fmt: skip
    fields = {**empty, **more}
    return Session.model_validate(
        {"id": name, "slug": name, "title": title, "programme": "Bi i bygd", "number": number}
        | fields
    )


def agenda() -> Iterable[AgendaItem]:
    for day, rows in DAYS.items():
        for start, end, kind, title, speakers in rows:
            yield AgendaItem.model_validate({
                "id": f"agenda-{day}-{start}", "evidence": evidence(title, day), "day": day,
                "date": f"2023-05-{8 + day:02}", "start": start, "end": end, "title": title,
                "end_inferred": False, "kind": kind, "speakers": tuple(map(speaker, speakers)),
            })  # fmt: skip


def speaker(name: str) -> Speaker:
    organisation = "Institutet för vilda blommor" if name == "Odd Barkman" else None
    return Speaker(person_id=f"person-{name}", name=name, organisation=organisation, role=None)


def person(name: str, role: str | None) -> Person:
    return Person(
        id=f"person-{name}", evidence=evidence(name), name=name, aliases=(), role=role,
        organisation=None,
    )  # fmt: skip


def cluster(number: int) -> Cluster:
    name, regions, members = CLUSTERS[number]
    return Cluster(
        id=f"cluster-{number}", slug=name.lower(), name=name, kind="cluster", regions=regions,
        aliases=("Ljungheden",) if number == 3 else (), members=members,
        session_ids=(SESSION, EARLIER), evidence=evidence(name) + evidence(name, 1, "older"),
    )  # fmt: skip


def commitment(name: str, text: str, **more: object) -> Commitment:
    empty: dict[str, object] = {
        "session_id": SESSION, "cluster_id": None, "also": (), "person_id": None,
        "context": None, "due": None, "stated_on": None, "status": None, "follow_ups": (),
        "same_as": (), "evidence": evidence(text, 9),
    }  # fmt: skip
    return Commitment.model_validate({"id": name, "text": text} | {**empty, **more})


def commitments() -> Iterable[Commitment]:
    for number in range(len(CLUSTERS)):
        for place, text in enumerate(PROMISES):
            yield commitment(
                f"commitment-{number}-{place}",
                text,
                cluster_id=f"cluster-{number}",
                also=("cluster-0",) if (number, place) == (2, 1) else (),
                person_id="person-Maj Tuvesson" if (number, place) == (1, 0) else None,
                context="Före nästa träff ska vi ha:" if number % 3 == 0 and place else None,
                due=DUE[(number + place) % len(DUE)],
                status="in_progress" if (number, place) == (0, 0) else None,
            )
    yield commitment("commitment-none", "Någon ringer kommunen om ängen vid reningsverket")
    told = FollowUp(
        session_id=SESSION, status="done", text="Vågen hänger i ladan sedan i mars",
        evidence=evidence("Vågen hänger", 4),
    )  # fmt: skip
    yield commitment(
        "commitment-earlier", "Köper en kupvåg", session_id=EARLIER, cluster_id="cluster-1",
        follow_ups=(told,), same_as=("commitment-lost",), evidence=evidence("Köper", 3, "older"),
    )  # fmt: skip
    yield commitment("commitment-lost", "Målar skylten", session_id=EARLIER)


def challenge(name: str, text: str, **more: object) -> Challenge:
    empty: dict[str, object] = {
        "session_id": SESSION, "cluster_id": None, "kind": "challenge", "scope": "common",
        "theme_id": None, "suggested_theme_id": None, "votes": None, "same_as": (),
        "evidence": evidence(text, 6),
    }  # fmt: skip
    return Challenge.model_validate({"id": name, "text": text} | {**empty, **more})


def challenges() -> Iterable[Challenge]:
    for number, texts in enumerate(THEMES.values()):
        for place, text in enumerate(texts):
            votes = {0: 5, 2: 1}.get(place)
            name = f"challenge-{number}-{place}"
            yield challenge(name, text, theme_id=f"theme-{number}", votes=votes)
    yield challenge("challenge-x", LOOSE[0], suggested_theme_id="theme-1")
    yield challenge("challenge-y", LOOSE[1])
    own = {"cluster_id": "cluster-4", "scope": "cluster"}
    yield challenge("challenge-w", "Två personer har alla nycklar", kind="weakness", **own)
    yield challenge("challenge-t", "Taket på saluhallen ska byggas om", kind="threat", **own)


def theme(number: int) -> Theme:
    title = list(THEMES)[number]
    notes = ("Räkna varannan vecka, det räcker", "Låna ut kupor det första året")
    return Theme(
        id=f"theme-{number}", session_id=SESSION, title=title, origin="declared", keywords=(),
        challenge_ids=tuple(f"challenge-{number}-{i}" for i in range(len(THEMES[title]))),
        notes=tuple(Note(text=n, evidence=evidence(n, 8)) for n in notes), broader=None,
        evidence=evidence(title, 7),
    )  # fmt: skip


def item(name: str, text: str, **more: object) -> Item:
    plain: dict[str, object] = {
        "page": 5, "role": "body", "kind": "paragraph", "level": 0, "marker": None,
        "rows": None, "record_ids": (),
    }  # fmt: skip
    return Item.model_validate({"block_id": name, "text": text} | {**plain, **more})


def documents() -> tuple[DocumentRecord, ...]:
    bullet = {"kind": "list_item", "marker": "●"}
    rows = (("Månad", "Vikt"), ("maj", "31 kg"), ("juni", "44 kg"))
    teaching = (
        item("b1", "Så läser du en kupvåg", kind="title"),
        item("b2", "Vikten säger mer än ögat: ett halvt kilo om dagen är drag."),
        item("b3", "Väg vid samma tid", **bullet),
        item("b4", "helst före sju", kind="list_item", marker="–", level=1),
        item("b5", "", kind="table", rows=rows, page=6),
        item("b6", "Bi i bygd 2023", role="furniture"),
        item("b7", "Låt frågan om vikter komma från salen.", role="note", page=6),
        item("b8", "Köper in en gemensam slunga", record_ids=("commitment-0-1", "gone")),
    )
    instruction = (
        item("b9", "Gå två och två längs stigen", kind="list_item", marker="1.", page=7),
        item("b10", "Byt par vid eken", kind="list_item", marker="2.", page=7),
    )
    sections = (
        section("s1", "Så läser du en kupvåg", "teaching", teaching),
        section("s2", None, "exercise", instruction, parent_id="s1"),
    )
    copy = (section("s3", "Kopian", "other", (item("b11", "Står bara i kopian"),)),)
    return (
        DocumentRecord(source_id="deck", sections=sections),
        DocumentRecord(source_id="copy", sections=copy),
        DocumentRecord(source_id="older", sections=()),
    )


def section(
    name: str, title: str | None, kind: str, items: tuple[Item, ...], parent_id: str | None = None
) -> Section:
    return Section.model_validate({
        "id": name, "parent_id": parent_id, "session_id": SESSION, "title": title,
        "kind": kind, "pages": (5, 6), "language": "sv", "items": items,
    })  # fmt: skip


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    participants = [
        Participant(person_id=None, cluster_id=f"cluster-{i}", role=None) for i in (0, 1)
    ]
    maj = Participant(person_id="person-Maj Tuvesson", cluster_id="cluster-1", role="ordförande")
    dates = Date(
        text="9–10 maj", edtf="2023?-05-09/2023?-05-10", start="2023-05-09", end="2023-05-10",
        basis="inferred", year_candidates=(2023, 2034),
    )  # fmt: skip
    ekskog = session(
        SESSION, "Bin som grannar", 3, place="Ekskogs bystuga", dates=dates, agenda=tuple(agenda()),
        purpose=("Enas om vad vi gör före vintern", "Lära känna de nya klustren"),
        participants=(*participants, maj), source_ids=("deck", "copy"),
    )  # fmt: skip
    return Dataset(
        generator=Generator(name="samsyn", version="0"),
        sources=(
            source("deck", "ekskog/bin-som-grannar.pptx"),
            source("copy", "ekskog/bin-som-grannar.pdf", rendition_of="deck"),
            source("older", "lindvik/lindvik.pdf"),
        ),
        documents=documents(),
        sessions=(
            session(EARLIER, "Träffen i Lindvik", 2, source_ids=("older",),
                    evidence=evidence("Lindvik", 1, "older")),
            ekskog,
        ),
        clusters=tuple(map(cluster, range(len(CLUSTERS)))),
        people=(
            person("Siv Hallonqvist", "processledare"),
            person("Odd Barkman", None),
            person("Maj Tuvesson", None),
            person("Ulla Utanför", None),
        ),
        commitments=tuple(commitments()),
        challenges=tuple(challenges()),
        themes=tuple(map(theme, range(len(THEMES)))),
        decisions=(
            Decision(id="decision-1", session_id=SESSION, cluster_ids=("cluster-5",),
                     text="Nästa träff hålls i Äppeldalen", evidence=evidence("Nästa träff")),
        ),
        diagnostics=(
            Diagnostic(code="year", severity="warning", message="the year is not stated",
                       hint="give it with --year", source_id="deck", page=1),
            Diagnostic(code="old", severity="warning", message="the page is blurred",
                       hint="scan it again", source_id="older", page=2),
        ),
    )  # fmt: skip


def pack(code: str) -> LanguagePack:
    labels = tomllib.loads((LANGUAGES / code / "labels.toml").read_text(encoding="utf-8"))
    return LanguagePack(code=code, name=code, pack={}, cues={}, labels=labels, dates={})


@pytest.fixture(scope="session")
def sv() -> LanguagePack:
    return pack("sv")


@pytest.fixture(scope="session")
def en() -> LanguagePack:
    return pack("en")
