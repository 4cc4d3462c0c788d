#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The first drawing of the QR code of a name of any length is read from the pixels of an xterm of
# 80x24, in several fonts and sizes: where lines touch, and where they stand apart, as many
# terminals have them and as U+2584 then leaves a seam in each row.
. "${top_srcdir:-.}/tests/story/lib.sh"

need Xvfb xterm xdotool import zbarimg fc-list

. "${top_srcdir:-.}/tests/story/xterm.bash"

NAME=claire.of.the.second.line.of.operators.of.the.console.of.provence
FONTS=('DejaVu Sans Mono' 'Liberation Mono' 'Noto Mono')

# reads NAME: its QR code is on the screen
reads() {
	scan && [ "$(sed -E 's,^otpauth://totp/(ProVconnect:)?,,; s/\?.*//' <<<"$URI")" = "$1" ]
}

# Prints the names that are not read, in the xterm that shows them by turns.
unread() {
	local name

	for name; do
		until_ok reads "$name" || echo "$name"
		press n
	done
}

# names WHAT LENGTH…: of so many letters, in an xterm with XTERM_OPTIONS
names() {
	local what=$1 names=() length

	shift
	for length; do
		names+=("${NAME:0:length}")
	done
	xterm_run 80x24 white black xterm-256color "$top_builddir/tests/story/qr_names" \
		"${names[@]}"
	is "$what" "$(unread "${names[@]}")" ""
	xterm_close
}

start_x
found=0
for font in "${FONTS[@]}"; do
	[ -n "$(fc-list "$font")" ] || continue
	found=$((found + 1))
	for size in 8 11 14; do
		for height in 1.0 1.2; do
			XTERM_OPTIONS=(-fa "$font" -fs "$size" -xrm "*scaleHeight: $height")
			names "29 letters: $font, $size points, lines of $height" 29
		done
	done
done
[ "$found" -gt 0 ]
ok $? "there is a font to see them in"

XTERM_OPTIONS=(-xrm '*scaleHeight: 1.2')
# shellcheck disable=SC2046 # a list of numbers
names "1 to 64 letters, lines of 1.2" $(seq 64)
finish
