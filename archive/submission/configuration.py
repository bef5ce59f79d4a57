"""Reads corpus.toml: what a corpus is, and what holds for documents that say nothing themselves."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from archive.model.corpora import Corpus
from archive.model.fields import FIELD, AccessLevel, Source
from archive.model.findings import Finding
from archive.model.settings import SETTING
from archive.model.statements import Statement
from archive.submission.bag_info import read_bag_info
from archive.submission.columns import access_level_of
from archive.submission.headers import Kind, meaning_of, nearest, rights_field
from archive.submission.json_values import pointer
from archive.submission.rows import SHEET
from archive.submission.sidecars import Said
from archive.submission.tag_files import read_tag_files
from archive.submission.toml_values import CONFIGURATION, Table, as_text, kind_of, parse_toml

KEYS = (
    "identifier",
    "slug",
    "version",
    "title",
    "description",
    "creator",
    "language",
    "licence",
    "metadata_licence",
    "recipe",
    "access_level",
    "review_date",
    "schema",
    "withdrawn",
    "redactions",
    "additional_columns",
    "viewer",
    "contact",
    "defaults",
    "lists",
    "json_lines",
    "csv",
    "limits",
    "bag-info",
    "tag-files",
    "datasheet",
    "additional",
)
"""The keys at the top of corpus.toml; the last ten are tables."""
CONTACT_KEYS = ("role", "organization", "email", "telephone", "address")
_DATASHEET_KEYS = ("purpose", "selection", "gaps", "consent", "sensitivity", "takedown_contact")
"""The headings of a datasheet that the schema knows, each text or a list of texts; others hold what they like."""
_SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Configuration:
    """What corpus.toml gives.

    Attributes:
        corpus: with empty text where a value is missing or wrong; there is an error for each such place.
        statements: what it says of every document that says nothing itself.
        findings: all that is wrong.
        is_readable: False where nothing could be taken from the file.
    """

    corpus: Corpus
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    is_readable: bool = True


def read_configuration(data: bytes) -> Configuration:
    """Reads corpus.toml.

    Args:
        data: the bytes of the file.
    """
    content, findings = parse_toml(data)
    if content is None:
        nothing = Corpus(identifier="", slug="", version="", title="")
        return Configuration(nothing, (), tuple(findings), is_readable=False)
    top = Table(content, findings)
    top.only(KEYS)
    identifier, title = _needed(top, "identifier"), _needed(top, "title")
    said = _said(top)
    own = _additional_columns(top)
    levels = [AccessLevel(one.value) for one in said if one.field == "access_level"]
    corpus = Corpus(
        identifier=identifier,
        slug=_slug(top, identifier, title),
        version=_version(top),
        title=title,
        description=top.text("description"),
        creator=top.text("creator"),
        language=top.text("language") or "en",
        licence=top.text("licence"),
        metadata_licence=top.text("metadata_licence"),
        recipe=top.text("recipe") or "default",
        contact=_contact(top.table("contact")),
        defaults=_by_field(said),
        access_level=max(levels, key=lambda one: one.strictness, default=None),
        review_date=next((one.value for one in said if one.field == "review_date"), None),
        lists=_lists(top.table("lists"), own),
        json_lines=_renames(top.table("json_lines")),
        csv=_renames(top.table("csv")),
        limits=_limits(top.table("limits")),
        bag_info=read_bag_info(top.table("bag-info")),
        tag_files=read_tag_files(top.table("tag-files")),
        datasheet=_datasheet(top.table("datasheet")),
        schema=_file(top, "schema"),
        withdrawn=_file(top, "withdrawn"),
        redactions=_file(top, "redactions"),
        additional=top.table("additional").plain(),
        additional_columns=own,
        shows_viewer=top.truth("viewer"),
    )
    return Configuration(corpus, tuple(map(_statement, said)), tuple(findings))


def _needed(top: Table, key: str) -> str:
    text = top.text(key)
    if not text and not isinstance(top.content.get(key, ""), int | float | list | dict):
        top.note("corpus.missing-key", key, expected=f'{key} = "..."')
    return text


def _version(top: Table) -> str:
    version = _needed(top, "version")
    if version and not _is_safe(version):
        top.note("corpus.unsafe-name", "version", found=version, expected='such as "1.0.0"')
    return version


def _slug(top: Table, identifier: str, title: str) -> str:
    """The slug as given, else made from the identifier or the title."""
    given = top.text("slug")
    if given and not _is_safe(given):
        top.note("corpus.unsafe-name", "slug", found=given, expected=f"such as {_slug_of(given)}")
    return given or _slug_of(identifier or title)


def _is_safe(name: str) -> bool:
    return _SAFE.fullmatch(name) is not None and _RESERVED.fullmatch(name) is None


def _slug_of(name: str) -> str:
    """A name made safe; one that has no letter of ASCII gets a digest, so that two corpora do not meet."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    if _is_safe(slug):
        return slug
    return f"corpus-{hashlib.sha256(name.encode()).hexdigest()[:8]}" if name else ""


def _contact(table: Table) -> dict[str, str]:
    table.only(CONTACT_KEYS)
    found = {key: text for key in CONTACT_KEYS if (text := table.text(key))}
    for key in CONTACT_KEYS:
        if key not in found and isinstance(table.content.get(key), str):
            table.note("corpus.wrong-value", key, found="empty text", expected=f"the {key}, or no such line")
    return found


def _datasheet(table: Table) -> dict[str, Any]:
    """What a datasheet says; under the headings that everybody knows stands text."""
    for key in _DATASHEET_KEYS:
        value = table.content.get(key, "")
        for one in value if isinstance(value, list) else (value,):
            if as_text(one) is None:
                expected = f'text: {key} = "...", or a list of texts'
                table.note("corpus.wrong-type", key, found=kind_of(one), expected=expected)
    return table.plain()


def _said(top: Table) -> list[Said]:
    """What corpus.toml says of every document: its access level and review date, then [defaults]."""
    said = []
    for field in ("access_level", "review_date"):
        if text := top.text(field):
            said.extend(_level_or_text(top, field, (field,), text))
    defaults = top.table("defaults")
    for key in defaults.content:
        meaning = meaning_of(key)
        if meaning.kind not in {Kind.FIELD, Kind.RIGHTS}:
            meant = nearest(key)
            expected = f"perhaps {meant}" if meant else "the name of a field"
            defaults.note("corpus.unknown-key", key, found=key, expected=expected)
            continue
        texts = tuple(defaults.placed(key))
        if len(texts) > 1 and not FIELD[meaning.name].many:
            defaults.note("corpus.wrong-type", key, found=f"{len(texts)} values", expected=f"one {meaning.name}")
        for place, text in texts:
            field = rights_field(text) if meaning.kind is Kind.RIGHTS else meaning.name
            said.extend(_level_or_text(defaults, field, place, text))
    return said


def _level_or_text(table: Table, field: str, key: tuple[str | int, ...], text: str) -> list[Said]:
    if field == "access_level":
        level = access_level_of(text)
        if level is None:
            table.note("access.unknown-level", *key, found=text, expected=" or ".join(AccessLevel))
        text = level or AccessLevel.RESTRICTED
    return [Said(field, str(text), pointer(*table.place, *key))]


def _by_field(said: list[Said]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in said:
        if one.field not in {"access_level", "review_date"}:
            found[one.field] = (*found.get(one.field, ()), one.value)
    return found


def _statement(said: Said) -> Statement:
    return Statement(
        field=said.field,
        value=said.value,
        source=Source.CORPUS,
        agent="corpus",
        file=f"data/submission/{CONFIGURATION}",
        locator=said.pointer,
    )


def _lists(table: Table, own: tuple[str, ...]) -> dict[str, str]:
    """Field -> separator; only fields that hold several values, and the person's own, can be lists."""
    found = {}
    for key, separator in table.content.items():
        meaning = meaning_of(key, own)
        is_list = meaning.kind is Kind.ADDITIONAL or (meaning.kind is Kind.FIELD and FIELD[meaning.name].many)
        if not isinstance(separator, str) or not separator:
            table.note("corpus.wrong-type", key, found=kind_of(separator), expected='a separator: ";"')
        elif not is_list:
            table.note("corpus.wrong-value", key, found=key, expected="a field that holds several values")
        else:
            found[meaning.name] = separator
    return found


def _renames(table: Table) -> dict[str, str]:
    """Key of a JSON line, or header of a column of a CSV file -> field, or `id` or `text`."""
    found = {}
    for key in table.content:
        wanted = table.text(key)
        meaning = meaning_of(wanted)
        if wanted in {"id", "text"}:
            found[key] = wanted
        elif meaning.kind in {Kind.FIELD, Kind.RIGHTS}:
            found[key] = meaning.name
        elif wanted:
            meant = nearest(wanted)
            expected = f"perhaps {meant}" if meant else "id, text or the name of a field"
            table.note("corpus.wrong-value", key, found=wanted, expected=expected)
    return found


def _limits(table: Table) -> dict[str, int]:
    table.only(SETTING)
    found = {}
    for name, value in table.content.items():
        setting = SETTING.get(name)
        if setting is not None and setting.allows(value):
            found[name] = value
        elif setting is not None:
            seen = str(value) if isinstance(value, int | float) else kind_of(value)
            table.note("corpus.wrong-value", name, found=seen, expected=setting.range)
    return found


def _file(top: Table, key: str) -> str | None:
    """The file that a key names, relative to the corpus folder."""
    name = top.text(key)
    if not name:
        return None
    parts = name.split("/")
    if ".." in parts or "" in parts or "\\" in name or name in {CONFIGURATION, SHEET}:
        top.note("corpus.wrong-value", key, found=name, expected="the name of a file in the corpus folder")
        return None
    return name.removeprefix("./")


def _additional_columns(top: Table) -> tuple[str, ...]:
    names = top.texts("additional_columns")
    if isinstance(top.content.get("additional_columns"), str):
        top.note("corpus.wrong-type", "additional_columns", found="text", expected='a list of texts: ["..."]')
    for index, name in enumerate(names):
        meaning = meaning_of(name)
        if meaning.kind not in {Kind.UNKNOWN, Kind.SUGGESTED}:
            expected = f"a name of your own; this one already means {meaning.name}"
            top.note("corpus.wrong-value", "additional_columns", index, found=name, expected=expected)
    return tuple(dict.fromkeys(names))
