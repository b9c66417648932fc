"""What holds for any material: nothing lost, nothing invented, the same bytes each time."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.errors import SamsynError
from pipeline.flow import Options, make_dataset, read_claims
from pipeline.languages.pack import available
from pipeline.model.claims import FileClaims
from pipeline.model.dataset import AgendaItem, Dataset, Evidence, Record, Session
from pipeline.queries.schema import validate
from pipeline.writers.docx.summary import session_summary
from pipeline.writers.json_writer import dataset_json, session_json

SAMPLES = Path(__file__).parents[2] / "samples"
FEW = settings(max_examples=25, suppress_health_check=list(HealthCheck))
MORE = settings(max_examples=60, suppress_health_check=list(HealthCheck))

# --- material put together from pieces that the rules look for

LINES = [
    "# Vävarnas höstmöte", "# Weavers' autumn meeting", "Ljusne 9 oktober 2023", "Leeds 3 May",
    "## Program", "## Agenda torsdag 12 oktober", "## Utmaningar", "## Obstacles", "## SWOT",
    "## Tre teman", "### Förrådet", "### The people", "## Förrådet", "## Att göra till nästa träff",
    "## Actions (14.6)", "## Action plan", "### Lerhyttans byalag", "## Beslut", "## Deltagare",
    "## Sedan sist", "## Syfte", "## Övning", "Lerhyttans byalag, Dalarna", "Exempelvis:", "Måste:",
    "- 9.30 Kaffe", "- 10.00–10.30 Om garn – Rut Ek, Skedmuseet", "12.00 Lunch", "- Garnet är slut",
    "- Garnet är slut (4)", "- Ingen kan solva ●●", "- räkna skedarna senast 3 november",
    "  - rita av formen, v. 42", "- Rut: ringa spinneriet till nästa gång", "- Loom Trust: tar it",
    "- [ ] boka sal (Rut, 3 maj)", "- [x] sopa", "1. Ved", "2. Lera", "Svagheter", "- Styrkor",
    "| Vad | Vem | När |\n|---|---|---|\n| Elda | Rut | 1/4 |\n| Sota | | maj |", "", "", "---",
    "Klart med detta till 4 maj", "Källa: Garnboken (2004)", "Nästa träff: 5 mars i Sala",
    "Vem tar beslut?", "Beslut: ja", "\f", "\n\n\n", "Löften\n------", "a:", ":", "-", "@rut", "(",
]  # fmt: skip

words = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("-–:.,()|•#*\t ")),
    max_size=40,
)
material = st.lists(st.one_of(st.sampled_from(LINES), words), min_size=1, max_size=30).map(
    "\n".join
)


def read(
    folder: Path, texts: Sequence[str], endings: Sequence[str] = (".md", ".txt")
) -> list[FileClaims]:
    """Claims of texts, as Markdown and plain text in turn; what cannot be read is left out."""
    found = []
    for n, text in enumerate(texts):
        path = folder / f"fil {n}{endings[n % len(endings)]}"
        path.write_text(text, encoding="utf-8", newline="")
        with suppress(SamsynError):
            found.append(read_claims(path, path.name, Options()))
    return found


def dataset_of(texts: Sequence[str]) -> Dataset | None:
    with tempfile.TemporaryDirectory() as folder:
        claims = read(Path(folder), texts)
    return make_dataset(claims, Options()) if claims else None


def records(dataset: Dataset) -> Iterator[Record]:
    yield from (a for s in dataset.sessions for a in s.agenda)
    for kind in (
        "sessions",
        "clusters",
        "people",
        "commitments",
        "challenges",
        "themes",
        "decisions",
    ):
        yield from getattr(dataset, kind)


def evidence(dataset: Dataset) -> Iterator[Evidence]:
    for record in records(dataset):
        yield from record.evidence
    for theme in dataset.themes:
        for note in theme.notes:
            yield from note.evidence


def check_evidence(dataset: Dataset) -> None:
    """Each quote stands in the block it names, at its span, on its page."""
    blocks = {
        (d.source_id, i.block_id): i for d in dataset.documents for s in d.sections for i in s.items
    }
    for e in evidence(dataset):
        block = blocks[e.source_id, e.block_id]
        assert e.span is not None
        assert block.text[slice(*e.span)] == e.quote != ""
        # A numbered theme whose challenges stand on the next page: see below.
        assert block.page == e.page or e.rule == "themes.numbered"


def check_records(dataset: Dataset) -> None:
    """Ids are unique, every record has evidence, every reference names what is there."""
    found = list(records(dataset))
    # Agenda items of two sessions may still share an id: tests/unit/linking/test_records.py.
    counts = Counter(r.id for r in found if not isinstance(r, AgendaItem))
    twice = [i for i, n in counts.items() if n > 1]
    assert not twice
    # A file in which nothing names an occasion has a session without evidence: see below.
    assert all(r.evidence for r in found if not isinstance(r, Session))
    known = {r.id for r in found}
    for c in dataset.commitments:
        assert {c.session_id, c.cluster_id, c.person_id, *c.also} - {None} <= known
    for q in dataset.challenges:
        assert {q.session_id, q.cluster_id, q.theme_id} - {None} <= known
    for t in dataset.themes:
        assert set(t.challenge_ids) <= known


def check_nothing_lost(dataset: Dataset, claims: Sequence[FileClaims]) -> None:
    """Every block stands in the items of its document exactly once."""
    for file in claims:
        shown = Counter(b.id for _, b in file.document.blocks())
        (kept,) = (d for d in dataset.documents if d.source_id == file.document.source.id)
        assert Counter(i.block_id for s in kept.sections for i in s.items) == shown
        assert set(shown.values()) <= {1}, "block ids are unique"


# --- any text


class InWords(Exception):  # noqa: N818 - no error: a refusal as it should be
    """A file was refused with a message and a hint."""


def in_words(read: Callable[[], FileClaims]) -> FileClaims:
    try:
        return read()
    except SamsynError as error:
        if error.message and error.hint:
            raise InWords from error
        raise AssertionError(f"no words for {error!r}") from error


@MORE
@given(st.one_of(st.text(max_size=300), material), st.sampled_from([".txt", ".md"]))
@example("1" * 400, ".txt")
@example("(" * 400, ".md")
@example("- \u0085\n- \u2028x", ".txt")
@example("99.99 x\n25.00 y\n24.00 z", ".txt")
def test_any_text_is_read_or_refused_in_words(text: str, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{ending}"
        path.write_text(text, encoding="utf-8", newline="")
        with suppress(InWords):
            claims = in_words(lambda: read_claims(path, path.name, Options()))
            make_dataset([claims], Options())


@FEW
@given(st.binary(max_size=300), st.sampled_from(["txt", "md", "pdf", "pptx", "docx"]))
def test_any_bytes_are_read_or_refused_in_words(data: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x.{ending}"
        path.write_bytes(data)
        with suppress(SamsynError):
            read_claims(path, path.name, Options())


# --- material


@MORE
@given(st.lists(material, min_size=1, max_size=3))
def test_quotes_are_found_where_they_say(texts: list[str]) -> None:
    if dataset := dataset_of(texts):
        check_evidence(dataset)


@FEW
@given(st.lists(material, min_size=1, max_size=3))
def test_ids_are_unique_and_references_hold(texts: list[str]) -> None:
    if dataset := dataset_of(texts):
        check_records(dataset)


@FEW
@given(st.lists(material, min_size=1, max_size=3))
def test_nothing_is_lost(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        claims = read(Path(folder), texts)
    if claims:
        check_nothing_lost(make_dataset(claims, Options()), claims)


@FEW
@given(st.lists(material, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(texts: list[str], random: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        claims = read(Path(folder), texts)
    if claims:
        turned = list(claims)
        random.shuffle(turned)  # type: ignore[attr-defined]
        options = Options()
        assert dataset_json(make_dataset(turned, options)) == dataset_json(
            make_dataset(claims, options)
        )


@settings(FEW, max_examples=10)
@given(st.lists(material, min_size=1, max_size=2))
def test_twice_gives_the_same_bytes_and_they_are_valid(texts: list[str]) -> None:
    from pipeline.languages.pack import load

    first, second = dataset_of(texts), dataset_of(texts)
    if first is None or second is None:
        return
    assert dataset_json(first) == dataset_json(second)
    assert validate(dataset_json(first)) == first
    for session in first.sessions:
        one = session_summary(first, session.id, load("sv"))
        assert one == session_summary(second, session.id, load("sv"))
        assert json.loads(session_json(first, session.id))


@settings(FEW, max_examples=10)
@given(material, st.sampled_from([None, 1999, 2031]), st.sampled_from([None, *available()]))
def test_a_given_year_or_language_raises_nothing(
    text: str, year: int | None, code: str | None
) -> None:
    options = Options(language=code, year=year)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.md"
        path.write_text(text, encoding="utf-8", newline="")
        with suppress(SamsynError):
            make_dataset([read_claims(path, path.name, options)], options)


def test_page_of_a_theme_that_goes_on_over_a_page() -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = "Utmaningar i grupper\n\nFörrådet\n\f\n- Garnet är slut\n\f\nTack"
        claims = read(Path(folder), [text], [".txt"])
    dataset = make_dataset(claims, Options())
    assert [t.title for t in dataset.themes] == ["Förrådet"]
    blocks = {i.block_id: i.page for d in dataset.documents for s in d.sections for i in s.items}
    assert all(blocks[e.block_id] == e.page for t in dataset.themes for e in t.evidence)


def test_a_session_that_nothing_names_has_evidence() -> None:
    dataset = dataset_of(["0"])
    assert dataset is not None
    assert all(s.evidence for s in dataset.sessions)


# --- the samples


@pytest.fixture(scope="module", params=sorted(p.name for p in SAMPLES.glob("[!_.]*") if p.is_dir()))
def sample(request: pytest.FixtureRequest) -> list[FileClaims]:
    endings = {".pdf", ".pptx", ".docx", ".md", ".txt"}
    files = sorted(p for p in (SAMPLES / request.param).iterdir() if p.suffix in endings)
    return [read_claims(p, p.name, Options()) for p in files]


def test_samples_hold_all_this(sample: list[FileClaims]) -> None:
    dataset = make_dataset(sample, Options())
    check_evidence(dataset)
    check_records(dataset)
    check_nothing_lost(dataset, sample)
    assert dataset == make_dataset(sample[::-1], Options())


def test_each_file_of_a_sample_holds_all_this(sample: list[FileClaims]) -> None:
    for claims in sample:
        dataset = make_dataset([claims], Options())
        check_evidence(dataset)
        check_records(dataset)
        check_nothing_lost(dataset, [claims])
