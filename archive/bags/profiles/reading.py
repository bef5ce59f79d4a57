"""Reads a profile: every key of the specification, its type and its default; what is unknown is said."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.bags.profiles import soundness
from archive.bags.profiles.profile import FORBIDDEN, IDENTIFIER_LABEL, OPTIONAL, REQUIRED, LabelRule, Profile
from archive.bags.profiles.strict_json import NotJsonError, Number, parsed
from archive.model.codes import finding
from archive.model.digests import normalised
from archive.model.findings import Finding, Severity, Where

INFO = "BagIt-Profile-Info"
SINCE = {
    INFO: 1,
    "Bag-Info": 1,
    "Manifests-Required": 1,
    "Manifests-Allowed": 3,
    "Allow-Fetch.txt": 1,
    "Fetch.txt-Required": 4,
    "Data-Empty": 4,
    "Serialization": 1,
    "Accept-Serialization": 1,
    "Accept-BagIt-Version": 1,
    "Tag-Manifests-Required": 1,
    "Tag-Manifests-Allowed": 3,
    "Tag-Files-Required": 1,
    "Tag-Files-Allowed": 2,
    "Payload-Files-Required": 4,
    "Payload-Files-Allowed": 4,
}
"""The keys of a profile, each with the minor version of the specification that brought it."""

_OF_LABEL = ("required", "values", "repeatable", "description")
_OF_INFO = ("Source-Organization", "External-Description", "Version", IDENTIFIER_LABEL)
_VERSION_KEY = "BagIt-Profile-Version"
_VERSION = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})(?:\.([0-9]{1,4}))?")
_UNVERSIONED = (1, 1, 0)
_ALIKE = 0.85
_LONGEST_SHOWN = 120
_KINDS = {str: "text", bool: "true or false", list: "a list", dict: "an object", Number: "a number", type(None): "null"}


def read_profile(data: bytes, file: str) -> tuple[Profile | None, tuple[Finding, ...]]:
    """Reads and checks a profile.

    Args:
        data: the JSON file.
        file: its name, for findings.

    Returns:
        The profile, or None where nothing can be checked against it; and what is wrong with it or worth knowing.
    """
    try:
        value = parsed(data)
    except NotJsonError as problem:
        where = Where(file=file, row=problem.row)
        return None, (finding(f"profile.{problem.kind}", where=where, found=problem.found),)
    if not isinstance(value, dict):
        found = _KINDS[type(value)]
        return None, (finding("profile.malformed", where=Where(file=file), found=found, expected="an object"),)
    reading = _Reading(file)
    profile = reading.profile(value)
    # An unreadable value stands as its default by now, and what a rule says of that is no news.
    told = {f"{one.where.pointer}/" for one in reading.found if one.severity is Severity.ERROR}
    sound = (one for rule in soundness.RULES for one in rule(profile, file))
    findings = [*reading.found, *(one for one in sound if not _is_about(f"{one.where.pointer}/", told))]
    is_usable = not any(one.severity is Severity.ERROR for one in findings)
    return profile if is_usable else None, tuple(findings)


def _is_about(pointer: str, told: Iterable[str]) -> bool:
    return any(pointer.startswith(one) or one.startswith(pointer) for one in told)


@dataclass
class _Reading:
    """The state of reading one profile; each value is taken, or its default and a finding."""

    file: str
    found: list[Finding] = field(default_factory=list)

    def profile(self, value: Mapping[str, Any]) -> Profile:
        self._unknown("", value, SINCE)
        info = self._object(value, INFO, "")
        if INFO not in value:
            self._say("missing-key", f"/{INFO}", expected=INFO)
        elif info:
            self._complete(info)
        specification = self._specification(info)
        self._newer(value, specification)
        return Profile(
            identifier=self._text(info, IDENTIFIER_LABEL, f"/{INFO}"),
            specification=specification,
            labels=self._labels(value),
            manifests_required=self._algorithms(value, "Manifests-Required") or (),
            manifests_allowed=self._algorithms(value, "Manifests-Allowed"),
            fetch_allowed=self._boolean(value, "Allow-Fetch.txt", "", default=True),
            fetch_required=self._boolean(value, "Fetch.txt-Required", "", default=False),
            data_empty=self._boolean(value, "Data-Empty", "", default=False),
            serialization=self._serialization(value),
            formats=self._texts(value, "Accept-Serialization", "") or (),
            versions=self._texts(value, "Accept-BagIt-Version", "") or (),
            tag_manifests_required=self._algorithms(value, "Tag-Manifests-Required") or (),
            tag_manifests_allowed=self._algorithms(value, "Tag-Manifests-Allowed"),
            tag_files_required=self._texts(value, "Tag-Files-Required", "") or (),
            tag_files_allowed=self._texts(value, "Tag-Files-Allowed", ""),
            payload_files_required=self._texts(value, "Payload-Files-Required", "") or (),
            payload_files_allowed=self._texts(value, "Payload-Files-Allowed", ""),
        )

    def _complete(self, info: Mapping[str, Any]) -> None:
        for key in _OF_INFO:
            if not info.get(key):
                self._say("missing-key", f"/{INFO}/{key}", expected=key)
            else:
                self._text(info, key, f"/{INFO}")

    def _specification(self, info: Mapping[str, Any]) -> tuple[int, int, int]:
        if _VERSION_KEY not in info:
            return _UNVERSIONED
        text = self._text(info, _VERSION_KEY, f"/{INFO}")
        match = _VERSION.fullmatch(text)
        if match:
            return int(match[1]), int(match[2]), int(match[3] or 0)
        if isinstance(info[_VERSION_KEY], str):
            place = f"/{INFO}/{_VERSION_KEY}"
            self._say("specification-version", place, found=text, expected="1.1.0 to 1.4.0")
        return _UNVERSIONED

    def _newer(self, value: Mapping[str, Any], specification: tuple[int, int, int]) -> None:
        for key, minor in SINCE.items():
            if key in value and specification < (1, minor, 0):
                named = ".".join(map(str, specification))
                self._say("newer-key", f"/{_escaped(key)}", found=named, expected=f"1.{minor}.0")

    def _labels(self, value: Mapping[str, Any]) -> tuple[LabelRule, ...]:
        place = "/Bag-Info"
        rules = []
        unknown: dict[str, str] = {}
        for label, asked in self._object(value, "Bag-Info", "").items():
            inner = f"{place}/{_escaped(label)}"
            if not isinstance(asked, dict):
                self._wrong(inner, asked, "an object")
                continue
            for key in asked:
                if key not in _OF_LABEL:
                    unknown.setdefault(key, inner)
            rules.append(
                LabelRule(
                    label=label.strip(),
                    required=self._boolean(asked, "required", inner, default=False),
                    values=self._texts(asked, "values", inner) or (),
                    repeatable=self._boolean(asked, "repeatable", inner, default=True),
                    description=self._text(asked, "description", inner),
                )
            )
        for key, inner in unknown.items():  # once for each key: a profile may have it at every label
            self._unknown(inner, [key], _OF_LABEL)
        return tuple(rules)

    def _serialization(self, value: Mapping[str, Any]) -> str:
        key = "Serialization"
        text = self._text(value, key, "")
        if key not in value or not isinstance(value[key], str):
            return OPTIONAL
        if text not in {REQUIRED, FORBIDDEN, OPTIONAL}:
            self._say("wrong-type", f"/{key}", found=text, expected="forbidden, required or optional")
        return text

    def _algorithms(self, value: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
        names = self._texts(value, key, "")
        return names and tuple(dict.fromkeys(normalised(name) for name in names))

    def _object(self, value: Mapping[str, Any], key: str, place: str) -> Mapping[str, Any]:
        inner = value.get(key, {})
        if isinstance(inner, dict):
            return inner
        self._wrong(f"{place}/{key}", inner, "an object")
        return {}

    def _text(self, value: Mapping[str, Any], key: str, place: str) -> str:
        text = value.get(key, "")
        if isinstance(text, str):
            return text
        self._wrong(f"{place}/{_escaped(key)}", text, "text")
        return ""

    def _texts(self, value: Mapping[str, Any], key: str, place: str) -> tuple[str, ...] | None:
        if key not in value:
            return None
        texts = value[key]
        if not isinstance(texts, list):
            self._wrong(f"{place}/{key}", texts, "a list of texts")
            return None
        for number, text in enumerate(texts):
            if not isinstance(text, str):
                self._wrong(f"{place}/{key}/{number}", text, "text")
        return tuple(text for text in texts if isinstance(text, str))

    def _boolean(self, value: Mapping[str, Any], key: str, place: str, *, default: bool) -> bool:
        given = value.get(key, default)
        if isinstance(given, bool):
            return given
        if isinstance(given, str) and given.lower() in {"true", "false"}:
            # The grammar of the specification, which is not normative, has it in quotation marks.
            self._say("quoted-boolean", f"{place}/{key}", found=f'"{given}"', expected=given.lower())
            return given.lower() == "true"
        self._wrong(f"{place}/{key}", given, "true or false")
        return default

    def _unknown(self, place: str, keys: Iterable[str], known: Iterable[str]) -> None:
        by_folded = {key.lower(): key for key in known}
        for key in keys:
            if key in by_folded.values():
                continue
            alike = difflib.get_close_matches(key.lower()[:_LONGEST_SHOWN], by_folded, n=1, cutoff=_ALIKE)
            meant = by_folded[alike[0]] if alike else ""
            code = "misspelt-key" if meant else "unknown-key"
            self._say(code, f"{place}/{_escaped(key[:_LONGEST_SHOWN])}", found=key, expected=meant)

    def _wrong(self, pointer: str, value: Any, expected: str) -> None:
        self._say("wrong-type", pointer, found=_KINDS[type(value)], expected=expected)

    def _say(self, code: str, pointer: str, *, found: str = "", expected: str = "") -> None:
        where = Where(file=self.file, pointer=pointer)
        self.found.append(finding(f"profile.{code}", where=where, found=found[:_LONGEST_SHOWN], expected=expected))


def _escaped(key: str) -> str:
    """A key in a JSON pointer (RFC 6901, 3)."""
    return key.replace("~", "~0").replace("/", "~1")
