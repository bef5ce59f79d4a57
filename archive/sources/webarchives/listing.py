"""One pass through a web archive: its documents, its digests held against its bytes, and a count of all else."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from archive.model.codes import finding
from archive.model.findings import Where
from archive.model.tally import Tally
from archive.sources.containers.naming import Names, fit
from archive.sources.containers.protocol import Given, Member, Opened, Others, not_documents
from archive.sources.containers.telling import HEAD, left_out
from archive.sources.unseen.searching import Collected
from archive.sources.unseen.userpaths import PATH, users_in
from archive.sources.webarchives import records
from archive.sources.webarchives.bodies import body_of, dechunked
from archive.sources.webarchives.digests import Labelled, labelled, written_like
from archive.sources.webarchives.fields import LONGEST_HEAD, Head, named_fields
from archive.sources.webarchives.framing import Framed, first_bytes
from archive.sources.webarchives.framing import records as records_of

_MOST_HELD = 32 << 20
"""Bytes of a block that are held to try the readings of a payload digest, or to look for what it hides."""
_PERSONAL = ("operator", "hostname", "ip", "http-header-from")
"""What a `warcinfo` record says of people and their machines (ISO 28500:2017, 6.2)."""
_SECRETS = ("cookie", "authorization", "proxy-authorization", "from")
"""What requests say of the person who captured (RFC 9110, 10.1.2 and 11.6; RFC 6265)."""


@dataclass(slots=True)
class Listing:
    """The pass.

    Attributes:
        given: the web archive.
        opened: its bytes.
        found: gets what is to be said.
    """

    given: Given
    opened: Opened
    found: Tally
    _others: Others = field(default_factory=Others)
    _unchecked: Counter[str] = field(default_factory=Counter)
    _hidden: set[str] = field(default_factory=set)
    _names: Names = field(default_factory=Names)
    _software: tuple[str | int, ...] = ()
    _unseen: Collected = field(init=False)

    def __post_init__(self) -> None:
        self._unseen = Collected(Where(file=self.given.path), self.given.limits)

    def members(self) -> Iterator[Member]:
        """The documents, in their order."""
        if self.opened.held.get("fault"):
            where = Where(file=self.given.path)
            self.found.add(finding(self.opened.held["code"], where=where, found=self.opened.held["fault"]))
        for row, framed in enumerate(records_of(self.opened.stream), start=1):
            block = _Block(framed)
            block.take()
            where = self._where(framed, row)
            self._faults(framed, where)
            if framed.head is not None:
                yield from self._member(framed, block, row, where)
        self._sum_up()

    def _where(self, framed: Framed, row: int) -> Where:
        base = self.opened.base
        place = f"{framed.start + base}-{framed.end + base}" if self.opened.is_original else None
        return Where(file=self.given.path, row=row, bytes=place)

    def _member(self, framed: Framed, block: _Block, row: int, where: Where) -> Iterator[Member]:
        head = framed.head or Head((), 0)
        self._digests(head, block, where)
        self._notice_people(head, block, framed)
        last = records.address(head).rpartition("/")[2]
        size = framed.size - block.head_size
        other = records.not_a_document(head, block.http, size, lambda: not left_out(last, block.beginning))
        if other:
            self._others.add(other)
            self._look_into(head, block)
            return
        name = fit(records.identifier(head)) or str(row)
        base = self.opened.base
        member = Member(self.given.path, name, framed.start + base, framed.end + base, row, detail=self._software)
        yield self._names.told_apart(member, self.found)

    def _look_into(self, head: Head, block: _Block) -> None:
        """Looks through a payload that is no document for what it hides of people."""
        name = records.target(head)[-80:]
        if block.is_searched:
            payload = body_of(bytes(block.held[block.head_size :]), block.http, _MOST_HELD).data
            self._unseen.add(name, (payload,), payload[:HEAD])
        if records.is_unsearchable(records.media_type_stated(head, block.http)) or (block.is_searched and block.is_cut):
            self._unseen.leave(name, records.media_type_stated(head, block.http) or "payloads that are too large")

    def _faults(self, framed: Framed, where: Where) -> None:
        head = framed.head
        if head is None:
            code = "container.bomb" if framed.is_bomb else "warc.malformed-record"
            self.found.add(finding(code, where=where, found=framed.fault[:200]))
            return
        shown = f"{records.identifier(head)[:80]}: "
        if framed.fault:
            code = "container.bomb" if framed.is_bomb else "warc.malformed-record"
            code = "warc.record-cut-short" if framed.is_cut else code
            self.found.add(finding(code, where=where, found=(shown + framed.fault)[:240]))
        reason = head.first("warc-truncated")
        segment = head.first("warc-segment-number")
        if reason or segment:
            said = f"the crawler says: {reason[:40]}" if reason else f"segment {segment[:20]} of several"
            self.found.add(finding("warc.record-cut-short", where=where, found=shown + said))

    def _digests(self, head: Head, block: _Block, where: Where) -> None:
        if block.framed.is_cut or block.framed.is_bomb:
            return  # what is missing is said already
        for name, check in (("warc-block-digest", block.check_block), ("warc-payload-digest", block.check_payload)):
            written = head.first(name)
            stated = labelled(written) if written else None
            if stated is None:
                if written:
                    self._unchecked[f"{written.partition(':')[0][:20]} in {name}"] += 1
                continue
            wrong = check(stated)
            if wrong:
                shown = f"{records.identifier(head)[:80]}: {name} {wrong}"
                self.found.add(finding("warc.digest-mismatch", where=where, found=shown, expected=stated.written[:160]))

    def _notice_people(self, head: Head, block: _Block, framed: Framed) -> None:
        kind = records.kind_of_record(head)
        base = self.opened.base
        if kind == "warcinfo":
            fields = named_fields(bytes(block.held))
            self._hidden.update(name for name, value in fields if name in _PERSONAL and value)
            software = next((value for name, value in fields if name == "software"), "")
            self._hidden.update(PATH for _ in islice(users_in(bytes(block.held)), 1))
            self._software = (software[:400], framed.start + base, framed.end + base) if software else ()
        elif kind == "request":
            fields = named_fields(bytes(block.held[:LONGEST_HEAD]))
            self._hidden.update(f"{name} in requests" for name, value in fields if name in _SECRETS and value)
        elif block.http is not None and block.http.first("set-cookie"):
            self._hidden.add("set-cookie in responses")

    def _sum_up(self) -> None:
        where = Where(file=self.given.path)
        if self._hidden:
            said = f"what the crawl says of who made it: {', '.join(sorted(self._hidden))}"
            self.found.add(finding("original.hidden-personal-data", where=where, found=said))
        if self._unchecked:
            said = ", ".join(f"{count:,} {name}" for name, count in sorted(self._unchecked.items())[:12])
            self.found.add(finding("warc.digest-unchecked", where=where, found=said))
        if self._others.counts:
            self.found.add(not_documents(self.given, self._others))
        self.found.extend(self._unseen.findings())


class _Block:
    """The block of a record: what has to be known of it once its bytes went by."""

    def __init__(self, framed: Framed) -> None:
        self.framed = framed
        self.held = bytearray()
        self.http: Head | None = None
        self._is_whole = True
        self._hashers: dict[tuple[str, bool], hashlib._Hash] = {}

    @property
    def head_size(self) -> int:
        return self.http.size if self.http else 0

    def take(self) -> None:
        """Takes all pieces."""
        head = self.framed.head
        if head is None:
            return
        begun = False
        for piece in self._from_head_on():
            if not begun:
                self.http = records.block_head(head, piece)
                self._make_hashers(head)
                begun = True
                self._hash(piece, piece[self.head_size :])
            else:
                self._hash(piece, piece)
            self._hold(piece)
        if not begun:
            self._make_hashers(head)

    def _from_head_on(self) -> Iterator[bytes]:
        """The pieces, the first long enough to hold any head."""
        first = first_bytes(self.framed.pieces, LONGEST_HEAD)
        if first:
            yield first
        yield from self.framed.pieces

    def _make_hashers(self, head: Head) -> None:
        for name, of_payload in (("warc-block-digest", False), ("warc-payload-digest", True)):
            stated = labelled(head.first(name))
            if stated is not None:
                self._hashers[stated.algorithm, of_payload] = hashlib.new(stated.algorithm, usedforsecurity=False)

    def _hash(self, block: bytes, payload: bytes) -> None:
        for (_, of_payload), hasher in self._hashers.items():
            hasher.update(payload if of_payload else block)

    def _hold(self, piece: bytes) -> None:
        """Holds what is looked at later: heads of requests and crawls, and bodies that may have to be unwrapped."""
        most = _MOST_HELD if self._is_wrapped or self.is_searched else LONGEST_HEAD
        if self._is_whole and len(self.held) + len(piece) <= most:
            self.held += piece
        else:
            self.held += piece[: max(0, most - len(self.held))]
            self._is_whole = False

    @property
    def beginning(self) -> bytes:
        """The first bytes of the payload as its reader would see it."""
        return body_of(bytes(self.held[self.head_size :]), self.http, HEAD).data[:HEAD]

    @property
    def is_cut(self) -> bool:
        """Whether less is held than there is."""
        return not self._is_whole

    @property
    def is_searched(self) -> bool:
        """Whether it is a file that may hide something about people."""
        head = self.framed.head
        return head is not None and records.is_searched(head, self.http)

    @property
    def _is_wrapped(self) -> bool:
        return bool(self.http and (self.http.first("transfer-encoding") or self.http.first("content-encoding")))

    def check_block(self, stated: Labelled) -> str:
        """Empty where the digest is that of the block, else the one that the block has."""
        digest = self._hashers[stated.algorithm, False].digest()
        return "" if digest == stated.value else written_like(stated, digest)

    def check_payload(self, stated: Labelled) -> str:
        """The same for the payload: as it stands, without its chunks, or without its compression.

        Crawlers do not agree on which of these is the payload.
        """
        head = self.framed.head
        if head is None or records.kind_of_record(head) == "revisit":
            return ""  # a revisit states the digest of what it leaves out (ISO 28500:2017, 6.7.2)
        digest = self._hashers[stated.algorithm, True].digest()
        if digest == stated.value or (self.http is not None and self._matches_unwrapped(stated, self.http)):
            return ""
        return written_like(stated, digest)

    def _matches_unwrapped(self, stated: Labelled, http: Head) -> bool:
        if not self._is_wrapped:
            return False
        if not self._is_whole:
            return True  # too large to be tried, and nothing speaks against it
        payload = bytes(self.held[http.size :])
        return stated.matches(dechunked(payload).data) or stated.matches(body_of(payload, http, _MOST_HELD).data)
