"""What fetch.txt may list (RFC 8493, 2.2.3)."""

from __future__ import annotations

from collections.abc import Iterator

from archive.bags.contents import Contents
from archive.bags.rules.manifests import LONGEST_SHOWN, is_safe
from archive.model.bags import FETCH, PAYLOAD
from archive.model.codes import finding
from archive.model.escaping import escapes
from archive.model.findings import Finding, Where


def paths(bag: Contents) -> Iterator[Finding]:
    """Every path in fetch.txt stays in the payload (RFC 8493, 2.2.3 and 5.1)."""
    for entry in bag.fetches.entries if bag.fetches else ():
        where, shown = Where(file=FETCH, row=entry.line), entry.path[:LONGEST_SHOWN]
        if not is_safe(entry.path):
            expected = f"a path in the bag, not {escapes(entry.path)}"
            yield finding("path.escapes-bag", where=where, found=shown, expected=expected)
        elif not entry.path.startswith(PAYLOAD):
            yield finding("fetch.outside-payload", where=where, found=shown, expected=f"a path under {PAYLOAD}")


def listed(bag: Contents) -> Iterator[Finding]:
    """Every file in fetch.txt is listed in every payload manifest; before 1.0 one was enough."""
    for entry in bag.fetches.entries if bag.fetches else ():
        if not entry.path.startswith(PAYLOAD) or not is_safe(entry.path):
            continue
        key = bag.aliases.get(entry.path, entry.path)
        lists = [manifest.file for manifest in bag.manifests if key in bag.listed[manifest.file]]
        if len(lists) < (len(bag.manifests) if bag.declaration.is_strict else 1):
            yield finding("fetch.unlisted", where=Where(file=FETCH, row=entry.line), found=entry.path[:LONGEST_SHOWN])


def addresses(bag: Contents) -> Iterator[Finding]:
    """No address leads to this machine, to a private network, or out of the web (RFC 8493, 5.2)."""
    if not bag.fetches:
        return
    from archive.bags.addresses import danger  # few bags need it, and it reads what is known of addresses

    for entry in bag.fetches.entries:
        why = danger(entry.url)
        if why:
            yield finding(
                "fetch.unsafe-address",
                where=Where(file=FETCH, row=entry.line),
                found=entry.url[:LONGEST_SHOWN],
                expected=f"an address in the public net, not {why}",
            )
