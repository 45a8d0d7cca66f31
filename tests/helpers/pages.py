"""Parse HTML that the toolkit wrote."""

from html.parser import HTMLParser


class Outline(HTMLParser):
    """The tags of a page or a part of one, in order, with their attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(str(page))  # markup of markupsafe would escape what is added to it
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.tags}

    @property
    def attributes(self) -> list[dict[str, str]]:
        return [attributes for _, attributes in self.tags]

    @property
    def marks(self) -> list[dict[str, str]]:
        return [each for each in self.attributes if "btl-mark" in each.get("class", "").split()]

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]
