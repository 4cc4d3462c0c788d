#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What comes on the socket and is no request: those clients are cut off, and nobody else notices.
. "${top_srcdir:-.}/tests/story/lib.sh"

make_state alice
"$top_builddir/tests/client/nonsense" "$STATE"
