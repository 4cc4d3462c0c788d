# SPDX-License-Identifier: GPL-3.0-or-later
"""A terminal that types without end, until the console, told to leave by SIGTERM, has left.

    endless.py WORD BYTES PROGRAM ARGUMENT...

BYTES (Python's escapes) are typed again and again from the moment that WORD is on the screen. Says how
the console ended, and whether the modes of the terminal are as they were."""
import os
import select
import signal
import sys
import termios
import time

word, typed, program = sys.argv[1].encode(), sys.argv[2], sys.argv[3:]
block = typed.encode().decode("unicode_escape").encode("latin-1")
block = block * (65536 // len(block))
deadline = time.monotonic() + float(os.environ.get("TEST_DEADLINE", "40"))

master, slave = os.openpty()
termios.tcsetwinsize(slave, (24, 80))
before = termios.tcgetattr(slave)
pid = os.fork()
if pid == 0:
    os.login_tty(slave)
    os.execvp(program[0], program)
os.set_blocking(master, False)

shown, told, status = b"", None, 0
while status == 0 and time.monotonic() < deadline:
    seen = word in shown
    readable, writable, _ = select.select([master], [master] if seen else [], [], 0.05)
    if readable:
        shown = (shown + os.read(master, 65536))[-65536:]
    if writable:
        try:
            os.write(master, block)
        except BlockingIOError:
            continue
        if told is None:
            told = time.monotonic() + 1
    if told and time.monotonic() > told:
        os.kill(pid, signal.SIGTERM)
    ended, wait = os.waitpid(pid, os.WNOHANG)
    status = wait if ended else 0
if not told or status == 0:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    sys.exit("it does not end" if told else "it never began")
print(f"exit {os.waitstatus_to_exitcode(status)},",
      "modes back" if termios.tcgetattr(slave) == before else "modes lost")
