"""A file hides the same wherever it lies: by itself, in an archive, a letter, a crawl, a PDF or a page."""

from __future__ import annotations

import base64
import io
import tarfile
from collections.abc import Callable, Mapping

import pytest

from archive.model.findings import Finding
from archive.sources import read
from archive.sources.limits import Limits
from archive.sources.mail import attachments as mail_attachments
from tests.contracts.containers import read_all
from tests.sources.opaque import pdf_with_files
from tests.sources.unseen.test_pictures import exif, jpeg
from tests.sources.webarchives.making import http, page, record, response
from tests.storage.archives import zip_bytes

PLACE = "the place where a picture was taken"
PICTURE = jpeg(exif(place=True))
HIDDEN, LEFT = "original.hidden-personal-data", "original.not-searched"
VIDEO = b"\0\0\0\x18ftypmp42" + b"\0" * 40
PATH = "a path with a user's name"


def said(findings: tuple[Finding, ...] | list[Finding], code: str) -> list[str]:
    return [one.found for one in findings if one.code == code]


def tarred(files: Mapping[str, bytes], user: str = "", group: str = "", form: int = tarfile.GNU_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as made:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.uname, entry.gname = len(data), user, group
            made.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def letter(data: bytes, name: str, media_type: str = "image/jpeg", further: str = "") -> bytes:
    head = 'From: a@example.org\r\nSubject: Words\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n'
    text = "--B\r\nContent-Type: text/plain\r\n\r\nWords of a letter.\r\n"
    part = f'--B\r\nContent-Type: {media_type}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n{further}\r\n'
    return (head + text + part).encode() + base64.encodebytes(data) + b"\r\n--B--\r\n"


def saved_page(data: bytes, further: str = "", of_page: str = "") -> bytes:
    head = "From: <Saved by Blink>\r\nSubject: Words\r\n" + 'Content-Type: multipart/related; boundary="B"\r\n\r\n'
    text = f"--B\r\nContent-Type: text/html\r\n{of_page}\r\n<html><p>Words of a page.</p></html>\r\n"
    part = f"--B\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n{further}\r\n"
    return (head + text + part).encode() + base64.encodebytes(data) + b"\r\n--B--\r\n"


def crawl(data: bytes, media_type: str = "image/jpeg", *fields: tuple[str, str]) -> bytes:
    of_page = response("https://example.org/", http(page("Words.")))
    return of_page + response("https://example.org/1.jpg", http(data, *fields, media_type=media_type))


@pytest.mark.parametrize(
    ("path", "whole", "name"),
    [
        ("a.zip", lambda data: zip_bytes({"a.txt": b"Words.", "in/1.jpg": data}), "in/1.jpg"),
        ("a.tar", lambda data: tarred({"a.txt": b"Words.", "in/1.jpg": data}), "in/1.jpg"),
        ("a.zip", lambda data: zip_bytes({"b.zip": zip_bytes({"a.txt": b"Words.", "1.jpg": data})}), "1.jpg"),
        ("a.eml", lambda data: letter(data, "1.jpg"), "1.jpg"),
        ("a.mbox", lambda data: b"From a Tue Apr  5 10:00:00 2011\n" + letter(data, "1.jpg"), "1.jpg"),
        ("a.warc", crawl, "https://example.org/1.jpg"),
        ("a.warc", lambda data: crawl(data, ""), "https://example.org/1.jpg"),
        ("a.pdf", lambda data: pdf_with_files(("1.jpg", data)), "1/1.jpg"),
    ],
)
def test_a_picture_in_a_container(path: str, whole: Callable[[bytes], bytes], name: str) -> None:
    _, found = read_all(whole(PICTURE), path)
    assert said(found, HIDDEN) == [f"{PLACE} ({name})"]
    _, found = read_all(whole(jpeg(exif())), path)
    assert (said(found, HIDDEN), said(found, LEFT)) == ([], [])


def test_what_many_files_hide_is_told_once() -> None:
    _, found = read_all(zip_bytes({f"{number}.jpg": PICTURE for number in range(5)}), "a.zip")
    assert said(found, HIDDEN) == [f"{PLACE} (5 files: 0.jpg, 1.jpg, 2.jpg, ...)"]
    _, found = read_all(pdf_with_files(*((f"{number}.jpg", PICTURE) for number in range(5))), "a.pdf")
    assert said(found, HIDDEN) == [f"{PLACE} (5 files: 1/0.jpg, 2/1.jpg, 3/2.jpg, ...)"]


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        ("a.zip", lambda data: zip_bytes({"a.txt": b"Words.", "1.mp4": data})),
        ("a.eml", lambda data: letter(data, "1.mp4", "video/mp4")),
        ("a.warc", lambda data: crawl(data, "video/mp4")),
        ("a.pdf", lambda data: pdf_with_files(("1.mp4", data))),
    ],
)
def test_what_is_not_looked_through_is_said(path: str, whole: Callable[[bytes], bytes]) -> None:
    _, found = read_all(whole(VIDEO), path)
    (one,) = said(found, LEFT)
    assert one.startswith("video/mp4 (")


def test_a_film_in_a_letter_is_told_by_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = mail_attachments.decoded
    seen: list[str] = []
    monkeypatch.setattr(mail_attachments, "decoded", lambda raw, way: seen.append(way) or decoded(raw, way))
    read_all(letter(VIDEO, "1.mp4", "video/mp4"), "a.eml")
    assert seen == ["base64"]


def test_a_file_that_is_too_large_is_said_not_to_be_looked_through() -> None:
    limits = Limits(largest_file=500)
    _, found = read_all(zip_bytes({"1.jpg": PICTURE + b"\0" * 500}), "a.zip", limits=limits)
    assert said(found, LEFT) == ["image/jpeg: it is too large (1.jpg)"]


def test_pictures_in_a_saved_page() -> None:
    assert said(read("a.mht", saved_page(PICTURE)).findings, HIDDEN) == [f"{PLACE} (part 2)"]
    assert said(read("a.mht", saved_page(jpeg(exif()))).findings, HIDDEN) == []


def test_paths_in_the_heads_of_a_saved_page() -> None:
    place = "Content-Location: file:///C:/Users/ada.quill/a.html\r\n"
    assert said(read("a.mht", saved_page(jpeg(exif()), of_page=place)).findings, HIDDEN) == [f"{PATH} (part 1)"]
    place = "Content-Location: https://example.org/home/ada/a.html\r\n"
    assert said(read("a.mht", saved_page(jpeg(exif()), of_page=place)).findings, HIDDEN) == []


def test_the_form_of_a_letter_that_is_not_read() -> None:
    head = (
        b'From: a@example.org\nContent-Type: multipart/alternative; boundary="B"\n\n--B\nContent-Type: text/plain\n\n'
    )
    html = b'Words.\n--B\nContent-Type: text/html\n\n<p>Words.<img src="file:///home/ada/1.png">\n--B--\n'
    assert said(read("a.eml", head + html).findings, HIDDEN) == [f"{PATH} (part 2)"]


@pytest.mark.parametrize("written", ["base64", "wrapped", "escaped"])
def test_pictures_that_are_written_into_a_page(written: str) -> None:
    data = base64.b64encode(PICTURE).decode()
    if written == "wrapped":
        data = "\n ".join(data[at : at + 60] for at in range(0, len(data), 60))
    elif written == "escaped":
        data = data.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
    made = f'<html><p>Words of a page.</p><img src="data:image/jpeg;base64,{data}"></html>'
    assert said(read("a.html", made.encode()).findings, HIDDEN) == [PLACE]


def test_other_files_that_are_written_into_a_page() -> None:
    data = base64.b64encode(b"%PDF-1.4 " + b"x" * 90).decode()
    made = f'<html><p>Words of a page.</p><a href="data:application/pdf;base64,{data}">a</a></html>'
    assert said(read("a.html", made.encode()).findings, LEFT) == ["a file written into the page: application/pdf"]
    gif = base64.b64encode(b"GIF89a" + b"x" * 90).decode()
    made = f'<html><p>Words of a page.</p><img src="data:image/gif;base64,{gif}"></html>'
    assert read("a.html", made.encode()).findings == ()


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT])
def test_owners_of_files_in_a_tar(form: int) -> None:
    files = {"a.txt": b"Words.", "b.txt": b"More words."}
    for user, group in (
        (("ada.quill", "users"), ("root", "ada"), ("아다", "")) if form != tarfile.USTAR_FORMAT else (("a", ""),)
    ):
        _, found = read_all(tarred(files, user, group, form), "a.tar")
        assert said(found, HIDDEN) == ["the owner of a file (2 files: a.txt, b.txt)"]
    for user, group in (("root", "wheel"), ("", ""), ("www-data", "www-data")):
        _, found = read_all(tarred(files, user, group, form), "a.tar")
        assert said(found, HIDDEN) == []


def test_cookies_and_paths_in_a_crawl() -> None:
    of_page = http(page("Words."), ("Set-Cookie", "session=1"))
    about = record(
        "warcinfo", b"software: a\r\npath: /home/ada/crawls/1\r\n", ("Content-Type", "application/warc-fields")
    )
    _, found = read_all(about + response("https://example.org/", of_page), "a.warc")
    assert said(found, HIDDEN) == [f"what the crawl says of who made it: {PATH}, set-cookie in responses"]


def test_programs_fonts_and_data_of_a_page_are_not_told() -> None:
    files = {
        "a.html": page("Words."),
        "a.js": b"x = 1",
        "a.woff2": b"wOF2" + b"\0\1" * 40,
        "a.json": b"[1]",
        "a.css": b"p {}",
    }
    _, found = read_all(zip_bytes(files), "a.zip")
    assert [one.code for one in found] == ["container.not-documents"]
    _, found = read_all(crawl(b"x = 1", "application/javascript"), "a.warc")
    assert [one.code for one in found] == ["container.not-documents"]
