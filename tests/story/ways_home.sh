#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The ways round behind the doors.
. "${top_srcdir:-.}/tests/story/ways.sh"
make_open
round home account help settings
finish
