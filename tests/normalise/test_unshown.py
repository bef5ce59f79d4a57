from __future__ import annotations

from archive.model.derivation import project
from archive.model.passages import Kind
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named
from archive.sources import read

PAGE = (
    b"<html><body><noscript>Switch scripts on.</noscript><p>The boats of the north came back in the spring of that"
    b" year, with fish for all.</p><p>They <img alt='Two  boats'>were late.</p><template>More</template></body></html>"
)


def test_words_that_are_not_shown_are_passages_in_their_places() -> None:
    reading = read("a.html", PAGE)
    for name in ("default", "text", "languages"):
        passages = normalise(reading, recipe_named(name)).passages
        told = [(passage.kind, passage.text) for passage in passages if not passage.kept]
        assert told == [(Kind.FURNITURE, "Switch scripts on."), (Kind.CAPTION, "Two boats"), (Kind.FURNITURE, "More")]
        assert [passage.text for passage in passages if passage.kept][1] == "They were late."
        starts = [passage.spans[0].start for passage in passages]
        assert starts == sorted(starts)
        for passage in passages:
            assert passage.reason or passage.kept
            pieces = [(PAGE[span.start : span.end], "utf-8") for span in passage.spans]
            assert project(pieces, passage.projection) == passage.text
    assert normalise(reading, recipe_named("none")).passages == ()
