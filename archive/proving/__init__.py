"""Proves what a bag of ours says of itself: that records, passages, tables and counts follow from what it holds.

`derivation` does it without a judgement of its own; `reproduction` runs the labelling again. Both look only at what
was found whole before: where a file is damaged, what needs it is skipped, and a finding says so.
"""

from __future__ import annotations

from archive.proving.derivation import prove
from archive.proving.reproduction import reproduce
from archive.proving.subject import Subject, skipped

__all__ = ["Subject", "prove", "reproduce", "skipped"]
