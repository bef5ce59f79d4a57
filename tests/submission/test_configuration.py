from __future__ import annotations

import re

import pytest

from archive.model.fields import AccessLevel
from archive.submission import read_configuration
from archive.submission.toml_values import CONFIGURATION

NEEDED = 'identifier = "example"\nversion = "1.0"\ntitle = "Example"\n'


def codes(text: str | bytes) -> list[tuple[str, str | None]]:
    data = text.encode() if isinstance(text, str) else text
    return [(one.code, one.where.pointer) for one in read_configuration(data).findings]


def test_a_full_file_is_read_whole():
    text = """
        identifier = "urn:example:1"
        slug = "my-corpus"
        version = "2.1"
        title = "A corpus"
        description = "What it is"
        creator = "A project"
        language = "de"
        licence = "CC-BY-4.0"
        metadata_licence = "CC0-1.0"
        recipe = "none"
        access_level = "Embargoed"
        review_date = 2030-01-01
        schema = "mine.schema.json"
        additional_columns = ["shelfmark", "box"]
        [contact]
        role = "Archivist"
        email = "archive@example.org"
        [defaults]
        "dc.publisher" = "Example Daily"
        subjects = ["a", "b"]
        rights = "https://example.org/licence"
        [lists]
        "dc.subject" = ";"
        shelfmark = "|"
        [json_lines]
        body = "text"
        key = "id"
        writer = "dc.creator"
        licence = "rights"
        [bag-info]
        Source-Organization = "A project"
        Internal-Sender-Description = ["one", "two"]
        [datasheet]
        gaps = "many"
        asked = 2020-01-01
        [additional]
        box = [1, 2.5, {deep = true}]
    """
    read = read_configuration(text.encode())
    corpus = read.corpus
    assert read.findings == ()
    assert (corpus.slug, corpus.version, corpus.language, corpus.recipe) == ("my-corpus", "2.1", "de", "none")
    assert corpus.access_level is AccessLevel.EMBARGOED
    assert corpus.review_date == "2030-01-01"
    assert corpus.schema == "mine.schema.json"
    assert corpus.additional_columns == ("shelfmark", "box")
    assert corpus.contact == {"role": "Archivist", "email": "archive@example.org"}
    assert corpus.defaults == {
        "publisher": ("Example Daily",),
        "subjects": ("a", "b"),
        "rights_uri": ("https://example.org/licence",),
    }
    assert corpus.lists == {"subjects": ";", "shelfmark": "|"}
    assert corpus.json_lines == {"body": "text", "key": "id", "writer": "creators", "licence": "rights"}
    assert corpus.bag_info == (
        ("Source-Organization", "A project"),
        ("Internal-Sender-Description", "one"),
        ("Internal-Sender-Description", "two"),
    )
    assert corpus.datasheet == {"gaps": "many", "asked": "2020-01-01"}
    assert corpus.additional == {"box": [1, 2.5, {"deep": True}]}
    assert [(one.field, one.value, one.locator) for one in read.statements] == [
        ("access_level", "embargoed", "/access_level"),
        ("review_date", "2030-01-01", "/review_date"),
        ("publisher", "Example Daily", "/defaults/dc.publisher"),
        ("subjects", "a", "/defaults/subjects/0"),
        ("subjects", "b", "/defaults/subjects/1"),
        ("rights_uri", "https://example.org/licence", "/defaults/rights"),
    ]
    assert {(one.agent, one.file) for one in read.statements} == {("corpus", "data/submission/corpus.toml")}


def test_the_least_file_gets_defaults_that_state_nothing():
    read = read_configuration(NEEDED.encode())
    assert read.findings == ()
    assert read.statements == ()
    assert (read.corpus.slug, read.corpus.language, read.corpus.recipe) == ("example", "en", "default")
    assert read.corpus.access_level is None


@pytest.mark.parametrize(
    ("text", "code", "pointer"),
    [
        ('version = "1"\ntitle = "T"', "corpus.missing-key", "/identifier"),
        (NEEDED.replace('"Example"', '" "'), "corpus.missing-key", "/title"),
        (NEEDED.replace('"1.0"', "1.10"), "corpus.wrong-type", "/version"),
        (NEEDED.replace('"1.0"', '"1/2"'), "corpus.unsafe-name", "/version"),
        (NEEDED + 'slug = "../x"', "corpus.unsafe-name", "/slug"),
        (NEEDED + 'slug = "nul.x"', "corpus.unsafe-name", "/slug"),
        (NEEDED + 'acess_level = "open"', "corpus.unknown-key", "/acess_level"),
        (NEEDED + "description = [1]", "corpus.wrong-type", "/description"),
        (NEEDED + "creator = true", "corpus.wrong-type", "/creator"),
        (NEEDED + "creator = 10:00:00", "corpus.wrong-type", "/creator"),
        (NEEDED + "creator = {a = 1}", "corpus.wrong-type", "/creator"),
        (NEEDED + 'access_level = "public"', "access.unknown-level", "/access_level"),
        (NEEDED + 'schema = "../x.json"', "corpus.wrong-value", "/schema"),
        (NEEDED + 'schema = "metadata.csv"', "corpus.wrong-value", "/schema"),
        (NEEDED + 'additional_columns = ["title"]', "corpus.wrong-value", "/additional_columns/0"),
        (NEEDED + 'additional_columns = ["a", 1]', "corpus.wrong-type", "/additional_columns/1"),
        (NEEDED + 'contact = "me"', "corpus.wrong-type", "/contact"),
        (NEEDED + '[contact]\nname = "A. Person"', "corpus.unknown-key", "/contact/name"),
        (NEEDED + '[defaults]\nshelfmark = "1"', "corpus.unknown-key", "/defaults/shelfmark"),
        (NEEDED + '[defaults]\npublsher = "1"', "corpus.unknown-key", "/defaults/publsher"),
        (NEEDED + '[defaults]\ntitle = ["1", "2"]', "corpus.wrong-type", "/defaults/title"),
        (NEEDED + "[defaults]\ntitle = 1", "corpus.wrong-type", "/defaults/title"),
        (NEEDED + '[lists]\ntitle = ";"', "corpus.wrong-value", "/lists/title"),
        (NEEDED + '[lists]\nsubjects = ""', "corpus.wrong-type", "/lists/subjects"),
        (NEEDED + "[lists]\nsubjects = 1", "corpus.wrong-type", "/lists/subjects"),
        (NEEDED + '[json_lines]\nbody = "txet"', "corpus.wrong-value", "/json_lines/body"),
        (NEEDED + '[json_lines]\nbody = "langage"', "corpus.wrong-value", "/json_lines/body"),
        (NEEDED + "[json_lines]\nbody = 1", "corpus.wrong-type", "/json_lines/body"),
        (NEEDED + "[limits]\nsecond = 3", "corpus.unknown-key", "/limits/second"),
        (NEEDED + "[limits]\nseconds = 1", "corpus.wrong-value", "/limits/seconds"),
        (NEEDED + "[limits]\nratio = 2.5", "corpus.wrong-value", "/limits/ratio"),
        (NEEDED + "[limits]\nnesting = true", "corpus.wrong-value", "/limits/nesting"),
        (NEEDED + '[limits]\npages = "9"', "corpus.wrong-value", "/limits/pages"),
        (NEEDED + "[additional]\nx = nan", "corpus.wrong-value", "/additional/x"),
        (NEEDED + '[bag-info]\npayload-oxum = "1.1"', "corpus.reserved-label", "/bag-info/payload-oxum"),
        (NEEDED + '[bag-info]\nCorpus-Archive-X = "1"', "corpus.reserved-label", "/bag-info/Corpus-Archive-X"),
        (NEEDED + '[bag-info]\n"a:b" = "1"', "corpus.wrong-value", "/bag-info/a:b"),
        (NEEDED + '[bag-info]\nA = "1\\n2"', "corpus.wrong-value", "/bag-info/A"),
        (NEEDED + '[bag-info]\n"a/b~" = 1', "corpus.wrong-type", "/bag-info/a~1b~0"),
        (NEEDED + '[bag-info]\nA = " "', "corpus.wrong-value", "/bag-info/A"),
        (NEEDED + '[contact]\nrole = ""', "corpus.wrong-value", "/contact/role"),
        (NEEDED + 'additional_columns = "x"', "corpus.wrong-type", "/additional_columns"),
        (NEEDED + "[datasheet]\npurpose = 3", "corpus.wrong-type", "/datasheet/purpose"),
        (NEEDED + '[datasheet]\ngaps = ["some", 1]', "corpus.wrong-type", "/datasheet/gaps"),
    ],
)
def test_each_fault_is_one_finding_at_its_place(text: str, code: str, pointer: str):
    assert codes(text) == [(code, pointer)]


def test_a_near_name_is_suggested():
    (one,) = read_configuration((NEEDED + 'verion = "1"').encode()).findings
    assert one.expected == "perhaps version"


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b'title = "a', "corpus.malformed", 1),
        (b'a = 1\ntitle = "a"\ntitle = "b"\n', "corpus.malformed", 3),
        (b"a = \xff\n", "corpus.encoding", 1),
        (b"\n\nb = '\xff'\n", "corpus.encoding", 3),
        (b"x = " + b"[" * 100_000, "corpus.malformed", None),
        (b"#" * (1 << 20) + b"\n", "corpus.too-large", None),
    ],
)
def test_a_file_that_cannot_be_read_is_one_finding(data: bytes, code: str, row: int | None):
    read = read_configuration(data)
    (one,) = read.findings
    assert (one.code, one.where.file) == (code, CONFIGURATION)
    if row is not None and "end" not in one.found:
        assert one.where.row == row
    assert not read.is_readable
    assert read.corpus.identifier == ""


def test_a_place_in_toml_has_row_and_column():
    (one,) = read_configuration(b"a = 1\nb = ?\n").findings
    assert (one.where.row, one.where.column) == (2, "5")
    assert "line" not in one.found


def test_a_byte_order_mark_is_read_over_and_said():
    read = read_configuration(b"\xef\xbb\xbf" + NEEDED.encode())
    assert [one.code for one in read.findings] == ["corpus.byte-order-mark"]
    assert read.corpus.identifier == "example"


def test_bottomless_tables_are_refused_without_a_crash():
    read = read_configuration((NEEDED + "[additional]\n" + ".".join("a" * 5_000) + " = 1\n").encode())
    assert {one.code for one in read.findings} <= {"corpus.wrong-value", "corpus.malformed"}
    assert read.findings


@pytest.mark.parametrize(
    ("identifier", "slug"),
    [
        ("urn:example:Corpus One", "urn-example-corpus-one"),
        ("Kinder é", "kinder-e"),
    ],
)
def test_a_slug_is_made_where_none_is_given(identifier: str, slug: str):
    assert read_configuration(NEEDED.replace("example", identifier).encode()).corpus.slug == slug


@pytest.mark.parametrize("identifier", ["자료", "con"])
def test_a_slug_of_nothing_safe_is_a_digest(identifier: str):
    slug = read_configuration(NEEDED.replace("example", identifier).encode()).corpus.slug
    assert re.fullmatch("corpus-[0-9a-f]{8}", slug)


def test_the_stricter_of_two_corpus_levels_counts():
    read = read_configuration((NEEDED + 'access_level = "open"\n[defaults]\naccess_level = "restricted"').encode())
    assert read.findings == ()
    assert read.corpus.access_level is AccessLevel.RESTRICTED


def test_an_unreadable_level_is_taken_for_the_strictest():
    read = read_configuration((NEEDED + 'access_level = "opne"').encode())
    assert read.corpus.access_level is AccessLevel.RESTRICTED


@pytest.mark.parametrize(("line", "shows", "codes"), [
    ("", False, []), ("viewer = true", True, []), ("viewer = false", False, []),
    ('viewer = "yes"', False, ["corpus.wrong-type"]),
])  # fmt: skip
def test_a_viewer_is_shown_only_when_asked(line, shows, codes):
    data = f'identifier = "e"\nversion = "1"\ntitle = "E"\naccess_level = "open"\n{line}\n'.encode()
    found = read_configuration(data)
    assert found.corpus.shows_viewer is shows
    assert [one.code for one in found.findings] == codes


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 6000])
@pytest.mark.parametrize("key", ["title", "pages", "limits.seconds"])
def test_a_number_that_nobody_can_write_as_digits_is_a_finding(key: str, number: str) -> None:
    found = read_configuration(f"{key} = {number}\n".encode()).findings
    assert [one.code for one in found] == ["corpus.malformed"]
