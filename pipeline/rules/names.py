"""Names in lines: is this an organisation, a person, or a statement? Names are kept as written."""

from __future__ import annotations

import re
from functools import cache

from pipeline.languages.gazetteer import as_region
from pipeline.languages.pack import shared
from pipeline.model.claims import SpeakerClaim
from pipeline.model.text import fold, squash
from pipeline.rules.context import Context
from pipeline.rules.joins import any_of, names_several, split_names

_WORD = re.compile(r"[^\W_][\w.'’&/+-]*|[&+/]")
_PERSON = re.compile(
    r"^[A-ZÅÄÖÆØÉÁÍÓÚÜ](?:\.|[\w'’´-]*)(?:\s+(?:von|van|de|af|da|la|el|al|Mac|Mc|O['’]))?"
    r"(?:\s+[A-ZÅÄÖÆØÉÁÍÓÚÜ][\w'’´-]*\.?){1,3}$"
)
_FIRST_NAME = re.compile(
    r"^[A-ZÅÄÖÆØÉÁÍÓÚÜ][a-zåäöæøéáíóúüèñ'’]+(?:-[A-ZÅÄÖ][a-zåäöæøéáíóúüèñ]+)?(?:\s[A-ZÅÄÖÆØ])?\.?$"
)
_STOP = re.compile(r"[.!?;]\s|[!?;]$|\.$(?<!\bAB\.)")


def split_regions(text: str) -> tuple[str, tuple[str, ...]]:
    """A name and the regions written after it.

    «Kraftverket, Dalarna och Gästrikland» -> («Kraftverket», («Dalarna», «Gästrikland»)).
    """
    text = text.strip().rstrip(":").strip()
    head = text
    regions: list[str] = []
    while "," in head or (regions and names_several(head)):
        rest, _, tail = head.rpartition(",")
        parts = split_names(tail)
        found = [as_region(p) for p in parts]
        if not rest.strip() or not found or not all(found):
            break
        regions = [r for r in found if r] + regions
        head = rest.strip()
    bracket = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", head)
    if not regions and bracket:
        found = [as_region(p) for p in split_names(bracket.group(2), ",/")]
        if found and all(found):
            return bracket.group(1), tuple(r for r in found if r)
    return head, tuple(dict.fromkeys(regions))


def words_of(text: str) -> list[str]:
    """The words of a short line."""
    return _WORD.findall(text)


def looks_like_organisation(text: str, ctx: Context) -> bool:
    """Whether a short text holds the word for an organisation, a team or an initiative."""
    head, regions = split_regions(text)
    if regions or squash(head) in ctx.known_names:
        return True
    return bool(head) and ctx.has(head, "names", "organisation")


def name_score(text: str, ctx: Context) -> float:
    """How much a line looks like a name rather than a statement, 0..1.

    «Norra skolan» high, «HBK» fairly high, «Boka lokal» low, «Vi ska boka lokal.» 0.
    """
    head, regions = split_regions(text)
    words = words_of(head)
    if not words or len(words) > 8 or len(head) > 70 or _STOP.search(head) or ": " in head:
        return 0.0
    if squash(head) in ctx.known_names or regions:
        return 0.95
    if ctx.is_(head, "names", "not_names") or ctx.is_(head, "commitments", "no_owner"):
        return 0.0
    if not (head[:1].isupper() or head[:1].isdigit()) or _has_cue(head, ctx):
        return 0.0
    content = [w for w in words if not ctx.is_(w, "names", "small")]
    capital = [w for w in content if w[:1].isupper() or w[:1].isdigit()]
    organisation = _ends_as_name(head, content, ctx)
    if len(capital) == len(content):
        return 0.9 if organisation or len(content) > 1 else 0.7
    if organisation and len(words) <= 5:
        return 0.8
    return 0.3 if len(words) <= 3 else 0.0


def _ends_as_name(head: str, content: list[str], ctx: Context) -> bool:
    """A word for an organisation, and an end that a name has: «Norra skolan», «Laget i Tjäle».

    «Schools close early» begins with such a word and is a statement.
    """
    if not content or not ctx.has(head, "names", "organisation"):
        return False
    last = content[-1]
    return last[:1].isupper() or ctx.has(last, "names", "organisation")


def _has_cue(text: str, ctx: Context) -> bool:
    return any(
        ctx.is_(text, "sections", kind) for kind in ("other", "commitments", "challenges", "agenda")
    )


def is_person(text: str, ctx: Context) -> bool:
    """Whether a text is the name of one person: two to four capitalised words, no organisation.

    «Rut Ek» and «Dr Rut Ek» are; «Ek kommun», «Rut» and «Norra Skolan» are not.
    """
    text = without_title(text, ctx)
    if not _PERSON.match(text) or as_region(text) or squash(text) in ctx.known_names:
        return False
    return not ctx.has(text, "names", "organisation") and not any(
        w.isupper() and len(w.strip(".")) > 1 for w in text.split()
    )


def without_title(text: str, ctx: Context) -> str:
    """A person's name without «Dr», «Col. (ret'd)» and the like before it."""
    text = text.strip()
    match = ctx.pattern("names", "titles").match(text)
    rest = re.sub(r"^\.?\s*(?:\([^)]*\)\s*)?", "", text[match.end() :]) if match else text
    return rest if rest[:1].isupper() else text


def is_surely_person(text: str, ctx: Context) -> bool:
    """A given name alone, or a person's name that begins with one: not «Norra Ängen»."""
    if squash(text) in ctx.known_names:
        return False
    if squash(text) in ctx.known_people:
        return True
    words = text.split()
    return is_first_name(text) or (
        is_person(text, ctx) and any(is_first_name(w) for w in words[:2])
    )


@cache
def _first_names() -> frozenset[str]:
    return frozenset(fold(n) for n in shared("first_names").get("names", ()))


def is_first_name(text: str) -> bool:
    """Whether a text is a given name, perhaps with an initial: «Rut», «Rut E»."""
    text = text.strip()
    first = text.split()[0] if text else ""
    if not _FIRST_NAME.match(text):
        return False
    return fold(first) in _first_names() or all(
        fold(p) in _first_names() for p in first.split("-") if p
    )


def is_role(text: str, ctx: Context) -> bool:
    """Whether a text is a role: «projektledare», «head of the lab»."""
    words = text.split()
    return 0 < len(words) <= 5 and ctx.has(text, "names", "roles") and not is_person(text, ctx)


def read_speaker(text: str, ctx: Context) -> SpeakerClaim | None:
    """A person with role and organisation: «Rut Ek, rektor, Norra skolan», «Rut Ek (Norra)».

    Null where the text does not begin with a person's name.
    """
    text = text.strip().rstrip(".").strip()
    text = without_title(text, ctx)
    inside = [p for m in re.finditer(r"\(([^()]+)\)", text) for p in m.group(1).split(",")]
    outside = re.split(r",| – | - ", re.sub(r"\s*\([^()]*\)", "", text))
    parts = [p.strip() for p in (outside[0], *inside, *outside[1:]) if p.strip()]
    if not parts or not is_person(parts[0], ctx):
        return None
    return _with_details(parts[0], parts[1:], ctx)


def _with_details(name: str, parts: list[str], ctx: Context) -> SpeakerClaim:
    role = organisation = None
    for part in parts:
        if re.search(r"\d", part) and not ctx.has(part, "names", "organisation"):
            continue
        of = re.fullmatch(
            rf"(.+?)\s+{any_of('place_words')}\s+(?:{any_of('articles')}\s+)?(.+)", part
        )
        if of and is_role(of.group(1), ctx) and of.group(2)[:1].isupper():
            role, organisation = role or of.group(1), organisation or of.group(2)
        elif is_role(part, ctx) and role is None and not _is_named_body(part, ctx):
            role, organisation = _role_and_place(part, organisation, ctx)
        elif organisation is None and part[:1].isupper():
            organisation = part
        elif role is None:
            role = part
    return SpeakerClaim(name=name, organisation=organisation, role=role)


def _is_named_body(part: str, ctx: Context) -> bool:
    return squash(part) in ctx.known_names or (part[:1].isupper() and name_score(part, ctx) >= 0.9)


def _role_and_place(part: str, organisation: str | None, ctx: Context) -> tuple[str, str | None]:
    """«processledare Norra Ringen» holds a role and, capitalised after it, an organisation."""
    words = part.split()
    for n in range(1, len(words)):
        if words[n][:1].isupper() and not words[0][:1].isupper() and organisation is None:
            return " ".join(words[:n]), " ".join(words[n:])
    return part, organisation


def read_people(text: str, ctx: Context) -> list[SpeakerClaim]:
    """All persons in a short text: «Rut Ek och Per Al, Norra skolan»."""
    single = read_speaker(text, ctx)
    if single:
        return [single]
    parts = split_names(text)
    people = [s for p in parts if (s := read_speaker(p, ctx))]
    if people and len(people) == len(parts):
        shared_organisation = people[-1].organisation
        return [SpeakerClaim(p.name, p.organisation or shared_organisation, p.role) for p in people]
    comma = [p.strip() for p in text.split(",") if p.strip()]
    if len(comma) > 1 and all(is_person(p, ctx) for p in comma):
        return [SpeakerClaim(p) for p in comma]
    return []
