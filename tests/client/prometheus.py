# SPDX-License-Identifier: GPL-3.0-or-later
"""prometheus.py [SAMPLE...] <TEXT

Reads the text format of Prometheus, version 0.0.4, as strictly as promtool's lint does: one family
after the other, HELP and TYPE once before its samples, each sample once, counters that end in
_total and only these, escapes that there are, a line end at the end. Prints the values of samples,
written as in the text, a line each; without any, the names of all families. Status 1, and why, if
it is no such text.
"""
import re
import sys

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
HELP = re.compile(rf"# HELP ({NAME}) ((?:[^\\\n]|\\[\\n])+)")
TYPE = re.compile(rf"# TYPE ({NAME}) (gauge|counter)")
SAMPLE = re.compile(rf"(({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})?) (-?[0-9]+)")
UNITS = ("_milliseconds", "_minutes", "_kib", "_mib", "_percent")


def wrong(what):
    sys.exit(f"{what}")


def read(text):
    if not text.endswith("\n"):
        wrong("no line end at the end")
    families, samples, name, kind = [], {}, None, None
    for line in text[:-1].split("\n"):
        if form := HELP.fullmatch(line):
            if form[1] in families:
                wrong(f"twice: {line}")
            if families and kind is None:
                wrong(f"no type before: {line}")
            name, kind = form[1], None
            families.append(name)
        elif form := TYPE.fullmatch(line):
            if form[1] != name or kind is not None:
                wrong(f"out of place: {line}")
            kind = form[2]
            if (kind == "counter") != name.endswith("_total") or name.endswith(UNITS):
                wrong(f"a bad name: {line}")
        elif form := SAMPLE.fullmatch(line):
            if form[2] != name or kind is None or form[1] in samples:
                wrong(f"out of place: {line}")
            keys = re.findall(r'([a-zA-Z_][a-zA-Z0-9_]*)="(?:[^"\\]|\\.)*"', form[3] or "")
            if len(set(keys)) != len(keys) or (kind == "counter" and int(form[4]) < 0):
                wrong(f"a bad sample: {line}")
            samples[form[1]] = form[4]
        else:
            wrong(f"no such line: {line!r}")
    for family in families:
        if not any(re.split("[{ ]", sample)[0] == family for sample in samples):
            wrong(f"no sample of {family}")
    return families, samples


families, samples = read(sys.stdin.buffer.read().decode("utf-8"))
for sample in sys.argv[1:] or families:
    print(samples.get(sample, "none") if sys.argv[1:] else sample)
