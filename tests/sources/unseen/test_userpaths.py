from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from archive.sources.unseen.userpaths import IN_WINDOWS, OF_WINDOWS, users_in


@given(st.from_regex(OF_WINDOWS, fullmatch=True))
def test_every_path_of_a_user_has_one_of_the_pieces_in_it(path: bytes) -> None:
    assert any(piece in path for piece in IN_WINDOWS)


def test_paths_in_all_their_forms_name_their_users() -> None:
    apart = (b"\\", b"/", b"%5C", b"&#92;", b"//")
    folders = (b"Users", b"Documents%20and%20Settings", b"Documents and Settings", b"Dokumente%20und%20Einstellungen")
    for between in apart:
        for folder in folders:
            for drive in (b"C:", b"C%3A", b"c|"):
                path = drive + between + folder + between + b"Maren" + between + b"a.txt"
                assert list(users_in(b'<a href="' + path + b'">', is_markup=True)) == ["Maren"], re.escape(path)
