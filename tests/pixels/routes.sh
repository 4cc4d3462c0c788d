#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every emulator by every route to the console: a scanner reads from the pixels of the first drawing
# exactly the key URI that the console shows. (`make pixels` measures types and themes too.)
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/xterm.bash"
. "${top_srcdir:-.}/tests/pixels/pixels.bash"

PATIENCE=20
pixels_begin
for emulator in "${EMULATORS[@]}"; do
	for route in "${ROUTES[@]}"; do
		through "$emulator" "$route" dark
		like "$emulator, $route" "$FOUND" '^first$'
	done
done
finish
