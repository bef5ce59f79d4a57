"""Which addresses nobody should let a program fetch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.bags.addresses import danger

PUBLIC = [
    "http://example.org/a",
    "https://example.org:8443/a%20b?c#d",
    "HTTPS://EXAMPLE.ORG./",
    "ftp://ftp.example.org/a",
    "http://8.8.8.8/",
    "http://134744072/",
    "http://[2001:4860:4860::8888]/",
    "http://[::ffff:8.8.8.8]/",
    "s3://bucket/key",
    "http://bücher.example.org/",
    "http://me@example.org/",
]
DANGEROUS = [
    "file:///etc/passwd",
    "javascript:alert(1)",
    "gopher://example.org/",
    "http:///a",
    "http://localhost/",
    "http://LocalHost.:80/",
    "http://a.localhost/",
    "http://printer/",
    "http://nas.local/",
    "http://metadata.google.internal/",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://0x7f.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://999.1.1.1/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://224.0.0.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://example.org@127.0.0.1/",
    "http://127.0.0.1\\@example.org/",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://exa mple.org/",
    "http://[::1/",
    "http://example.org:port/",
    "http://a,b.example/",
]


@pytest.mark.parametrize("url", PUBLIC)
def test_public(url: str) -> None:
    assert danger(url) == ""


@pytest.mark.parametrize("url", DANGEROUS)
def test_dangerous(url: str) -> None:
    assert danger(url)


@given(st.text(max_size=60), st.sampled_from(["", "http://", "http://[", "file://", "s3://"]))
def test_nothing_raises(text: str, scheme: str) -> None:
    assert isinstance(danger(scheme + text), str)
