#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""no_mlock.py PROGRAM ARGUMENT...: runs it where mlock(2) is refused with EPERM, as under
systemd-nspawn (seccomp, which its children inherit)."""
import ctypes
import errno
import os
import platform
import struct
import sys

NUMBERS = {"x86_64": 149, "aarch64": 228}
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, MODE_FILTER = 38, 22, 2
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, ERRNO = 0x7FFF0000, 0x00050000


def main():
    steps = [
        (LOAD, 0, 0, 0),  # the call's number
        (EQUAL, 0, 1, NUMBERS[platform.machine()]),
        (RETURN, 0, 0, ERRNO | errno.EPERM),
        (RETURN, 0, 0, ALLOW),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HxxxxxxQ", len(steps), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    for call in (
        (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (PR_SET_SECCOMP, MODE_FILTER, ctypes.create_string_buffer(program), 0, 0),
    ):
        if libc.prctl(*call) != 0:
            sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    os.execv(sys.argv[1], sys.argv[1:])


main()
