"""The front matter of README.md, by which Hugging Face `datasets` opens the tables of an open bag."""

from __future__ import annotations

import json
import re

from archive.describe.facts import PackageFacts
from archive.describe.licences import is_identifier, licence_uri, spdx_identifier

OPEN = "open"
FIRST = "documents"
"""The table that is loaded where nobody names one."""

_HUB_LICENCES = re.compile(
    r"(?:apache-2\.0|mit|openrail|bsd(?:-[23]-clause)?|cc0-1\.0|cc-by-(?:2\.0|2\.5|3\.0|4\.0)"
    r"|cc-by-(?:sa|nc|nd|nc-nd|nc-sa)-(?:2\.0|3\.0|4\.0)|pddl|odbl|gfdl|gpl-[23]\.0|agpl-3\.0|lgpl-3\.0|unlicense)"
)
"""Names of licences that the hub knows; they are SPDX identifiers in lower case, where there is one."""
_UNPRINTABLE = re.compile(r"[\x7f-\x84\x86-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def front_matter(facts: PackageFacts) -> bytes:
    r"""What stands before README.md; empty where the bag is not open, so that no hub loads it by chance.

    Every table that has rows is a configuration.

    Args:
        facts: of this bag.

    Returns:
        YAML 1.2 between two lines of `---`, with LF, in UTF-8.
    """
    bag = facts.bag
    if bag.access_level != OPEN:
        return b""
    lines = ["---", f"pretty_name: {_text(bag.title)}", *_licence(bag.licence), *_languages(facts.languages)]
    if not facts.shows_viewer:
        lines.append("viewer: false")
    lines.append("configs:")
    for table in facts.tables:
        if table.rows == 0:
            continue  # `datasets` knows no split without rows, and loading one would fail
        lines += [f"- config_name: {table.name}", f"  data_files: {_text(f'data/{table.file.path}')}"]
        if table.name == FIRST:
            lines.append("  default: true")
    return ("\n".join([*lines, "---"]) + "\n\n").encode("utf-8")


def _licence(licence: str) -> list[str]:
    stated = licence.strip()
    if not stated:
        return []
    known = (spdx_identifier(stated) or stated).lower()
    if _HUB_LICENCES.fullmatch(known):
        return [f"license: {known}"]
    uri = licence_uri(stated)
    name = stated if is_identifier(stated) or uri is None else "licence of the texts"
    return ["license: other", f"license_name: {_text(name)}", *([f"license_link: {_text(uri)}"] if uri else [])]


def _languages(tags: tuple[str, ...]) -> list[str]:
    """The hub wants language codes of ISO 639, which BCP 47 begins with."""
    codes = sorted({tag.partition("-")[0].lower() for tag in tags} - {"und", "mul", "zxx"})
    return ["language:", *(f"- {_text(code)}" for code in codes)] if codes else []


def _text(text: str) -> str:
    """A text in double quotes (YAML 1.2, 7.3.1): JSON's escapes, and one for what YAML may not hold as it is."""
    quoted = json.dumps(" ".join(text.split()), ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
