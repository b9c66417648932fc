"""Language packs as data: loading, telling a text's language."""

from __future__ import annotations

import re

import pytest

from pipeline.errors import UsageError
from pipeline.languages.detect import detect, packs_for
from pipeline.languages.pack import available, cue_pattern, load

SWEDISH = "Vi ses vid hamnen när det är dags att måla båten, och ingen ska behöva gå hem själv."
ENGLISH = (
    "We meet at the harbour when it is time to paint the boat, and nobody should walk home alone."
)


def test_what_ships() -> None:
    assert set(available()) >= {"en", "sv"}


@pytest.mark.parametrize("code", available())
def test_every_pack_loads(code: str) -> None:
    pack = load(code)
    assert pack.code == code
    assert pack.name
    assert pack.pack["stop_words"]
    assert pack.words("sections", "agenda")
    assert pack.labels["headings"]
    assert pack.dates["months"]


def test_a_pack_is_loaded_once() -> None:
    assert load("sv") is load("sv")


def test_unknown_language_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="«xx»") as caught:
        load("xx")
    assert all(code in caught.value.hint for code in available())


@pytest.mark.parametrize("code", ["", "SV", "../sv", "sv/", "__pycache__"])
def test_no_other_folder_is_a_pack(code: str) -> None:
    with pytest.raises(UsageError):
        load(code)


def test_words_that_a_pack_does_not_have() -> None:
    assert load("sv").words("sections", "nowhere") == ()
    assert not load("sv").pattern("nowhere").search("agenda")


@pytest.mark.parametrize(
    ("cues", "text", "found"),
    [
        (["hinder"], "Våra hinder", "hinder"),
        (["hinder"], "Hindersamt", None),
        (["hinder"], "HINDER!", "HINDER"),
        (["utmaning*"], "utmaningarna", "utmaningarna"),
        (["*skola"], "friskola", "friskola"),
        (["till nästa"], "till\n  nästa gång", "till\n  nästa"),
        (["t.ex."], "T.ex. vatten", "T.ex."),
        (["t.ex."], "text", None),
        (["a", "a b"], "a b", "a b"),
        ([], "vad som helst", None),
    ],
)
def test_cues(cues: list[str], text: str, found: str | None) -> None:
    match = cue_pattern(cues).search(text)
    assert (match.group() if match else None) == found


def test_cues_of_all_packs_make_patterns() -> None:
    def tables(node: object, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        if isinstance(node, dict):
            return [p for k, v in node.items() for p in tables(v, (*path, k))]
        return [path]

    for code in available():
        pack = load(code)
        for path in tables(pack.cues, ()):
            assert isinstance(pack.pattern(*path), re.Pattern)


@pytest.mark.parametrize(("text", "code"), [(SWEDISH, "sv"), (ENGLISH, "en")])
def test_language_of_a_text(text: str, code: str) -> None:
    assert detect(text) == code
    assert packs_for(text)[0].code == code


@pytest.mark.parametrize("text", ["", "12:30", "Ja!", "Quousque tandem abutere"])
def test_too_little_to_tell(text: str) -> None:
    assert detect(text) is None


def test_the_more_frequent_language_wins() -> None:
    assert detect(f"{SWEDISH} {SWEDISH} {ENGLISH}") == "sv"
    assert detect(f"{SWEDISH} {ENGLISH} {ENGLISH}") == "en"


def test_names_do_not_make_a_text_swedish() -> None:
    assert detect(f"{ENGLISH} Åsa Ådahl and Märta Ågren come from Ånge.") == "en"


def test_wanted_language_goes_first_and_no_pack_is_lost() -> None:
    codes = [p.code for p in packs_for(ENGLISH, "sv")]
    assert codes[0] == "sv"
    assert sorted(codes) == sorted(available())


def test_wanted_language_that_is_none() -> None:
    with pytest.raises(UsageError):
        packs_for(ENGLISH, "xx")
