#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every emulator by every route to the console: a scanner reads from the pixels of the first drawing
# exactly the key URI that the console shows; and so it does in themes that have black and white
# exchanged or made alike, whatever number of colours the type has. (`make pixels` measures all types
# and themes.)
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
while IFS='|' read -r emulator theme term <&7; do
	through "$emulator" straight "$theme" "$term"
	like "$emulator, $theme, ${term:-its own type}" "$FOUND" '^first$'
done 7<<'END'
xterm|16 is 231|xterm-256color
xterm|16 is 231|screen-256color
xterm|base16 light|xterm-16color
xterm|0 and 7 swapped|xterm
xterm|0 and 7 swapped|linux
xterm|base16 light|ansi
xterm|light|vt220
urxvt|16 is 231|
pterm|0 and 7 swapped|
st|16 is 231|
mlterm|base16 light|
END
finish
