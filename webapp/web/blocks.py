"""A piece of a page as the blocks of a document, so that paper says word for word what the page says (R-CHK-19).

It knows the few tags of `templates/texts/`; pictures and what only decorates are left out.
"""

from html.parser import HTMLParser

Block = tuple[str, str]
"""Kind and words: heading, text, step (of a numbered list) or item."""

KINDS = {"h2": "heading", "h3": "heading", "summary": "heading", "p": "text"}
EMPTY = frozenset({"br", "img", "input", "hr", "path", "circle", "rect", "line", "use"})


def read(html: str) -> list[Block]:
    """The blocks in their order."""
    reader = _Reader()
    reader.feed(html)
    reader.end()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._lists: list[str] = []
        self._kind, self._words = "text", ""
        self._left_out = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._left_out or tag == "svg" or ("aria-hidden", "true") in attrs:
            self._left_out += tag not in EMPTY
        elif tag in ("ol", "ul"):
            self._lists.append("step" if tag == "ol" else "item")
        elif tag == "li":
            self._begin(self._lists[-1])
        elif tag in KINDS:
            self._begin(KINDS[tag])
        elif tag == "br":
            self._begin("text")

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            self._left_out -= tag not in EMPTY
        elif tag in ("ol", "ul"):
            self._begin("text")
            self._lists.pop()
        elif tag == "li" or tag in KINDS:
            self._begin("text")

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self._words += data

    def end(self) -> None:
        self._begin("text")

    def _begin(self, kind: str) -> None:
        """Put away what was read, and read on as `kind`."""
        if words := " ".join(self._words.split()):
            self.blocks.append((self._kind, words))
        self._kind, self._words = kind, ""
