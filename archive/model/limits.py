"""The bounds that reading a bag keeps, in one place: what a hostile bag can make this program do ends here."""

from __future__ import annotations

from dataclasses import dataclass

_KIB = 1 << 10
_MIB = 1 << 20
_GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no honest bag meets.

    A tag file over its bound is a finding (`tagfile.too-large`) and is left unread; a serialised bag that passes a
    bound on its whole is refused (`serialised.bomb`), an entry that passes one on names is left out
    (`serialised.entry-name`).

    Attributes:
        declaration: bytes of bagit.txt.
        bag_info: bytes of bag-info.txt.
        manifest: bytes of one manifest; ten million lines with sha512 take about 2 GiB.
        fetch: bytes of fetch.txt.
        tag_files: bytes of all tag files together that are held in memory.
        lines: lines of all tag files together; a file that passes it is left unread.
        spare_lines: so many of them may stand there beside one in each manifest for each file that is there; manifests
            of files that are not there would fill any memory.
        spare_bytes: the same in bytes; for each file that is there, `bytes_a_line` are added for each manifest.
        bytes_a_line: bytes that the line of one file may have where there are many files, on average.
        line: characters of one line of a manifest or of fetch.txt; a longer one is malformed. The longest path that
            Linux opens has 4,096 bytes, and each may be written as three.
        of_one_kind: findings of one code that a report lists; the others are counted in one more.
        entries: files and folders in a serialised bag.
        name: bytes of the name of an entry of a serialised bag.
        depth: folders in one another.
        header: bytes of one extended header of a tar.
        ratio: bytes that may come out of a compressed file for each that went in, once `unquestioned` have.
        unquestioned: bytes that may come out of a serialised bag at whatever ratio.
        dictionary: bytes of memory that a compressed stream may ask for.
        bag_json: bytes of bag.json; it lists what was rejected and ignored, so it can grow with the corpus.
        record: bytes of one record; texts over 16 MiB have no passages, so a record of ours stays far below.
        passage: bytes that one passage may be made of.
        evidence: bytes of the evidence about repeated lines.
        answer: seconds that a request to a service may wait for a connection, and for the next byte; three times.
        patience: seconds for which one request is tried again, where a service takes that instead.
    """

    declaration: int = _MIB
    bag_info: int = 4 * _MIB
    manifest: int = 2 * _GIB
    fetch: int = 128 * _MIB
    tag_files: int = 4 * _GIB
    lines: int = 25_000_000
    spare_lines: int = 2_000_000
    spare_bytes: int = 128 * _MIB
    bytes_a_line: int = _KIB
    line: int = 64 * _KIB
    of_one_kind: int = 1000
    entries: int = 4_000_000
    name: int = 4096
    depth: int = 255
    header: int = _MIB
    ratio: int = 250
    unquestioned: int = _GIB
    dictionary: int = 256 * _MIB
    bag_json: int = 256 * _MIB
    record: int = 256 * _MIB
    passage: int = 64 * _MIB
    evidence: int = 256 * _MIB
    answer: int = 15
    patience: int = 30


DEFAULT_LIMITS = Limits()
