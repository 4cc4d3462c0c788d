# SPDX-License-Identifier: GPL-3.0-or-later
"""host_log.py SOCKET FILE

The host's log: what comes to SOCKET as syslog(3) sends it stands in FILE as
/var/log/auth.log has it, "Mon DD HH:MM:SS HOST PROGRAM: TEXT", and nothing is escaped, so that
a line end in a message is one in the file.
"""
import os
import re
import socket
import sys

FORM = re.compile(rb"<\d+>(\w{3} [ \d]\d \d\d:\d\d:\d\d) (.*)", re.S)

log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
log.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o666)
with open(sys.argv[2], "ab", buffering=0) as out:
    while True:
        form = FORM.match(log.recv(65536).rstrip(b"\0\n"))
        out.write(b"%s bastion %s\n" % form.groups() if form else b"no syslog\n")
