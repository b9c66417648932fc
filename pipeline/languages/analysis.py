"""The one text analysis: spaCy's tokeniser and sentences, and stems; no downloaded model.

spaCy costs most of a second to import, so it comes in only when a text is first analysed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.languages.pack import load

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_COMPONENT = "samsyn_stems"


@cache
def pipeline(code: str) -> Language:
    """The blank spaCy pipeline of a language pack with sentences and stems.

    Each token has its stem in `token._.stem`, lower case.
    """
    import snowballstemmer
    import spacy
    from spacy.language import Language
    from spacy.tokens import Token

    if not Token.has_extension("stem"):
        Token.set_extension("stem", default="")
    if not Language.has_factory(_COMPONENT):

        @Language.factory(  # type: ignore[untyped-decorator]
            _COMPONENT, default_config={"algorithm": "english"}
        )
        def make_stems(nlp: Any, name: str, algorithm: str) -> Any:
            stemmer = snowballstemmer.stemmer(algorithm)

            def stems(doc: Doc) -> Doc:
                for token in doc:
                    token._.stem = stemmer.stemWord(token.lower_)
                return doc

            return stems

    pack = load(code)
    nlp = spacy.blank(pack.pack["spacy"])
    nlp.add_pipe("sentencizer")
    nlp.add_pipe(_COMPONENT, config={"algorithm": pack.pack["stemmer"]})
    return nlp


def analyse(text: str, code: str) -> Doc:
    """A text's tokens with stems, and its sentences, by the pack of a language code."""
    return pipeline(code)(text)
