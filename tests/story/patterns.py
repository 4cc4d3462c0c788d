# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets -> every form in which bytes of them may lie about, for `search`.

Standard input: a line a secret, NAME KIND VALUE between tabs. KIND: password, key (Base32), code, recovery.
Pieces are looked for as well as wholes, since what is half overwritten is half told.
"""
import base64
import sys

CELL = 28  # bytes of a cell of ncurses: attributes, five wide characters, colours


def pieces(data, size):
    return {data[i:i + size] for i in range(max(1, len(data) - size + 1))}


def encoded(data, size):
    """Hex, Base64 and Base32 of the bytes, wherever in a longer run they begin."""
    for text in (data.hex(), data.hex().upper()):
        yield "hex", pieces(text.encode(), 2 * size)
    for form, encode, group in (("base64", base64.b64encode, 3), ("base32", base64.b32encode, 5)):
        width = 4 if group == 3 else 8
        for skip in range(group):
            whole = encode(data[skip:]).decode().rstrip("=")
            # The last characters depend on what follows.
            whole = whole[:len(data[skip:]) * 8 // (6 if group == 3 else 5)]
            if len(whole) >= width:
                yield form, pieces(whole.encode(), min(len(whole), size * width // group))


def texts(text, size):
    data = text.encode()
    yield "text", pieces(data, size)
    wide = {piece.decode().encode("utf-32-le") for piece in pieces(data, size)}
    yield "utf-32", wide
    yield "cells", wide


def forms(kind, value):
    if kind == "password":
        yield from texts(value, 8)
        yield from encoded(value.encode(), 8)
    elif kind == "code":
        yield from texts(value, len(value))
        yield from encoded(value.encode(), len(value))
    elif kind == "key":
        raw = base64.b32decode(value)
        groups = " ".join(value[i:i + 4] for i in range(0, len(value), 4))
        yield "raw", pieces(raw, 8)
        yield from texts(value, 12)
        yield from texts(value.lower(), 12)
        yield from ((form, some) for form, some in texts(groups, 9))
        for data in (raw, value.encode()):
            yield from ((form, some) for form, some in encoded(data, 8) if (data, form) != (raw, "base32"))
    elif kind == "recovery":
        bare = value.replace("-", "")
        raw = base64.b32decode(bare)
        yield "raw", pieces(raw, 8)
        yield from texts(value, 9)
        yield from texts(bare, 8)
        yield from texts(value.lower(), 9)
        for data in (raw, value.encode()):
            yield from ((form, some) for form, some in encoded(data, 8) if (data, form) != (raw, "base32"))
    else:
        sys.exit("patterns: " + kind)


for line in sys.stdin:
    name, kind, value = line.rstrip("\n").split("\t")
    for form, some in forms(kind, value):
        unit, stride = (4, CELL) if form == "cells" else (None, None)
        for piece in sorted(some):
            print(f"{name} ({form})", unit or len(piece), stride or len(piece), piece.hex(), sep="\t")
