"""URIs of RFC 3986, strictly and without the network: a scheme, ASCII only, brackets and percent signs in their places.

Names that are no ASCII are written percent-encoded (paths) or in Punycode (hosts); `uri_advice` does so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import quote

_UNRESERVED = r"A-Za-z0-9._~\-"
_SUB = r"!$&'()*+,;="
_PCHAR = rf"(?:[{_UNRESERVED}{_SUB}:@]|%[0-9A-Fa-f]{{2}})"
_URI = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*):"
    r"(?:"
    rf"//(?:(?P<user>(?:[{_UNRESERVED}{_SUB}:]|%[0-9A-Fa-f]{{2}})*)@)?"
    rf"(?P<host>\[(?P<literal>[0-9A-Fa-fv:.{_SUB}~_\-]+)\]|(?:[{_UNRESERVED}{_SUB}]|%[0-9A-Fa-f]{{2}})*)"
    rf"(?::(?P<port>[0-9]*))?(?:/{_PCHAR}*)*"  # path-abempty
    rf"|/(?:{_PCHAR}+(?:/{_PCHAR}*)*)?"  # path-absolute
    rf"|{_PCHAR}+(?:/{_PCHAR}*)*"  # path-rootless
    r"|)"  # path-empty
    rf"(?:\?(?:{_PCHAR}|[/?])*)?"
    rf"(?:#(?:{_PCHAR}|[/?])*)?"
)
_FUTURE = re.compile(rf"v[0-9A-Fa-f]+\.[{_UNRESERVED}{_SUB}:]+")
_NEEDS_HOST = frozenset({"http", "https", "ftp", "ftps", "ws", "wss"})
_LEGAL = "!$&'()*+,;=:@/?#[]%-._~"
_HOST_OF_IRI = re.compile(r"(?P<before>[A-Za-z][A-Za-z0-9+.\-]*://)(?P<host>[^/?#:@\[\]]+)(?P<after>.*)", re.DOTALL)
_LOOKS_LIKE_HOST = re.compile(r"[^\s/:@?#]+\.[A-Za-z]{2,}(?:[:/?#].*)?", re.DOTALL)
_PATH_OF_WINDOWS = re.compile(r"[A-Za-z]:\\")
LONGEST_URI = 8192
"""Characters; a longer text is no URI for us, so that no pattern runs over megabytes."""


@lru_cache(maxsize=16_384)
def is_uri(text: str) -> bool:
    """Whether `text` is a URI with a scheme (RFC 3986, 3), with a host where the scheme needs one (RFC 9110, 4.2.1).

    >>> is_uri("https://example.org/a%20b"), is_uri("https://example.org/a b"), is_uri("www.example.org")
    (True, False, False)
    """
    if len(text) > LONGEST_URI:
        return False
    found = _URI.fullmatch(text)
    if not found:
        return False
    if found["scheme"].lower() in _NEEDS_HOST and not found["host"]:
        return False
    if found["port"] and int(found["port"][:6]) > 65_535:
        return False
    return found["literal"] is None or _is_literal(found["literal"])


def _is_literal(text: str) -> bool:
    if _FUTURE.fullmatch(text):
        return True
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return "%" not in text


def uri_advice(text: str) -> str:
    """What to write instead of something that is no URI.

    >>> uri_advice("www.example.org/a b")
    'https://www.example.org/a%20b if that is the address'
    """
    if len(text) > LONGEST_URI:
        return f"an address of at most {LONGEST_URI} characters"
    text = text.strip()
    meant = _encoded(text)
    if is_uri(meant) and not _PATH_OF_WINDOWS.match(text):
        return f"{meant}"
    if _LOOKS_LIKE_HOST.fullmatch(text):
        meant = _encoded(f"https://{text}")
        if is_uri(meant):
            return f"{meant} if that is the address"
    return "a whole address such as https://example.org/page"


def _encoded(text: str) -> str:
    parts = _HOST_OF_IRI.fullmatch(text)
    if parts and any(one.isspace() for one in parts["host"]):
        return ""
    if parts and not parts["host"].isascii():
        try:
            text = parts["before"] + parts["host"].encode("idna").decode("ascii") + parts["after"]
        except UnicodeError:
            return ""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    scheme, colon, rest = text.partition("#")
    legal = _LEGAL if "://[" in text else _LEGAL.replace("[", "").replace("]", "")
    legal = legal.replace("#", "")
    return quote(scheme, safe=legal, errors="replace") + colon + quote(rest, safe=legal, errors="replace")
