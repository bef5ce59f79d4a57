"""The lists under a content digest: many entries at once are what they are one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.model.content import DigestList

names = st.text(st.characters(codec="utf-8") | st.sampled_from('"\\\n\udcff'), max_size=5)
plain = st.text(st.sampled_from("ab/é "), max_size=5)


@given(st.lists(names, max_size=5) | st.lists(plain, max_size=5))
def test_entries_at_once_are_entries_one_by_one(given: list[str]) -> None:
    digests = [f"{number:064x}" for number in range(len(given))]
    at_once, one_by_one = DigestList(), DigestList()
    at_once.add_files([name.encode("utf-8", "surrogateescape") for name in given], digests)
    for name, digest in zip(given, digests, strict=True):
        one_by_one.add(name, digest)
    assert at_once.hexdigest() == one_by_one.hexdigest()
