#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A menu of inner hosts: who has signed in reaches db1 and web1 from Commands, or by
# `ssh -t console@HOST db1`, and nothing else. Root runs this once; the inner hosts take the key of
# the UNIX user jump, which no person ever holds. What is seen there is recorded.
set -e

useradd --system --create-home --home-dir /var/lib/jump --shell /usr/sbin/nologin jump
runuser -u jump -- ssh-keygen -q -t ed25519 -N '' -f /var/lib/jump/.ssh/id_ed25519
provconsole command add db1 --title 'Log in to db1' --role administrator --as jump --record -- /usr/bin/ssh -t operator@db1.example.net
provconsole command add web1 --title 'Log in to web1' --role operator --role administrator --as jump --record -- /usr/bin/ssh -t operator@web1.example.net
