"""Addresses in fetch.txt that nobody should let a program fetch (RFC 8493, 5.2). Nothing is looked up or fetched."""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from contextlib import suppress
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

_SCHEMES = frozenset({"http", "https", "ftp", "ftps", "sftp", "s3", "gs"})
_BUCKETS = frozenset({"s3", "gs"})
_NUMBERS = re.compile(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+)){0,3}")
_HERE = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa", ".localdomain")
_READ_DIFFERENTLY = re.compile(r"[\\\x00-\x20]")
_START = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def danger(url: str) -> str:
    """Why an address should not be fetched, in words; empty where it leads into the public net.

    >>> danger("https://example.org/a"), danger("file:///etc/passwd")
    ('', 'the scheme file')
    >>> danger("http://2130706433/"), danger("http://[::ffff:10.0.0.1]/")
    ('an address on this machine', 'an address in a private or reserved network')
    """
    if _READ_DIFFERENTLY.search(url):
        return "a sign that programs read differently"
    start = _START.match(url)
    return _danger_from(start.group() if start else url)


@lru_cache(1024)  # most addresses of a bag lead to one place
def _danger_from(start: str) -> str:
    """The same for the beginning of an address, up to the path."""
    try:
        parts = urlsplit(start)
        host, _ = _host(parts), parts.port
    except ValueError:
        return "a host or a port that is none"
    if parts.scheme not in _SCHEMES:
        return f"the scheme {parts.scheme[:20]}" if parts.scheme else "no scheme"
    if parts.scheme in _BUCKETS:
        return ""
    return _danger_of(host)


def _host(parts: SplitResult) -> str:
    """The host as programs read it: full-width digits, percent signs and a last dot undone."""
    host = unicodedata.normalize("NFKC", unquote(parts.hostname or "")).lower()
    return host.replace("\u3002", ".").rstrip(".")


def _danger_of(host: str) -> str:
    if not host:
        return "no host"
    address = _address(host)
    if address is not None:
        return _danger_of_address(address)
    if f".{host}".endswith(_HERE):
        return "a name on this machine or in its own network"
    if "." not in host:
        return "a name without a domain, which belongs to the own network"
    return "" if re.fullmatch(r"[\w.-]+", host) else "a host or a port that is none"


def _address(host: str) -> Address | None:
    bare = host.partition("%")[0]
    if ":" in bare or bare[:1].isdigit():
        with suppress(ValueError):
            return ipaddress.ip_address(bare)
    if not _NUMBERS.fullmatch(host):
        return None
    try:
        # As browsers and the C library read them: decimal, octal and hexadecimal, four parts or fewer.
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return ipaddress.IPv4Address(0)


def _danger_of_address(address: Address) -> str:
    inner = _inner(address) if isinstance(address, ipaddress.IPv6Address) else None
    if inner is not None:
        return _danger_of_address(inner)
    if address.is_loopback or address.is_unspecified:
        return "an address on this machine"
    if address.is_link_local:
        return "a link-local address"
    if address.is_multicast or not address.is_global:
        return "an address in a private or reserved network"
    return ""


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that is written as, or reached through, this one."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
