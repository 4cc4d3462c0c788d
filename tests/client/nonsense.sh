#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What comes on the socket and is no request: those clients are cut off, and nobody else notices.
. "${top_srcdir:-.}/tests/story/lib.sh"

pc init --user alice --password-stdin <<<"$PASSWORD" 2>/dev/null || give_up "There is no state."
"$top_builddir/tests/client/nonsense" "$STATE"
