# SPDX-License-Identifier: GPL-3.0-or-later
# last_words.py WAY FILE: a command whose end is easily lost.
#   full    writes lines until its terminal takes no more, notes in FILE how many, and ends with 3
#   leaves  the same, but a child of its holds the terminal open
#   floods  the same, but the child goes on writing
#   away    closes the terminal, and opens it again later
import os
import select
import signal
import sys
import time

WAY, FILE = sys.argv[1:]


def note(text):
    with open(FILE + ".new", "w", encoding="ascii") as file:
        file.write(text)
    os.rename(FILE + ".new", FILE)


def fill():
    os.set_blocking(1, False)
    number = 0
    while select.select([], [1], [], 1)[1]:
        number += 1
        line = b"line %d\n" % number
        while line:
            try:
                line = line[os.write(1, line):]
            except BlockingIOError:
                if not select.select([], [1], [], 1)[1]:
                    number -= 1  # it came by half
                    break
    note(str(number))


def child():
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    if WAY == "floods":
        # What blocks is the terminal's, not the process's: only once the other is done.
        while not os.path.exists(FILE):
            time.sleep(0.01)
        os.set_blocking(1, True)
    while WAY == "floods":
        os.write(1, b"flood\n")
    time.sleep(4450)


if WAY == "away":
    for number in range(3):
        os.close(number)
    time.sleep(0.3)
    terminal = os.open("/dev/tty", os.O_RDWR)
    os.write(terminal, b"back again\n")
    sys.exit(4)
if WAY in ("leaves", "floods") and os.fork() == 0:
    os.setpgid(0, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    child()
fill()
os._exit(3)
