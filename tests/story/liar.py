# SPDX-License-Identifier: GPL-3.0-or-later
"""A terminal that lies about its colours: stands between one and a program.

    liar.py LIES PROGRAM ARGUMENT...

LIES is what it says of each, as 16=ff/ff/ff,p=00/00/00: of a number, or of its own two colours (i, p: ink
and paper). Each answer comes late, and in two pieces, between which no key comes. What it is asked else goes
on."""
import os
import re
import select
import sys
import termios
import time
import tty

LATE, GAP = 0.3, 0.1  # seconds
OWN = {"i": b"10", "p": b"11"}
QUESTION = re.compile(rb"\x1b\]((?:4;)?\d+);\?\x07")

lies = {}
for lie in sys.argv[1].split(","):
    which, colour = lie.split("=")
    lies[OWN.get(which, b"4;" + which.encode())] = b"rgb:" + colour.encode()

pid, master = os.forkpty()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
termios.tcsetwinsize(master, termios.tcgetwinsize(0))
before = termios.tcgetattr(0)
tty.setraw(0, termios.TCSADRAIN)
due = []  # (when, bytes, whether the first piece of an answer)


def lied(question):
    """Takes a question, and makes the answer due."""
    which = question.group(1)
    at = due[-1][0] if due else time.monotonic() + LATE
    if which in lies:
        answer = b"\x1b]" + which + b";" + lies[which] + b"\x07"
        due.extend([(at, answer[:9], True), (at + GAP, answer[9:], False)])
    return b""


try:
    while True:
        wait = max(0, due[0][0] - time.monotonic()) if due else None
        keys = [] if due and not due[0][2] else [0]
        readable = select.select([master] + keys, [], [], wait)[0]
        if 0 in readable:
            os.write(master, os.read(0, 4096))
        while due and due[0][0] <= time.monotonic():
            os.write(master, due.pop(0)[1])
        if master in readable:
            os.write(1, QUESTION.sub(lied, os.read(master, 65536)))
except OSError:
    pass  # the program has left
finally:
    termios.tcsetattr(0, termios.TCSADRAIN, before)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
