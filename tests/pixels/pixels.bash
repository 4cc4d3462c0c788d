# SPDX-License-Identifier: GPL-3.0-or-later
# The QR code of the configure screen in real terminal emulators, by real routes, read back from
# their pixels. Sourced after lib.sh and xterm.bash.
#
#   pixels_begin                             a state, an X server, an sshd on loopback
#   through EMULATOR ROUTE THEME [TERM]      signs in there; leaves in FOUND what the QR code was
#                                            read from (first, v, none), and in READ what was read
EMULATORS=(xterm urxvt pterm st mlterm)
ROUTES=(straight tmux screen 'tmux in tmux' ssh mosh)
PATIENCE=3	# seconds, for a drawing that cannot be read
SHOWN=80x24

# --- the colours ---------------------------------------------------------------------

# Name, paper, ink, and colours by number as their authors have them. The last but one is what 8
# colours dread, and the last what 256 dread: base16's scripts make 16 an orange, here 231 too.
themes() {
	local solarized='0 073642 1 dc322f 2 859900 3 b58900 4 268bd2 5 d33682 6 2aa198 7 eee8d5
		8 002b36 9 cb4b16 10 586e75 11 657b83 12 839496 13 6c71c4 14 93a1a1 15 fdf6e3'

	tr -s '\n\t ' ' ' <<END | tr '/' '\n' | sed 's/^ //'
light|ffffff|000000| /
dark|000000|ffffff| /
solarized dark|002b36|839496|$solarized /
solarized light|fdf6e3|657b83|$solarized /
dracula|282a36|f8f8f2|0 21222c 1 ff5555 2 50fa7b 3 f1fa8c 4 bd93f9 5 ff79c6 6 8be9fd 7 f8f8f2
	8 6272a4 9 ff6e6e 10 69ff94 11 ffffa5 12 d6acff 13 ff92df 14 a4ffff 15 ffffff /
gruvbox|282828|ebdbb2|0 282828 1 cc241d 2 98971a 3 d79921 4 458588 5 b16286 6 689d6a 7 a89984
	8 928374 9 fb4934 10 b8bb26 11 fabd2f 12 83a598 13 d3869b 14 8ec07c 15 ebdbb2 /
base16 light|f8f8f8|383838|0 f8f8f8 1 ab4642 2 a1b56c 3 f7ca88 4 7cafc2 5 ba8baf 6 86c1b9 7 383838
	8 b8b8b8 9 ab4642 10 a1b56c 11 f7ca88 12 7cafc2 13 ba8baf 14 86c1b9 15 181818 /
0 and 7 swapped|000000|ffffff|0 f0f0e8 7 181820 15 181820 /
16 is 231|000000|ffffff|16 dc9656 231 dc9656 /
END
}

# theme NAME EMULATOR: PAPER, INK, and in PALETTE what makes that terminal have these colours
theme() {
	local name numbers list

	IFS='|' read -r name PAPER INK numbers < <(themes | grep -F -- "$1|") ||
		give_up "There is no theme $1."
	read -r -a list <<<"$numbers"
	PALETTE="\\033]10;#$INK\\007\\033]11;#$PAPER\\007"
	# PuTTY takes no OSC 4, but what Linux has: one hexadecimal digit, and no end.
	[ "$2" != pterm ] || PALETTE=
	while [ ${#list[@]} -gt 0 ]; do
		[ "$2" != pterm ] && PALETTE+="\\033]4;${list[0]};#${list[1]}\\007" ||
			PALETTE+=$(printf '\\033]P%x%s' "${list[0]}" "${list[1]}")
		list=("${list[@]:2}")
	done
}

# --- the way from the emulator to the console ----------------------------------------------

# inside TERM COMMAND…: the far end. What it draws is in $WORK/drawn, for script gives on the
# size and each byte as it comes.
inside() {
	local line term=$1

	shift
	environment | while IFS= read -r line; do
		printf 'export %q\n' "$line"
	done
	[ -z "$term" ] || echo "export TERM=$term"
	echo "echo \$\$ >$WORK/inside.pid"
	printf 'exec script -q -f -c %q %q\n' "$(printf '%q ' "$@"); echo \$? >$WORK/status" \
		"$WORK/drawn"
}

# route NAME: the near end, which sets the colours first
route() {
	local inside="sh $WORK/inside"

	printf "printf '%s'\n" "$PALETTE"
	case $1 in
	straight) echo "exec $inside" ;;
	tmux) echo "exec tmux -L pixels -f /dev/null new-session '$inside'" ;;
	'tmux in tmux')
		echo "exec tmux -L pixels -f /dev/null new-session" \
			"'env -u TMUX tmux -L within -f /dev/null new-session \"$inside\"'"
		;;
	screen) echo "exec screen -c $WORK/screenrc -S pixels $inside" ;;
	ssh) echo "exec ssh -F $WORK/ssh_config -t pixels $inside" ;;
	mosh)
		echo "exec mosh --ssh='ssh -F $WORK/ssh_config'" \
			"--server='mosh-server new -l LC_ALL=C.UTF-8' pixels -- $inside"
		;;
	*) give_up "There is no route $1." ;;
	esac
}

# emulator NAME COLUMNSxROWS COMMAND…
emulator() {
	local font='DejaVu Sans Mono' name=$1 at=$2+0+0

	shift 2
	case $name in
	xterm) set -- xterm -geometry "$at" -fa "$font" -fs 11 +sb -T pixels -e "$@" ;;
	urxvt) set -- urxvt -geometry "$at" -fn "xft:$font:size=11" +sb -T pixels -e "$@" ;;
	pterm)
		set -- pterm -geometry "$at" -fn "client:$font 11" -T pixels -sb- \
			-fg "#$INK" -bg "#$PAPER" -e "$@"
		;;
	st) set -- stterm -g "$at" -f "$font:size=11" -t pixels -e "$@" ;;
	mlterm)
		set -- mlterm -A -w 15 --sbmod=none -g "$at" --title=pixels -e "$@"
		;;
	*) give_up "There is no emulator $name." ;;
	esac
	HOME=$WORK/home "$@" >"$WORK/emulator.log" 2>&1 </dev/null &
	XTERM=$!
	X+=("$XTERM")
	until_ok focus || give_up "$name does not come up: $(cat "$WORK/emulator.log")"
}

focus() {
	local window

	kill -0 "$XTERM" 2>/dev/null || return
	window=$(xdotool search --onlyvisible --name pixels 2>/dev/null | tail -n 1)
	[ -n "$window" ] && xdotool windowfocus --sync "$window" 2>/dev/null
}

# open_through EMULATOR ROUTE THEME TERM COMMAND…; an empty TERM is the one that is found there
open_through() {
	rm -f "$WORK/drawn" "$WORK/status"
	theme "$3" "$1"
	inside "${@:4}" >"$WORK/inside"
	route "$2" >"$WORK/route"
	emulator "$1" "$SHOWN" sh "$WORK/route"
}

# Whoever is at the far end is asked to go, so that all who stand between go too.
close_through() {
	press ctrl+c
	DEADLINE=5 until_ok test -s "$WORK/status"
	tmux -L within kill-server 2>/dev/null
	tmux -L pixels kill-server 2>/dev/null
	kill "$XTERM" 2>/dev/null
	wait "$XTERM" 2>/dev/null
}

# Nothing that is between survives a story that ended early.
end_pixels() {
	[ ! -s "$WORK/inside.pid" ] || kill -HUP "$(cat "$WORK/inside.pid")"
	tmux -L within kill-server
	tmux -L pixels kill-server
	screen -S pixels -X quit >/dev/null
	stop_x
	[ -z "$MADE_RUN" ] || rmdir /run/sshd
} 2>/dev/null
trap 'end_pixels; clean_up' EXIT
MADE_RUN=

# --- a host to go to -------------------------------------------------------------------

sshd_listens() {
	grep -q 'Server listening' "$WORK/sshd.log" || ! kill -0 "$SSHD_PID" 2>/dev/null
}

# An sshd of our own on any port that is free, for whoever runs this.
start_sshd() {
	local sshd tries port

	sshd=$(PATH=$PATH:/usr/sbin:/sbin command -v sshd) || give_up "sshd is not installed."
	[ "$(id -u)" -ne 0 ] || [ -d /run/sshd ] || { mkdir -m 755 /run/sshd && MADE_RUN=yes; }
	ssh-keygen -q -t ed25519 -N '' -f "$WORK/host" && ssh-keygen -q -t ed25519 -N '' \
		-f "$WORK/key" || give_up "ssh-keygen fails."
	printf '%s\n' 'ListenAddress 127.0.0.1' "HostKey $WORK/host" 'PidFile none' 'UsePAM no' \
		'StrictModes no' "AuthorizedKeysFile $WORK/key.pub" 'PermitRootLogin yes' \
		>"$WORK/sshd_config"
	for tries in 1 2 3 4 5 6 7 8; do
		port=$((20000 + RANDOM % 40000))
		"$sshd" -D -e -f "$WORK/sshd_config" -p "$port" 2>"$WORK/sshd.log" &
		SSHD_PID=$!
		until_ok sshd_listens
		! kill -0 "$SSHD_PID" 2>/dev/null || break
	done
	kill -0 "$SSHD_PID" 2>/dev/null || give_up "sshd does not start: $(cat "$WORK/sshd.log")"
	X+=("$SSHD_PID")
	printf '%s\n' 'Host pixels' 'HostName 127.0.0.1' "Port $port" "User $(id -un)" \
		"IdentityFile $WORK/key" 'IdentitiesOnly yes' 'StrictHostKeyChecking no' \
		'UserKnownHostsFile /dev/null' 'LogLevel ERROR' >"$WORK/ssh_config"
}

pixels_begin() {
	need Xvfb xdotool import zbarimg script xterm urxvt pterm stterm mlterm tmux screen ssh \
		ssh-keygen mosh mosh-server
	mkdir -p "$WORK/home/.mlterm" && mkdir -m 700 "$WORK/screens"
	export SCREENDIR=$WORK/screens
	echo 'startup_message off' >"$WORK/screenrc"
	printf '%s = DejaVu Sans Mono\n' DEFAULT ISO10646_UCS4_1 >"$WORK/home/.mlterm/aafont"
	start_x
	start_sshd
	make_state alice
}

# --- what is seen ------------------------------------------------------------------------

drawn() {
	grep -qaF -- "$1" "$WORK/drawn" 2>/dev/null
}

drawn_more() {
	[ "$(stat -c %s "$WORK/drawn")" -gt "$DRAWN" ]
}

# Whether a scanner reads the screen within PATIENCE. (What cannot be read takes all of it.)
read_soon() {
	local end=$((${EPOCHREALTIME/[.,]/} + PATIENCE * 1000000))

	READ=
	until scan; do
		[ "${EPOCHREALTIME/[.,]/}" -lt "$end" ] || return
	done
	READ=$URI
}

# From the first door to a QR code that is read, the first or one that `v` goes on to
read_or_v() {
	local turn

	until_ok drawn 'User name' || { FOUND='no door'; return; }
	write alice
	press Return
	write "$PASSWORD"
	press Return
	until_ok drawn '6-digit code' || { FOUND='no second door'; return; }
	FOUND=first
	! read_soon || return 0
	FOUND=v
	for turn in 2 3 4; do
		DRAWN=$(stat -c %s "$WORK/drawn")
		press v
		DEADLINE=5 until_ok drawn_more || break
		! read_soon || return 0
	done
	FOUND=none
}

# The key as the console copies it: to the terminal, in Base64.
copied() {
	SECRET=$(grep -aoE '52;[a-z]*;[A-Za-z0-9+/=]{44,}' "$WORK/drawn" | tail -n 1 |
		sed 's/.*;//' | base64 -d 2>/dev/null)
	[ -n "$SECRET" ]
}

# Whether what was read is what the console shows
is_the_uri() {
	press c
	DEADLINE=5 until_ok copied
	[[ "$SECRET" =~ ^[A-Z2-7]{32}$ &&
		"$READ" =~ ^otpauth://totp/(ProVconnect:)?alice\?secret=$SECRET\&issuer=ProVconnect$ ]]
}

through() {
	READ= SECRET=
	open_through "$1" "$2" "$3" "${4-}" "$PROVCONSOLE" --state "$STATE"
	read_or_v
	case $FOUND in first | v) is_the_uri || FOUND="another: $READ" ;; esac
	close_through
}
