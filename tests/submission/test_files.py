from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from archive.submission.files import Files

paths = st.text(st.characters(codec=None), min_size=1, max_size=8)


@given(st.dictionaries(paths, st.integers(0, 1 << 40)), st.sets(paths), paths)
def test_it_is_the_dictionary_that_it_stands_for(given: dict[str, int], hidden: set[str], other: str):
    files = pickle.loads(pickle.dumps(Files(given.items()))).without(hidden)
    left = {path: size for path, size in given.items() if path not in hidden}
    assert dict(files) == dict(files.items()) == left
    assert list(files) == list(left)
    assert (len(files), other in files, 7 in files) == (len(left), other in left, False)
    assert all(files.path(number) == path for number, path in files.numbered())
    assert all(files[path] == size for path, size in left.items())
