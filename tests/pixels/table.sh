#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The tables of README's section on terminals: `make pixels` prints them, and leaves them in
# pixels.md of the build tree. Each cell is a console of its own in a terminal emulator of its own,
# signed in to up to the QR code; a scanner looks at a picture of that screen. qrencode's and
# google-authenticator's drawings are looked at in the same terminals in the same run. Into README:
#
#   sed -i -e '/<!-- pixels -->/,/<!-- end of pixels -->/{//!d}' \
#       -e '/<!-- pixels -->/r build/pixels.md' README.md
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/xterm.bash"
. "${top_srcdir:-.}/tests/pixels/pixels.bash"
need qrencode google-authenticator

# What xterm says that it is
TYPES=(xterm-256color screen-256color tmux-256color putty-256color xterm-direct tmux-direct
	xterm-16color xterm screen linux ansi vt220)
PEERS=('qrencode -t ANSIUTF8' 'qrencode -t ANSI256UTF8' 'qrencode -t UTF8' google-authenticator)
mapfile -t THEMES < <(themes | cut -d '|' -f 1)
THEIRS="otpauth://totp/ProVconnect:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=ProVconnect"
declare -A SUM=()

# mark ROW: what a cell says of FOUND; and the sums of its row, and of types and themes in xterm
mark() {
	case $FOUND in
	first) CELL=✓ ;;
	v) CELL=v ;;
	none) CELL=- ;;
	*) give_up "$1: $FOUND" ;;
	esac
	case $1:$FOUND in
	'xterm, '*:first) FIRST=$((FIRST + 1)) ;;
	'xterm, '*:v) LATER=$((LATER + 1)) ;;
	esac
	SUM[$1.$FOUND]=$((${SUM[$1.$FOUND]-0} + 1))
}

# line NAME COUNT CELL…: of a table; how many are read at first, and with v
line() {
	local first=${SUM[$1.first]-0} v=${SUM[$1.v]-0}

	printf '| %s | ' "$1"
	printf '%s | ' "${@:3}"
	printf '%s of %s | %s of %s |\n' "$first" "$2" $((first + v)) "$2"
}

# heading WORD…
heading() {
	printf '| | '
	printf '%s | ' "$@"
	printf 'first | with v |\n|---|'
	printf -- '---|%.0s' "$@"
	echo '--:|--:|'
}

routes_table() {
	local emulator route cells

	heading "${ROUTES[@]/straight/no route}"
	for emulator in "${EMULATORS[@]}"; do
		cells=()
		for route in "${ROUTES[@]}"; do
			through "$emulator" "$route" dark
			mark "$emulator"
			cells+=("$CELL")
		done
		line "$emulator" ${#ROUTES[@]} "${cells[@]}"
	done
}

# themes_line NAME EMULATOR TERM: one row of the themes
themes_line() {
	local theme cells=() count=0

	for theme in "${THEMES[@]}"; do
		# PuTTY lets nobody set more than 16 colours.
		if [ "$2" = pterm ] && [ "$theme" = '16 is 231' ]; then
			cells+=('')
			continue
		fi
		through "$2" straight "$theme" "$3"
		mark "$1"
		cells+=("$CELL")
		count=$((count + 1))
	done
	line "$1" $count "${cells[@]}"
}

themes_table() {
	local type emulator peer

	heading "${THEMES[@]}"
	for type in "${TYPES[@]}"; do
		themes_line "xterm, \`$type\`" xterm "$type"
	done
	for emulator in "${EMULATORS[@]:1}"; do
		themes_line "$emulator" "$emulator" ''
	done
	for peer in "${PEERS[@]}"; do
		peer_line "$peer"
	done
}

# --- the others ----------------------------------------------------------------------------

# shown PEER: its drawing stands on the screen until a key is pressed
shown() {
	case $1 in
	qrencode*) echo "$1 '$THEIRS'" ;;
	*)
		rm -f "$WORK/google"
		echo "google-authenticator -t -d -f -u -w 3 -C -l alice -i ProVconnect" \
			"-s $WORK/google"
		;;
	esac
	echo "echo; echo it is drawn; read key"
}

google_uri() {
	echo "otpauth://totp/alice?secret=$(head -n 1 "$WORK/google")&issuer=ProVconnect"
}

# Exactly what it was given, or what google-authenticator left in its file
read_theirs() {
	[ "$1" != google-authenticator ] || THEIRS=$(google_uri)
	FOUND=none
	READ=
	! read_soon || FOUND=first
	[ -z "$READ" ] || [ "$READ" = "$THEIRS" ] || FOUND="another: $READ, and not $THEIRS"
}

# In an xterm with so many lines that all of it is seen
peer_line() {
	local theme cells=() theirs=$THEIRS SHOWN=90x56

	for theme in "${THEMES[@]}"; do
		shown "$1" >"$WORK/peer"
		open_through xterm straight "$theme" '' bash "$WORK/peer"
		until_ok drawn 'it is drawn' || give_up "$1 draws nothing."
		read_theirs "$1"
		close_through
		THEIRS=$theirs
		mark "$1"
		cells+=("$CELL")
	done
	line "$1" ${#THEMES[@]} "${cells[@]}"
}

tables() {
	routes_table
	echo
	SUM=() FIRST=0 LATER=0
	themes_table
	echo
	echo "Of the $((${#TYPES[@]} * ${#THEMES[@]})) pairs of a type and a theme in xterm, the first" \
		"drawing is read in $FIRST, and with \`v\` $((FIRST + LATER))."
}

pixels_begin
tables | tee "$top_builddir/pixels.md"
