# SPDX-License-Identifier: GPL-3.0-or-later
"""same.py TEXT JSON: whether all that a command says as text is in its JSON too.

A cell of the text is known where a value of the JSON is written so: a time in UTC, a
length of time with its unit, a boolean as on, off, yes or no, and null as what stands
for nothing. What is not known is printed.
"""
import datetime
import json
import re
import sys


def written(value):
    """All the ways in which a value stands in text."""
    if value is None:
        return {"never", "as the terminal says", ""}
    if isinstance(value, bool):
        return {"on", "yes", "ok"} if value else {"off", "no"}
    if isinstance(value, int):
        ways = {str(value)}
        if 0 < value < 1 << 40:
            moment = datetime.datetime.fromtimestamp(value, datetime.timezone.utc)
            ways.add(moment.strftime("%Y-%m-%d %H:%M:%S"))
        for unit, seconds in (("s", 1), ("m", 60), ("h", 3600), ("d", 86400)):
            if value % seconds == 0:
                ways.add(f"{value // seconds}{unit}")
        return ways
    if isinstance(value, list) and not any(isinstance(each, dict) for each in value):
        return {", ".join(value)}
    return {value} if isinstance(value, str) else set()


def still(text):
    """Without the free space, which is another from one run to the next."""
    return re.sub(r"\d+ MiB are free", "MiB are free", text)


def values(node):
    """What the JSON knows, at any depth."""
    known = written(node)
    if isinstance(node, list):
        for each in node:
            known |= values(each)
    if isinstance(node, dict):
        for key, each in node.items():
            known |= {key} | values(each)
    if isinstance(node, dict) and "advice" in node:
        known.add(f"{node['detail']} {node['advice']}".strip())
    return known


def rows(text):
    """The cells of each line. A table has titles in capitals; the names of facts are not said."""
    lines = [re.split(r"  +", line.strip()) for line in text.splitlines()]
    if lines[0][0].isupper():
        constant = lines[0].index("MEANING") if "MEANING" in lines[0] else len(lines[0])
        return [line[:constant] for line in lines[1:]]
    if all(len(line) == 2 for line in lines):
        return [line[1:] for line in lines]
    return lines


with open(sys.argv[1], encoding="utf-8") as text, open(sys.argv[2], encoding="utf-8") as data:
    known = {still(each) for each in values(json.load(data))}
    for row in rows(text.read()):
        for cell in row:
            if still(cell) not in known:
                print(f"{cell!r} is not in the JSON")
