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


ascii_paths = st.text(st.sampled_from("abc/.json"), min_size=1, max_size=5)


@given(st.dictionaries(ascii_paths | paths, st.integers(0, 9)).map(dict), st.sets(ascii_paths), st.booleans())
def test_what_is_asked_of_all_of_them(given: dict[str, int], hidden: set[str], is_sorted: bool):
    files = Files()
    listed = sorted(given) if is_sorted else list(given)
    files.extend(listed, [given[path] for path in listed])
    assert files.are_plain == all(path.isascii() and path.isprintable() for path in listed)
    assert files.are_in_order == (files.are_plain and listed == sorted(listed))
    left = files.without(hidden)
    assert left.ending(".json", "n") == [path for path in listed if path not in hidden and path.lower().endswith("n")]
    numbers = [number for some in left.some(3) for number in some]
    assert left.paths(numbers) == list(left)
    assert left.sizes(numbers) == list(left.values())


def test_paths_are_looked_up_by_halving_a_few_times_and_in_a_table_then():
    files = Files((f"{number:03d}.txt", number) for number in range(200))
    assert [files[path] for path in files] == list(range(200))
    assert files.number("1000.txt") is None
    kinds = files.of_kinds({"007.txt": "zip", "none.zip": "zip"})
    assert (files.are_of_kinds, kinds.are_of_kinds) == (False, True)
    assert (kinds.kind("007.txt"), kinds.kind("008.txt"), kinds.kind("none.zip")) == ("zip", None, None)
