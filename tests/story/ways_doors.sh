#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The ways round at the doors of who has been here before.
. "${top_srcdir:-.}/tests/story/ways.sh"
make_two
round sign-in code recovery resync
make_plain
round new-password
finish
