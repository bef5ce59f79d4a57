"""Codes of findings about BagIt Profiles (specification 1.4.0): the profile itself, and a bag held against one.

The numbers after the specification's name are those of its list of fields.
"""

from __future__ import annotations

from archive.model.codes.table import error, notice, warning

_SPEC = "BagIt Profiles 1.4"
_ASK_PUBLISHER = "Ask whoever publishes the profile to correct it; nothing was checked against it."
_TELL_PUBLISHER = "Tell whoever publishes the profile; the rest of it was checked."
_MAKE_TO_FIT = "Have the bag made so that it meets the profile; see what was expected."

ITSELF = (
    error(
        "profile.malformed",
        "A BagIt profile is not a JSON object that can be read.",
        "Check that the file is the profile's JSON, in UTF-8, and not the page that describes it.",
        f"{_SPEC}, introduction; RFC 8259",
    ),
    error(
        "profile.too-large",
        "A BagIt profile is larger, or nested deeper, than any profile is.",
        "Check that the file is a BagIt profile.",
    ),
    error(
        "profile.repeated-key",
        "A BagIt profile has a key twice, so that nobody can say which one holds.",
        _ASK_PUBLISHER,
        "RFC 8259, 4",
    ),
    warning(
        "profile.unknown-key",
        "A BagIt profile has a key that the specification does not know, so nothing was checked for it.",
        "Check by hand what the key asks for, if it asks for anything.",
        f"{_SPEC}, fields",
    ),
    error(
        "profile.misspelt-key",
        "A BagIt profile has a key that looks like one of the specification's, misspelt.",
        _ASK_PUBLISHER,
        f"{_SPEC}, fields",
    ),
    warning(
        "profile.newer-key",
        "A BagIt profile has a key that came with a later version of the specification than it names.",
        "Nothing, the key was checked; tell whoever publishes the profile to name the later version.",
        f"{_SPEC}, 1",
    ),
    error(
        "profile.missing-key",
        "A BagIt profile lacks what the specification requires.",
        _ASK_PUBLISHER,
        f"{_SPEC}, 1 and 10",
    ),
    error(
        "profile.wrong-type",
        "A value in a BagIt profile is of the wrong kind.",
        _ASK_PUBLISHER,
        f"{_SPEC}, fields",
    ),
    warning(
        "profile.quoted-boolean",
        "A BagIt profile writes true or false as text; it was taken as meant.",
        _TELL_PUBLISHER,
        f"{_SPEC}, 2 and 5 to 7",
    ),
    error(
        "profile.specification-version",
        "A BagIt profile follows a version of the specification that is not known.",
        "Check the bag with a tool that knows that version; 1.1.0 to 1.4.0 are known here.",
        f"{_SPEC}, 1",
    ),
    error(
        "profile.identifier-form",
        "The identifier of a BagIt profile is no URI.",
        _ASK_PUBLISHER,
        f"{_SPEC}, 1",
    ),
    error(
        "profile.label-twice",
        "A BagIt profile has two definitions of one label of bag-info.txt, written in different cases.",
        _ASK_PUBLISHER,
        f"{_SPEC}, 2; RFC 8493, 2.2.2",
    ),
    warning(
        "profile.lists-identifier",
        "A BagIt profile lists BagIt-Profile-Identifier under Bag-Info, where it should not stand.",
        _TELL_PUBLISHER,
        f"{_SPEC}, 2",
    ),
    warning(
        "profile.lists-reserved-file",
        "A BagIt profile lists under Tag-Files-Required what other rules of BagIt require already.",
        _TELL_PUBLISHER,
        f"{_SPEC}, 13",
    ),
    error(
        "profile.required-not-allowed",
        "A BagIt profile requires what it does not allow.",
        _ASK_PUBLISHER,
        f"{_SPEC}, 4, 12, 14 and 16",
    ),
    error(
        "profile.fetch-contradiction",
        "A BagIt profile requires fetch.txt and does not allow it.",
        _ASK_PUBLISHER,
        f"{_SPEC}, 6",
    ),
    error(
        "profile.empty-contradiction",
        "A BagIt profile wants an empty payload, and more than one file in it.",
        _ASK_PUBLISHER,
        f"{_SPEC}, 7 and 15",
    ),
    error(
        "profile.no-serialization",
        "A BagIt profile lets bags be serialised, and names no format for it.",
        _ASK_PUBLISHER,
        f"{_SPEC}, 9",
    ),
    error(
        "profile.path",
        "A path that a BagIt profile requires can be in no bag, or not in that part of a bag.",
        _ASK_PUBLISHER,
        f"{_SPEC}, 13 and 15",
    ),
)

BAGS = (
    notice(
        "profile.not-checked",
        "The bag names a BagIt profile that is not at hand; nothing is ever fetched.",
        "Fetch the profile from the address yourself, and give it with --profile FILE.",
        f"{_SPEC}, workflow",
    ),
    error(
        "profile.not-named",
        "The bag does not name the profile that it is to meet.",
        "Add the line BagIt-Profile-Identifier to bag-info.txt where the bag is made; see what was expected.",
        _SPEC,
    ),
    error(
        "profile.bagit-version",
        "The profile does not accept the bag's version of BagIt; its other rules were not looked at.",
        _MAKE_TO_FIT,
        f"{_SPEC}, 10",
    ),
    error(
        "profile.serialization",
        "The profile wants the bag serialised, or forbids that; its other rules were not looked at.",
        "Put the folder of the bag into one archive file, or take it out of it, as was expected.",
        f"{_SPEC}, 8",
    ),
    error(
        "profile.serialization-format",
        "The profile does not accept the format in which the bag is serialised; its other rules were not looked at.",
        "Serialise the bag in a format that the profile accepts.",
        f"{_SPEC}, 9",
    ),
    error(
        "profile.label-missing",
        "bag-info.txt lacks a line that the profile requires.",
        "Add the line where the bag is made; see what was expected.",
        f"{_SPEC}, 2",
    ),
    error(
        "profile.label-value",
        "A line of bag-info.txt has a value that the profile does not permit.",
        "Use one of the permitted values where the bag is made.",
        f"{_SPEC}, 2",
    ),
    error(
        "profile.label-repeated",
        "A line of bag-info.txt is repeated, which the profile does not permit.",
        "Keep the one that holds, where the bag is made.",
        f"{_SPEC}, 2",
    ),
    warning(
        "profile.label-case",
        "A label in bag-info.txt is written in another case than the profile's; some validators reject that.",
        "Write the label as the profile does, where the bag is made.",
        f"{_SPEC}, 2; RFC 8493, 2.2.2",
    ),
    error(
        "profile.manifest-missing",
        "The bag lacks a manifest of an algorithm that the profile requires.",
        _MAKE_TO_FIT,
        f"{_SPEC}, 3",
    ),
    error(
        "profile.manifest-not-allowed",
        "The bag has a manifest of an algorithm that the profile does not allow.",
        _MAKE_TO_FIT,
        f"{_SPEC}, 4",
    ),
    error(
        "profile.tag-manifest-missing",
        "The bag lacks a tag manifest of an algorithm that the profile requires.",
        _MAKE_TO_FIT,
        f"{_SPEC}, 11",
    ),
    error(
        "profile.tag-manifest-not-allowed",
        "The bag has a tag manifest of an algorithm that the profile does not allow.",
        _MAKE_TO_FIT,
        f"{_SPEC}, 12",
    ),
    error(
        "profile.fetch-not-allowed",
        "The bag has a fetch.txt, which the profile does not allow.",
        "Fetch what is missing, and have the bag made again without fetch.txt.",
        f"{_SPEC}, 5",
    ),
    error(
        "profile.fetch-missing",
        "The bag has no fetch.txt, which the profile requires.",
        _MAKE_TO_FIT,
        f"{_SPEC}, 6",
    ),
    error(
        "profile.data-not-empty",
        "The profile wants an empty payload: at most one file of no bytes in data/.",
        _MAKE_TO_FIT,
        f"{_SPEC}, 7",
    ),
    error(
        "profile.tag-file-missing",
        "The bag lacks a tag file that the profile requires.",
        _MAKE_TO_FIT,
        f"{_SPEC}, 13",
    ),
    error(
        "profile.tag-file-not-allowed",
        "The bag has a tag file that the profile does not allow.",
        "Leave the file out where the bag is made.",
        f"{_SPEC}, 14",
    ),
    error(
        "profile.payload-file-missing",
        "The bag lacks a payload file or folder that the profile requires.",
        _MAKE_TO_FIT,
        f"{_SPEC}, 15",
    ),
    error(
        "profile.payload-file-not-allowed",
        "The bag has a payload file that the profile does not allow.",
        "Leave the file out where the bag is made.",
        f"{_SPEC}, 16",
    ),
    warning(
        "profile.to-be-serialised",
        "The profile wants the bag serialised; pack writes a folder.",
        "Put the folder of the bag into one archive file, in a format that the profile accepts, before it is sent.",
        f"{_SPEC}, 8",
    ),
)

CODES = (*ITSELF, *BAGS)
