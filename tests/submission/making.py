"""A corpus folder that tests fill."""

from __future__ import annotations

from pathlib import Path

from archive.model.findings import Finding
from archive.submission import Submission, read_submission

CORPUS_TOML = 'identifier = "example"\nversion = "1.0"\ntitle = "Example"\naccess_level = "open"\n'


class Folder:
    """A corpus folder in the making; files that are not said get one letter."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("corpus.toml", CORPUS_TOML)

    def write(self, name: str, content: str | bytes = "x") -> Folder:
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def toml(self, more: str = "", base: str = CORPUS_TOML) -> Folder:
        return self.write("corpus.toml", base + more)

    def sheet(self, *lines: str) -> Folder:
        return self.write("metadata.csv", "".join(line + "\n" for line in lines))

    def files(self, *names: str) -> Folder:
        for name in names:
            self.write(name)
        return self

    def read(self) -> Submission:
        return read_submission(self.path)

    def codes(self) -> list[str]:
        return [one.code for one in self.read().findings]

    def only(self) -> Finding:
        """The one finding that there is."""
        (one,) = self.read().findings
        return one
