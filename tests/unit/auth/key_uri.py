# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads key URIs, one a line, with urllib and answers a line each: what an authenticator would make of them.

label issuer (or "-" without one), account, secret, issuer parameter: the texts as hexadecimal UTF-8.
"""
import sys
import urllib.parse


def hexed(text):
    return text.encode("utf-8", "strict").hex() or "empty"


def read(line):
    parts = urllib.parse.urlsplit(line)
    if (parts.scheme, parts.netloc, parts.fragment) != ("otpauth", "totp", ""):
        raise ValueError("not a key URI")
    before, colon, after = parts.path[1:].partition(":")
    issuer, account = (before, after) if colon else (None, before)
    query = urllib.parse.parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True, errors="strict")
    if [name for name, _ in query] != ["secret", "issuer"]:
        raise ValueError("not these two parameters")
    unquote = urllib.parse.unquote
    return " ".join(
        [
            "-" if issuer is None else hexed(unquote(issuer, errors="strict")),
            hexed(unquote(account, errors="strict")),
            query[0][1],
            hexed(query[1][1]),
        ]
    )


for line in sys.stdin:
    print(read(line.rstrip("\n")))
