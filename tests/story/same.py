# SPDX-License-Identifier: GPL-3.0-or-later
"""same.py TEXT JSON: whether all that a command says as text is in its JSON too.

A cell of the text is known where a value of the JSON is written so: a time in UTC, a
length of time with its unit, a boolean as on, off, yes or no, and null as what stands
for nothing. Of a table, whose titles are in capitals, each column has a member of its own
that says the same in every row. What is not known is printed.
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


def cells(line):
    """What stands in a row; an empty cell leaves nothing."""
    return re.split(r"  +", line.strip())


def keys_of(column, data):
    """The members that say in each object what the column says in its row."""
    return [key for key in data[0]
            if all(cell in written(row[key]) for cell, row in zip(column, data))]


def told(title, columns, taken):
    """A member for this column and, if need be, other ones for those before: each has its own."""
    for key in columns[title]:
        if key in taken[1]:
            continue
        taken[1].add(key)
        other = taken[0].get(key)
        if other is None or told(other, columns, taken):
            taken[0][key] = title
            return True
    return False


def table(lines, data):
    """Columns are told apart in the rows without an empty cell; in others each cell is known."""
    titles, rows = cells(lines[0]), [cells(line) for line in lines[1:]]
    if not rows and not data:
        return
    pairs = list(zip(rows, data))
    whole = [pair for pair in pairs if len(pair[0]) == len(titles)]
    if len(rows) > len(data) or not whole:
        print(f"{len(rows)} rows, {len(whole)} of them whole, {len(data)} in the JSON")
        return
    columns = {title: keys_of([row[i] for row, _ in whole], [each for _, each in whole])
               for i, title in enumerate(titles)}
    owner = {}
    for title in titles:
        if not told(title, columns, (owner, set())):
            print(f"no member says what stands in the column {title}")
    for row, each in pairs:
        for cell in row:
            if cell not in values(each):
                print(f"{cell!r} is not in its row of the JSON")


def facts(lines, data):
    """Lines of cells, or of a fact and its name, which is not said."""
    known = {still(each) for each in values(data)}
    rows = [cells(line) for line in lines]
    if all(len(row) == 2 for row in rows):
        rows = [row[1:] for row in rows]
    for cell in (cell for row in rows for cell in row):
        if still(cell) not in known:
            print(f"{cell!r} is not in the JSON")


with open(sys.argv[1], encoding="utf-8") as text, open(sys.argv[2], encoding="utf-8") as json_text:
    lines, data = text.read().splitlines(), json.load(json_text)
    if lines[0].split("  ")[0].isupper():
        table(lines, data)
    else:
        facts(lines, data)
