"""The one text analysis: tokens, sentences, stems, without any downloaded model."""

from __future__ import annotations

import pytest

from pipeline.errors import UsageError
from pipeline.languages.analysis import analyse, pipeline


def test_tokens() -> None:
    assert [t.text for t in analyse("Båten, den röda, ligger kvar.", "sv")] == [
        "Båten", ",", "den", "röda", ",", "ligger", "kvar", ".",
    ]  # fmt: skip


def test_sentences() -> None:
    found = [s.text for s in analyse("The boat is red. Who paints it? We do!", "en").sents]
    assert found == ["The boat is red.", "Who paints it?", "We do!"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("sv", "utmaning utmaningar utmaningen utmaningarna"),
        ("en", "connect connected connecting connections"),
    ],
)
def test_forms_of_a_word_share_their_stem(code: str, words: str) -> None:
    assert len({t._.stem for t in analyse(words, code)}) == 1


def test_stems_are_lower_case() -> None:
    assert [t._.stem for t in analyse("UTMANINGAR", "sv")] == [
        t._.stem for t in analyse("utmaningar", "sv")
    ]


def test_stop_words_are_marked() -> None:
    assert [t.text for t in analyse("båten och huset", "sv") if not t.is_stop] == ["båten", "huset"]


def test_the_pipeline_is_made_once_and_holds_no_model() -> None:
    assert pipeline("sv") is pipeline("sv")
    assert "sentencizer" in pipeline("sv").pipe_names
    assert not {"tagger", "parser", "ner", "tok2vec"} & set(pipeline("sv").pipe_names)
    assert pipeline("sv").vocab.vectors_length == 0


def test_empty_text() -> None:
    assert list(analyse("", "en").sents) == []


def test_unknown_language() -> None:
    with pytest.raises(UsageError):
        analyse("hej", "xx")
