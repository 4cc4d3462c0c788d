# SPDX-License-Identifier: GPL-3.0-or-later
# odd.py WAY MARK: commands that show or do what recorders and terminals stumble over.
import errno
import os
import signal
import sys
import termios
import time


def split():
    """Characters cut between two writes, and ones that never become whole."""
    for piece in (b"gr\xc3", b"\xbcn\n", b"euro \xe2", b"\x82", b"\xac\n", b"half \xf0\x9f",
                  b"A\n", b"nul a\0b\n", b"c1 \xc2\x9b31m\n", b"end \xe2\x82"):
        os.write(1, piece)
        time.sleep(0.03)


def line():
    """One line of three million characters, without its end."""
    block = b"x" * 30000
    for _ in range(100):
        os.write(1, block)
    os.write(1, b"last")


def background(number):
    """The leader is no more in the foreground, and reads or sets modes all the same: whoever has no
    parent in its session is not stopped for that, but gets EIO (termios(3), orphaned groups)."""
    if os.fork() == 0:
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpgrp())
        print("foreground", flush=True)
        time.sleep(4454)
    while os.tcgetpgrp(0) == os.getpgrp():
        time.sleep(0.01)
    try:
        if number == signal.SIGTTIN:
            os.read(0, 1)
        else:
            termios.tcsetattr(0, termios.TCSANOW, termios.tcgetattr(0))
    except (OSError, termios.error) as error:
        sys.exit(6 if error.args[0] == errno.EIO else 7)


{"split": split, "line": line, "ttin": lambda: background(signal.SIGTTIN),
 "ttou": lambda: background(signal.SIGTTOU)}[sys.argv[1]]()
