"""Codes of findings about bags (RFC 8493)."""

from __future__ import annotations

from archive.model.codes.table import error, notice, warning

_ANOTHER_COPY = "Take the file from another copy of the bag, or ask whoever made the bag."
_MAKE_AGAIN = "Ask whoever made the bag to make it again; do not edit it by hand."
_MANIFESTS_AGAIN = "Ask whoever made the bag to write the manifest again with a bag tool."

DECLARATION = (
    error(
        "declaration.missing",
        "There is no bagit.txt, so this is no bag.",
        "Check that the path is the base folder of a bag; a bag begins with bagit.txt.",
        "RFC 8493, 2.1.1",
    ),
    error(
        "declaration.malformed",
        "bagit.txt is not exactly its two lines in their order.",
        "Write the two lines of bagit.txt as the standard has them, and its digest in the tag manifests again.",
        "RFC 8493, 2.1.1",
    ),
    error(
        "declaration.byte-order-mark",
        "bagit.txt begins with a byte-order mark.",
        "Save bagit.txt as UTF-8 without a byte-order mark, and write its digest in the tag manifests again.",
        "RFC 8493, 2.1.1",
    ),
    error(
        "declaration.white-space",
        "bagit.txt has white space where none may be, or none where one space must be.",
        "Write each line of bagit.txt as label, colon, one space, value.",
        "RFC 8493, 2.1.1",
    ),
    warning(
        "declaration.label-case",
        "A label in bagit.txt is written in another case than the standard's.",
        "Write BagIt-Version and Tag-File-Character-Encoding.",
        "RFC 8493, 2.1.1",
    ),
    error(
        "declaration.version",
        "bagit.txt names a version of BagIt that is not known.",
        "Check the number; versions 0.93 to 0.97 and 1.0 can be checked.",
        "RFC 8493, 2.1.1",
    ),
    error(
        "declaration.encoding",
        "bagit.txt names a character encoding that is not known.",
        "Name the encoding of the tag files by its registered name; UTF-8 is best.",
        "RFC 8493, 2.1.1",
    ),
)

TAG_FILES = (
    error("tagfile.missing", "A tag file that a tag manifest lists is not in the bag.", _ANOTHER_COPY, "RFC 8493, 3"),
    warning(
        "tagfile.unlisted",
        "A tag file is in no tag manifest, so nothing protects it.",
        "Nothing, if it was added on purpose; else find out where it came from.",
        "RFC 8493, 2.2.1",
    ),
    error(
        "tagfile.encoding",
        "A tag file holds bytes that its declared encoding does not have.",
        "Correct the encoding in bagit.txt, or the file.",
        "RFC 8493, 2.3",
    ),
    error(
        "tagfile.byte-order-mark",
        "A tag file in UTF-8 begins with a byte-order mark.",
        "Save the file as UTF-8 without a byte-order mark.",
        "RFC 8493, 2.3",
    ),
    warning(
        "tagfile.blank-line",
        "A tag file has a blank line, which its grammar does not have.",
        "Remove the blank line where the bag is made.",
        "RFC 8493, 2.3",
    ),
    error(
        "tagfile.too-large",
        "A tag file is larger than this program reads.",
        "Check what the file is; the limits stand in archive.model.limits.",
        "RFC 8493, 5",
    ),
    warning(
        "tagmanifest.absent",
        "There is no tag manifest, so nothing protects the tag files.",
        "Ask whoever made the bag for tag manifests.",
        "RFC 8493, 2.2.1",
    ),
    error("tagmanifest.lists-payload", "A tag manifest lists a payload file.", _MANIFESTS_AGAIN, "RFC 8493, 2.2.1"),
    error("tagmanifest.lists-tagmanifest", "A tag manifest lists a tag manifest.", _MANIFESTS_AGAIN, "RFC 8493, 2.2.1"),
    error(
        "tagmanifest.manifest-unlisted",
        "A tag manifest leaves out a payload manifest.",
        _MANIFESTS_AGAIN,
        "RFC 8493, 2.2.1",
    ),
)

MANIFESTS = (
    error(
        "manifest.missing",
        "There is no payload manifest.",
        "Check that the bag came whole; a bag without a manifest cannot be checked.",
        "RFC 8493, 2.1.3",
    ),
    error(
        "manifest.malformed-line",
        "A line of a manifest is not a digest and a path.",
        _MANIFESTS_AGAIN,
        "RFC 8493, 2.1.3",
    ),
    error(
        "manifest.unknown-algorithm",
        "A manifest is of an algorithm that is not known, so it cannot be checked.",
        "Check the bag with a tool that knows the algorithm as well.",
        "RFC 8493, 2.4",
    ),
    error(
        "manifest.algorithm-name",
        "The name of a manifest does not have the normalised name of its algorithm.",
        "Use lower-case letters and digits only: manifest-sha256.txt.",
        "RFC 8493, 2.4",
    ),
    warning(
        "manifest.weak-algorithm",
        "The payload is protected by md5 or sha1 alone, which can be forged.",
        "Add a manifest with sha256 or sha512.",
        "RFC 8493, 2.4 and 5.2",
    ),
    error("manifest.duplicate-entry", "A manifest lists a file more than once.", _MANIFESTS_AGAIN, "RFC 8493, 2.1.3"),
    error(
        "manifest.conflicting-entries",
        "A manifest lists a file more than once, with different digests.",
        _MANIFESTS_AGAIN,
        "RFC 8493, 2.1.3",
    ),
    error(
        "manifest.outside-payload",
        "A payload manifest lists what is not under data/.",
        _MANIFESTS_AGAIN,
        "RFC 8493, 2.1.3",
    ),
    error("manifest.lists-folder", "A manifest lists a folder.", _MANIFESTS_AGAIN, "RFC 8493, 2.1.3"),
    warning(
        "manifest.asterisk",
        "A manifest has the asterisk of md5sum and its kin before a path.",
        "Have the manifest written by a bag tool; strict validators reject it.",
        "RFC 8493, 6.1.3",
    ),
    warning(
        "manifest.dot-slash",
        "A manifest writes a path with ./ before it.",
        "Have the manifest written by a bag tool.",
        "RFC 8493, 2.1.3",
    ),
    error(
        "manifest.bare-percent",
        "A manifest of version 1.0 has a % that is not encoded as %25.",
        _MANIFESTS_AGAIN,
        "RFC 8493, 2.1.3",
    ),
)

PAYLOAD = (
    error("payload.folder-missing", "There is no folder data/.", "Check that the bag came whole.", "RFC 8493, 2.1.2"),
    error(
        "payload.missing",
        "A file that a manifest lists is not in the bag.",
        "Restore the file from another copy of the bag; a bag without it is incomplete.",
        "RFC 8493, 3",
    ),
    error(
        "payload.unlisted",
        "A payload file is in no manifest.",
        "Find out where the file came from; if it belongs to the bag, the bag has to be made again.",
        "RFC 8493, 3",
    ),
    error(
        "payload.not-in-every-manifest",
        "A payload file is in one manifest and not in another, which version 1.0 does not allow.",
        _MANIFESTS_AGAIN,
        "RFC 8493, 3",
    ),
    warning(
        "payload.system-file",
        "A file that an operating system leaves behind is part of the payload.",
        "Leave such files out where the bag is made.",
        "RFC 8493, 6.1",
    ),
    error(
        "digest.mismatch",
        "The bytes of a file are not those that a manifest has the digest of.",
        _ANOTHER_COPY,
        "RFC 8493, 3",
    ),
    error(
        "file.unreadable",
        "A file or folder could not be read, so it was not checked.",
        "See to it that you may read it, and check again; else the disk may be failing.",
        "RFC 8493, 3",
    ),
    error(
        "file.link",
        "A link stands where a file should be; links are never followed.",
        "Put the file itself in its place where the bag is made.",
        "RFC 8493, 5.1",
    ),
    error(
        "file.special",
        "A FIFO, a socket or a device stands where a file should be.",
        "Remove it where the bag is made.",
        "RFC 8493, 5.1",
    ),
)

PATHS = (
    error(
        "path.escapes-bag",
        "A path leads, or may lead on some system, out of the bag.",
        "Do not use this bag: ask its maker. Nothing was read outside it.",
        "RFC 8493, 5.1",
    ),
    warning(
        "path.case-twin",
        "Two paths differ in nothing but case, so some systems cannot hold both.",
        "Rename one of them where the bag is made.",
        "RFC 8493, 6.1.1",
    ),
    warning(
        "path.normal-form-twin",
        "Two paths differ in nothing but Unicode normalisation.",
        "Rename one of them where the bag is made.",
        "RFC 8493, 6.1.1",
    ),
    warning(
        "path.normal-form",
        "A file's name has another Unicode normalisation than the manifest's.",
        "Nothing; it was checked. Some tool on the way changed the name.",
        "RFC 8493, 6.1.1",
    ),
)

BAG_INFO = (
    error(
        "bag-info.malformed-line",
        "A line of bag-info.txt is not a label and a value.",
        "Correct the line where the bag is made.",
        "RFC 8493, 2.2.2",
    ),
    error(
        "bag-info.separator",
        "Label and value in bag-info.txt are not parted by a colon and one space.",
        "Write label, colon, one space, value.",
        "RFC 8493, 2.2.2",
    ),
    warning(
        "bag-info.repeated",
        "An element of bag-info.txt that should stand once stands more often.",
        "Keep the one that holds.",
        "RFC 8493, 2.2.2",
    ),
    warning(
        "bag-info.bag-count",
        "Bag-Count is not of the form `N of T`, with N from 1 to T.",
        "Write for example `1 of 15`, or `1 of ?`.",
        "RFC 8493, 2.2.2",
    ),
    warning(
        "bag-info.bag-group",
        "Bag-Count says that there are other bags, and no Bag-Group-Identifier says to which group they belong.",
        "Add Bag-Group-Identifier where the bag is made.",
        "RFC 8493, 2.2.2",
    ),
    warning(
        "bag-info.group-conflict",
        "Bags of one group have the same number in it, or do not agree on how many there are.",
        "Ask whoever made the bags which of them belong together.",
        "RFC 8493, 2.2.2",
    ),
    error("oxum.malformed", "Payload-Oxum is not two numbers with a dot between.", _MAKE_AGAIN, "RFC 8493, 2.2.2"),
    error("oxum.repeated", "Payload-Oxum stands more than once.", _MAKE_AGAIN, "RFC 8493, 2.2.2"),
    error(
        "oxum.mismatch",
        "The payload has another size or number of files than Payload-Oxum says.",
        "Look for files that were cut short, lost or added; compare with another copy of the bag.",
        "RFC 8493, 2.2.2",
    ),
    error(
        "oxum.absent",
        "There is no Payload-Oxum, so sizes cannot be compared.",
        "Check the bag with --depth complete or --depth fixity.",
        "RFC 8493, 2.2.2",
    ),
)

FETCHING = (
    error(
        "fetch.malformed-line", "A line of fetch.txt is not a URL, a length and a path.", _MAKE_AGAIN, "RFC 8493, 2.2.3"
    ),
    error(
        "fetch.outstanding",
        "A payload file has still to be fetched.",
        "Fetch the file from the address and put it in its place, then check again.",
        "RFC 8493, 2.2.3",
    ),
    error(
        "fetch.outside-payload",
        "fetch.txt lists what is not under data/.",
        "Do not fetch it: ask the bag's maker.",
        "RFC 8493, 2.2.3",
    ),
    error(
        "fetch.unlisted",
        "fetch.txt lists a file that a payload manifest does not list.",
        _MAKE_AGAIN,
        "RFC 8493, 2.2.3",
    ),
    warning(
        "fetch.unsafe-address",
        "fetch.txt names an address on this machine or in a private network, or one that is not of the web.",
        "Do not let a program fetch it: the address may lead to what only you can reach.",
        "RFC 8493, 5.2",
    ),
)

_SPEC = "BagIt 0.97 (draft-kunze-bagit-14), serialization"
_UNPACK = "Unpack it yourself, in a place where it can do no harm, and check the folder."
_SERIALISE_AGAIN = "Ask whoever made it to pack the bag's base folder again with zip or tar."

SERIALISED = (
    error(
        "serialised.bomb",
        "A serialised bag is larger inside than its size allows, so it was not read to its end.",
        f"Do not trust it: ask its maker. {_UNPACK} The limits stand in archive.model.limits.",
        "RFC 8493, 5",
    ),
    error(
        "serialised.damaged",
        "A serialised bag is cut short or damaged, so that nothing is known of what would have followed.",
        "Fetch or copy the file again, or use another copy.",
    ),
    error(
        "serialised.duplicate-entry",
        "A serialised bag holds two entries of one name, of which different programs unpack different ones.",
        _SERIALISE_AGAIN,
    ),
    error(
        "serialised.entry-name",
        "The name of an entry is empty, or too long for any file system, so the entry was left out.",
        _SERIALISE_AGAIN,
    ),
    warning(
        "serialised.backslash",
        "The name of an entry has a backslash, which only some programs take for a folder.",
        _SERIALISE_AGAIN,
    ),
    error(
        "serialised.without-folder",
        "A bag was serialised from within its base folder, not from the folder above it.",
        _SERIALISE_AGAIN,
        _SPEC,
    ),
    error(
        "serialised.several-entries",
        "There is something beside the one base folder at the top of a serialised bag.",
        _SERIALISE_AGAIN,
        _SPEC,
    ),
    warning(
        "serialised.base-name",
        "The base folder of a serialised bag has another name than the file.",
        "Nothing; the folder's name is the bag's.",
        _SPEC,
    ),
    warning(
        "serialised.extension",
        "The extension of a serialised bag does not tell its format.",
        "Rename the file.",
        _SPEC,
    ),
    warning(
        "serialised.trailing-data",
        "Something follows after the end of a serialised bag, which no program unpacks.",
        "Find out what it is; pack the bag again without it.",
    ),
    warning(
        "serialised.no-end",
        "A tar lacks the mark that ends it, so it may have been cut short between two files.",
        "Compare its size with another copy's.",
    ),
)

WHOLE = (
    error(
        "bag.unreadable",
        "The bag could not be opened, so nothing can be said of it.",
        "Check the path, and that you may read it; a bag is a folder, a zip, or a tar, compressed or not.",
    ),
    error(
        "bag.partial",
        "This is a bag that was never finished: its packing was cut off.",
        "Pack again; the next run sweeps it away.",
    ),
    error(
        "bag.root-digest",
        "The root digest is not the one that was expected.",
        "This is not the bag whose digest was kept: compare with another copy.",
    ),
    error(
        "bag.layout-unknown",
        "The bag has a layout of a major version that is not known here.",
        "Use a newer version of this program.",
    ),
    error("bag.tag-manifest-missing", "A bag of this layout lacks one of its tag manifests.", _ANOTHER_COPY),
    error(
        "bag.not-canonical",
        "A tag file of this layout was written by something else: it is not in the canonical form.",
        _ANOTHER_COPY,
    ),
    warning(
        "judge.disagrees",
        "The reference implementation comes to another verdict.",
        "Read both reasons; where they differ, the standard decides.",
    ),
    notice(
        "judge.not-asked",
        "The reference implementation reads only folders on this machine, so it was not asked.",
        "Unpack the bag and check the folder, if a second opinion matters.",
    ),
    error(
        "judge.no-answer",
        "The reference implementation was asked and came to no answer, which says nothing about the bag.",
        "Validate again with --cross-check; the machine may be short of memory.",
    ),
    notice("judge.agrees", "The reference implementation comes to the same verdict.", "Nothing."),
)

CODES = (*DECLARATION, *TAG_FILES, *MANIFESTS, *PAYLOAD, *PATHS, *BAG_INFO, *FETCHING, *SERIALISED, *WHOLE)
