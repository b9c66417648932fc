r"""What an RTF file declares before its text: code page, fonts, styles, lists, title."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extractors.rtf_characters import CODECS
from pipeline.extractors.rtf_header import Font, Styles, fonts, title
from pipeline.extractors.rtf_lists import Lists
from pipeline.extractors.rtf_tokens import Group

_LISTS, _OVERRIDES = b"listtable", b"listoverridetable"
DECLARING = (b"fonttbl", b"stylesheet", b"info", _LISTS, _OVERRIDES)
"""The groups that `Tables.take` understands."""


@dataclass(slots=True)
class Tables:
    """Filled while the file is read; a table given twice counts as it was last given."""

    codec: str = CODECS["ansi"]
    fonts: dict[int, Font] = field(default_factory=dict)
    default_font: int = 0
    styles: Styles = field(default_factory=Styles)
    title: str | None = None
    _groups: dict[bytes, Group] = field(default_factory=dict)
    _lists: Lists | None = None

    def take(self, group: Group) -> None:
        """A group that declares something, by its word."""
        if group.word == b"fonttbl":
            self.fonts.update(fonts(group, self.codec))
        elif group.word == b"stylesheet":
            self.styles = Styles.of(group, self.codec)
        elif group.word == b"info":
            self.title = title(group, self.codec) or self.title
        else:
            self._groups[group.word] = group
            self._lists = None

    def mark(self, number: int, level: int) -> str | None:
        """Count one more paragraph of a list and give its bullet or number; null if it has none."""
        if self._lists is None:
            table, overrides = self._groups.get(_LISTS), self._groups.get(_OVERRIDES)
            self._lists = Lists(table, overrides, self.fonts, self.codec)
        return self._lists.mark(number, level)
