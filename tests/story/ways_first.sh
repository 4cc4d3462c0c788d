#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The ways round from the first run to the recovery codes.
. "${top_srcdir:-.}/tests/story/ways.sh"
make_plain
round first-run configure key codes
finish
