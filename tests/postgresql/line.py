#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""line.py SOCKET MOOD [SECONDS]

A network to a database: a port of 127.0.0.1, which is printed, leads to that socket, and each byte
is on its way for SECONDS. What the file MOOD says when something comes (no file: pass):

  pass    it goes on to the other side
  hole    it is kept back, and nobody is told: no byte, no end
  commit WORD [THEN]  as pass, until the keeper says COMMIT of something in which it said WORD: the
                      database hears it, and both lines are cut before it answers; MOOD says THEN
                      from then on (pass)
  cut WORD [THEN]     the same, but the database does not hear it
"""
import collections
import os
import socket
import sys
import threading
import time

SOCKET, MOOD = sys.argv[1:3]
DELAY = float(sys.argv[3]) if len(sys.argv) > 3 else 0


def mood():
    try:
        with open(MOOD, encoding="ascii") as file:
            return file.read().strip()
    except FileNotFoundError:
        return "pass"


def wait_in_hole():
    while mood() == "hole":
        time.sleep(0.02)


class Pair:
    """A line of the keeper's, and the one of the database that it is led to."""

    def __init__(self, keeper):
        self.keeper = keeper
        self.database = socket.socket(socket.AF_UNIX)
        self.database.connect(SOCKET)
        self.lost = False
        self.said = b""  # by the keeper, since its last COMMIT

    def cut(self):
        for end in (self.keeper, self.database):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def is_due(self, data):
        """Whether this is the COMMIT that is to be lost; a keeper has others, too."""
        self.said += data
        if b"COMMIT\0" not in data:
            return False
        said, self.said = self.said, b""
        what, *word = mood().split()
        return what in ("commit", "cut") and word[0].encode() in said

    def lose(self, data):
        """The database has done it when it answers; the answer goes nowhere."""
        what, _, *then = mood().split()
        self.lost = True
        with open(MOOD + ".new", "w", encoding="ascii") as file:
            file.write(then[0] if then else "pass")
        os.rename(MOOD + ".new", MOOD)
        if what == "commit":
            self.database.sendall(data)
            time.sleep(0.5)
        self.cut()


class Way:
    """What goes one way; what has come is due a delay later."""

    def __init__(self, pair, source, target):
        self.pair, self.source, self.target = pair, source, target
        self.due = collections.deque()
        self.came = threading.Semaphore(0)
        for work in (self.hear, self.tell):
            threading.Thread(target=work, daemon=True).start()

    def hear(self):
        data = b"-"
        while data:
            try:
                data = self.source.recv(65536)
            except OSError:
                data = b""
            wait_in_hole()
            self.due.append((time.monotonic() + DELAY, data))
            self.came.release()

    def bring(self, data):
        to_database = self.target is self.pair.database
        if to_database and self.pair.is_due(data):
            self.pair.lose(data)
        elif not self.pair.lost:
            self.target.sendall(data)

    def tell(self):
        data = b"-"
        while data:
            self.came.acquire()
            at, data = self.due.popleft()
            if at > time.monotonic():
                time.sleep(at - time.monotonic())
            try:
                self.bring(data)
            except OSError:
                data = b""
        self.pair.cut()


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        keeper, _ = listener.accept()
        keeper.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wait_in_hole()
        try:
            pair = Pair(keeper)
        except OSError:
            keeper.close()
            continue
        Way(pair, pair.keeper, pair.database)
        Way(pair, pair.database, pair.keeper)


main()
