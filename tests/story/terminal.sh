# SPDX-License-Identifier: GPL-3.0-or-later
# The half of lib.sh that is about a terminal and the person at it. Sourced by lib.sh alone.

# --- a terminal ---------------------------------------------------------------------

TERMINAL=	# name of the one in use
WORDS=

tm() {
	tmux -L provconsole -f /dev/null "$@"
}

# What stands in a terminal: it notes modes and pids, and leaves the screen as the program left it.
cat >"$WORK/inside" <<'END'
dir=$1
shift
# What is typed behind the console's end sends signals to all that is here.
trap '' INT QUIT TSTP
until [ -e "$dir/go" ]; do
	read -r -t 0.01 <>"$dir/never"
done
stty -g >"$dir/stty.before"
env --default-signal=INT,QUIT,TSTP "$BASH" -c 'echo $$ >"$0/pid.new"; mv "$0/pid.new" "$0/pid"; exec "$@"' "$dir" "$@" 2>"$dir/stderr"
status=$?
stty -g >"$dir/stty.after"
echo "$status" >"$dir/status.new"
mv "$dir/status.new" "$dir/status"
exec sleep infinity
END

# open NAME [ARGUMENT…]: a console in a new terminal of $SIZE
open() {
	local environment dir=$WORK/terminal.$1

	[ ! -e "$dir" ] || tm kill-session -t "=$1" 2>/dev/null
	TERMINAL=$1
	shift
	rm -rf "$dir"
	mkdir "$dir"
	mkfifo "$dir/never"
	mapfile -t environment < <(environment)
	[ ${#COMMAND[@]} -gt 0 ] && set -- "${COMMAND[@]}" ||
		set -- "$PROVCONSOLE" --state "$STATE" "$@"
	# The server that served the last terminal may just be leaving.
	DEADLINE=5 until_ok tm new-session -d -s "$TERMINAL" -x "${SIZE%x*}" -y "${SIZE#*x}" \
		-e "BASH=$BASH" \
		"$BASH" "$WORK/inside" "$dir" env -i TERM=screen-256color "${environment[@]}" \
		"$@" ||
		give_up "tmux has no terminal for us."
	tm pipe-pane -t "=$TERMINAL:" "exec cat >'$dir/raw'"
	: >"$dir/go"
	until_ok test -e "$dir/pid" || give_up "The console was not started."
}

use() {
	TERMINAL=$1
}

# The line goes down: the terminal and all that runs in it
close() {
	tm kill-session -t "=$TERMINAL" 2>/dev/null
	TERMINAL=
}

pid() {
	cat "$WORK/terminal.$TERMINAL/pid"
}

type() {
	tm send-keys -t "=$TERMINAL:" -l -- "$*"
}

keys() {
	tm send-keys -t "=$TERMINAL:" "$@"
}

# paste_file FILE [-p]: into the terminal; -p: marked as a paste where the console asked for that
paste_file() {
	local file=$1

	shift
	tm load-buffer -b paste "$file"
	tm paste-buffer -d -b paste -t "=$TERMINAL:" "$@"
}

resize() {
	tm resize-window -t "=$TERMINAL:" -x "${1%x*}" -y "${1#*x}"
}

screen() {
	tm capture-pane -p -t "=$TERMINAL:"
}

# WORDS: those on the screen, without a QR code, one blank between
# words, whatever the width made of the sentences.
words() {
	local list

	# Of all that is done here this is done most: one process, no more.
	read -r -d '' -a list <<<"$(exec tmux -L provconsole capture-pane -p -t "=$TERMINAL:")"
	WORDS=${list[*]}
	WORDS=${WORDS//[▀▄█│─┌┐└┘]/}
	read -r -d '' -a list <<<"$WORDS"
	WORDS=${list[*]}
}

shows() {
	local text all

	words
	all=$WORDS
	for text; do
		case $all in *"$text"*) ;; *) return 1 ;; esac
	done
}

lacks() {
	! shows "$1"
}

wait_for() {
	until_ok shows "$@"
}

wait_gone() {
	until_ok lacks "$1"
}

dump() {
	said "the screen of $TERMINAL:"
	sed 's/^/#   |/' <<<"$(screen)"
	sed 's/^/#   2>/' "$WORK/terminal.$TERMINAL/stderr" 2>/dev/null
}

# see WHAT WORDS…: a test; without them the story ends
see() {
	wait_for "${@:2}"
	ok $? "$1" && return
	said "wanted: ${*:2}"
	dump
	give_up "The story ends here."
}

# gone WHAT WORDS: a test
gone() {
	wait_gone "$2"
	ok $? "$1" || dump
}

# now WHAT WORDS…: a test, of what is on the screen at this moment
now() {
	shows "${@:2}"
	ok $? "$1" || { said "wanted: ${*:2}"; dump; }
}

# not_now WHAT WORDS: a test
not_now() {
	lacks "$2"
	ok $? "$1" || { said "unwanted: $2"; dump; }
}

# A field is underlined; where the terminal cannot do that it has brackets. Blanks count as one.
holds() {
	local underlined=$'\e\\[([0-9;]*;)?4m' shown

	shown=$(tmux -L provconsole capture-pane -e -p -t "=$TERMINAL:" | tr -s ' ')
	[[ $shown =~ $underlined"$1" || $shown == *"[$1"* ]]
}

# filled WHAT TEXT: a test: a field holds that, at its beginning
filled() {
	until_ok holds "$2"
	ok $? "$1" || { said "wanted in a field: $2"; dump; }
}

ended() {
	test -e "$WORK/terminal.$TERMINAL/status"
}

status() {
	cat "$WORK/terminal.$TERMINAL/status"
}

# ends WHAT STATUS: a test
ends() {
	until_ok ended || { ok 1 "$1"; dump; give_up "The console does not end."; }
	is "$1" "$(status)" "$2"
}

errors() {
	cat "$WORK/terminal.$TERMINAL/stderr"
}

# How a terminal must be when a console has ended: modes, screen,
# cursor, and pastes unmarked. Says what is wrong.
spoiled() {
	local dir=$WORK/terminal.$TERMINAL modes

	cmp -s "$dir/stty.before" "$dir/stty.after" ||
		echo "stty: $(cat "$dir/stty.before") became $(cat "$dir/stty.after")"
	modes=$(tm display-message -p -t "=$TERMINAL:" \
		'#{alternate_on}#{cursor_flag}#{keypad_cursor_flag}#{keypad_flag}#{mouse_any_flag}#{insert_flag}')
	[ "$modes" = 010000 ] || echo "alternate screen, cursor, keypad, mouse, insert: $modes"
	[ "$(grep -ao $'\e\\[?2004[hl]' "$dir/raw" | tail -n 1)" != $'\e[?2004h' ] ||
		echo "pastes are still marked"
}

modes_back() {
	cmp -s "$WORK/terminal.$TERMINAL/stty.before" "$WORK/terminal.$TERMINAL/stty.after"
}

sane() {
	[ -z "$(spoiled)" ]
}

# given_back WHAT: a test
given_back() {
	until_ok sane
	ok $? "$1" || said "$(spoiled)"
}

# --- what people do --------------------------------------------------------------------

# sign_in NAME [PASSWORD]: at the first door
sign_in() {
	wait_for 'User name' '[ Sign in ]' || { dump; give_up "There is no first door."; }
	type "$1"
	keys Enter
	type "${2-$PASSWORD}"
	keys Enter
}

# enter_code [CODE]: at the second
enter_code() {
	wait_for '6-digit code' || { dump; give_up "There is no second door."; }
	type "${1-$(code)}"
	keys Enter
}

# Reads the key off the screen where it can be selected, and goes back.
read_key() {
	wait_for 'Copy secret key to' '6-digit code' || { dump; give_up \
		"Nothing is to be configured."; }
	keys k
	wait_for 'Type: time-based' || { dump; give_up "The key is not shown."; }
	KEY=$(screen | grep -oE '(^|[^A-Z2-7])[A-Z2-7]{32}([^A-Z2-7]|$)' | grep -oE '[A-Z2-7]{32}' |
		head -n 1)
	keys k
	wait_gone 'Type: time-based' || { dump; give_up "The key does not go."; }
}

read_codes() {
	wait_for 'I have saved these codes' || { dump; give_up "No recovery codes are shown."; }
	mapfile -t CODES < <(screen | grep -oE '[A-Z2-7]{4}(-[A-Z2-7]{4}){3}')
}

# The codes are saved: Enter goes to the button, Enter presses it.
save_codes() {
	keys Enter
	keys Enter
	wait_for 'Sign out' 'My account' || { dump; give_up "There is no home."; }
}

# configure: from the screen with the QR code to home
configure() {
	read_key
	enter_code
	read_codes
	save_codes
}

# At home: the console ends with its farewell.
sign_out() {
	keys C-c
	until_ok ended || { dump; give_up "The console does not end."; }
}

# The state with its first Super Administrator, who has no second factor yet.
make_state() {
	pc init --user "${1:-alice}" --password-stdin <<<"$PASSWORD" 2>/dev/null ||
		give_up "init fails."
}

# The same with two factors, at $NOW; the clock is a step further
# then, so that the next code is a fresh one.
make_configured() {
	make_state "${1:-alice}"
	open configuring
	sign_in "${1:-alice}"
	configure
	sign_out
	close
	[ -z "$NOW" ] || clock_move 30
}
