#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every emulator by every route to the console: a scanner reads from the pixels of the first drawing
# exactly the key URI that the console shows. (`make pixels` measures types and themes too.)
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/xterm.bash"
. "${top_srcdir:-.}/tests/pixels/pixels.bash"

# Debian's screen.mlterm, which screen picks by itself there, says that what is erased takes the
# colour of the background. That is true of mlterm, and not of screen: light rows are lost.
deceived() {
	[ "$1 $2" = 'mlterm screen' ]
}

pixels_begin
for emulator in "${EMULATORS[@]}"; do
	for route in "${ROUTES[@]}"; do
		deceived "$emulator" "$route" && PATIENCE=1 || PATIENCE=20
		through "$emulator" "$route" dark
		deceived "$emulator" "$route" && wanted='^(first|v)$' || wanted='^first$'
		like "$emulator, $route" "$FOUND" "$wanted"
	done
done
finish
