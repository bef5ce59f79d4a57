"""Codes of findings about annotations."""

from __future__ import annotations

from archive.model.codes.table import error, notice, warning

_MODEL = "Web Annotation Data Model, 3.1"
_SELECTORS = "Web Annotation Data Model, 4.2"

CODES = (
    error("annotation.too-large", "annotations.jsonl is larger than this program reads.", "Split the corpus."),
    error(
        "annotation.malformed",
        "A line of annotations.jsonl is not readable as a JSON object.",
        "Write one annotation on each line, as a JSON object in UTF-8.",
        "RFC 8259",
    ),
    error(
        "annotation.shape",
        "An annotation has not the shape that the Web Annotation Data Model asks for.",
        "Correct the member that the finding names.",
        _MODEL,
    ),
    error(
        "annotation.selector",
        "An annotation names its place in a way that this program cannot check.",
        "Use a TextQuoteSelector (exact, prefix, suffix) or a TextPositionSelector (start, end).",
        _SELECTORS,
    ),
    error(
        "annotation.duplicate-id",
        "Two annotations have the same identifier.",
        "Give one of them another `id`.",
        _MODEL,
    ),
    warning(
        "annotation.id-no-iri",
        "The identifier of an annotation is no IRI, so that nobody else can refer to it and be sure which is meant.",
        "Write an address, or a name such as urn:uuid:... or urn:example:figure-3, as its `id`.",
        _MODEL,
    ),
    error(
        "annotation.unknown-document",
        "An annotation is about a document that the corpus does not have.",
        "Write the identifier of the document as `target.source`, or remove the line.",
    ),
    error(
        "annotation.not-found",
        "The quotation of an annotation does not stand in the text of its document.",
        "Copy the words from the text of the document; `archive trace --quote` finds what comes near.",
        _SELECTORS,
    ),
    error(
        "annotation.not-kept",
        "The quotation of an annotation stands in a passage that is not kept: page furniture, or another file.",
        "Quote words of the text itself; `archive show BAG DOCUMENT` says why a passage is not kept.",
        _SELECTORS,
    ),
    error(
        "annotation.ambiguous",
        "The quotation of an annotation stands in more than one place.",
        "Say which one with `prefix` and `suffix`, or quote more words.",
        _SELECTORS,
    ),
    error(
        "annotation.context",
        "The words stand in the document, but not between the prefix and the suffix, or not at the position, given.",
        "Correct `prefix`, `suffix`, `start` or `end`, or leave them out where the words stand in one place only.",
        _SELECTORS,
    ),
    error(
        "annotation.position",
        "The position of an annotation lies outside the text of its document, or holds no words.",
        "Count code points of the document's text from 0; `end` is the one after the last.",
        "Web Annotation Data Model, 4.2.5",
    ),
    notice(
        "annotation.forgiven",
        "The quotation of an annotation is not letter for letter what stands there; the bag has what stands there.",
        "Nothing, or quote the text as it stands there.",
    ),
    error(
        "annotation.differs",
        "A record says something of an annotation that does not follow from its text, its bytes or its body.",
        "Find out who changed the bag after it was packed; trust a copy whose root digest was kept elsewhere.",
    ),
)
