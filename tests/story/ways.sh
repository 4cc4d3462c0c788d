# SPDX-License-Identifier: GPL-3.0-or-later
# The ways round (DESIGN 2): whatever reaches a screen, nobody gets past its door, the terminal is
# given back, and nothing is left running. Sourced by ways_*.sh, which say which screens.
#
# The clock is the machine's here: what is measured is processor time.
. "${top_srcdir:-.}/tests/story/lib.sh"

GARBAGE=$((1024 * 1024))
head -c $GARBAGE /dev/urandom >"$WORK/garbage"
# An escape sequence that the garbage begins must not take the mark of the paste's end for its own.
printf 'xxxxxxxxxxxxxxxx' >>"$WORK/garbage"
# Without what ends a console that is not pasting: ^C and ^D.
tr -d '\003\004' <"$WORK/garbage" >"$WORK/typed"

# --- the states ---------------------------------------------------------------------------

# STATE, new: of the kind, as it was made once
state_of() {
	STATE=$WORK/state.$1.$((++COPIES))
	[ ! -d "$WORK/made.$1" ] || cp -a "$WORK/made.$1" "$STATE"
}
COPIES=0
UNCONTROLLED=	# whether the terminal is not the console's controlling one

made() {
	stop_keeper
	mv "$STATE" "$WORK/made.$1"
}

# plain: alice has to configure, carol has an invitation. open: two
# factors are optional, and nobody has them.
make_plain() {
	STATE=$WORK/making
	make_state alice
	INVITATION=$(pc user add carol 2>/dev/null)
	made plain
}

make_open() {
	STATE=$WORK/making
	make_state alice
	pc settings set require-2fa no
	made open
}

make_two() {
	STATE=$WORK/making
	make_configured alice
	made two
}

# --- the screens: kind of state, how to reach it, words on it --------------------------------

kind_of() {
	case $1 in
	first-run) echo none ;;
	sign-in | code | recovery | resync) echo two ;;
	new-password | configure | key | codes) echo plain ;;
	home | account | help | settings) echo open ;;
	esac
}

mark_of() {
	case $1 in
	first-run) echo 'Create the first Super Administrator' ;;
	sign-in) echo '[ Sign in ] ' ;;
	code) echo 'Enter the 6-digit code from' ;;
	recovery) echo 'Enter one of the recovery codes' ;;
	resync) echo 'Next code' ;;
	new-password) echo 'Choose a new password' ;;
	configure) echo '2 Add an account Scan' ;;
	key) echo 'Type: time-based' ;;
	codes) echo 'I have saved these codes' ;;
	home) echo 'Sign out' ;;
	account) echo 'Two-factor authentication is off.' ;;
	help) echo 'Redraws the screen.' ;;
	settings) echo 'Authentication security settings' ;;
	esac
}

reach() {
	case $1 in
	first-run | sign-in) ;;
	code) sign_in alice ;;
	recovery) sign_in alice; wait_for 'Enter the 6-digit'; keys r ;;
	resync) sign_in alice; wait_for 'Enter the 6-digit'; enter_code 000000; wait_for \
		'y Resynchronise'; keys y ;;
	new-password) sign_in carol "$INVITATION" ;;
	configure) sign_in alice ;;
	key) sign_in alice; wait_for '2 Add an account'; keys k ;;
	codes) sign_in alice; read_key; enter_code "$(code)" ;;
	home) sign_in alice ;;
	account) sign_in alice; wait_for 'Sign out'; keys Enter ;;
	help) sign_in alice; wait_for 'Sign out'; keys F1 ;;
	settings) sign_in alice; wait_for 'Sign out'; keys End Up Up Enter ;;
	esac
	wait_for "$(mark_of "$1")"
}

# Whether a person has signed in to be there
inside() {
	case $1 in home | account | help | settings) ;; *) return 1 ;; esac
}

# stands SCREEN WAY: a new state, a console, and a person at that screen
stands() {
	state_of "$(kind_of "$1")"
	[ -z "$UNCONTROLLED" ] || COMMAND=(setsid -w "$PROVCONSOLE" --state "$STATE")
	open "$2"
	COMMAND=()
	reach "$1" || { ok 1 "$1 is reached"; dump; give_up "$1 is not reached."; }
}

# --- what is asked of a console ----------------------------------------------------------------

# A busy loop uses all of a window, or half of it with another one beside it.
idle() {
	local before after pid

	pid=$(pid)
	before=$(ticks "$pid") || return 1
	pause_for 0.4
	after=$(ticks "$pid") || return 1
	[ $((after - before)) -lt 8 ]
}

# The processes in the terminal are what they should be: not stopped.
runs() {
	[[ $(cat "/proc/$(pid)/stat") != *') T '* ]]
}

# In order behind all that was pasted comes F1: when the help is there, it has been read.
digested() {
	if [ "$1" = help ]; then
		keys Escape
		wait_for "$(mark_of home)" && keys F1
	else
		keys F1
		wait_for "$(mark_of help)" && keys Escape
	fi
}

# same SCREEN WHAT: a test
same() {
	wait_for "$(mark_of "$1")" && runs
	ok $? "$1: $2" || dump
}

# ended_well SCREEN WHAT STATUS: a test
ended_well() {
	until_ok ended && [ "$(status)" = "$3" ] && until_ok sane
	ok $? "$1: $2" || { said "status $(status), wanted $3" "$(spoiled)"; dump; }
}

# --- the ways ------------------------------------------------------------------------------------

# Those that a console survives, one after another in one terminal
survives() {
	stands "$1" survives
	keys C-z 'C-\'
	kill -TSTP "$(pid)"
	kill -QUIT "$(pid)"
	keys C-l
	same "$1" "neither ^Z nor ^\\ does anything"
	resize 1x1
	until_ok one_cell
	keys C-l
	resize 80x24
	same "$1" "it is back after a terminal of one cell"
	paste_file "$WORK/garbage" -p
	digested "$1"
	ok $? "$1: it goes on after 1 MiB of pasted garbage" || dump
	same "$1" "and is the same"
	idle
	ok $? "$1: it is idle then"
	if inside "$1" || [ "$1" = codes ]; then
		keys C-d
		same "$1" "^D does nothing"
	else
		keys C-u C-d
		ended_well "$1" "^D in an empty field ends it" 1
	fi
	close
}

one_cell() {
	[ "$(tm display-message -p -t "=$TERMINAL:" '#{pane_width}x#{pane_height}')" = 1x1 ]
}

# Typed garbage may press anything: it ends there, or stays somewhere, idle.
typed() {
	stands "$1" typed
	paste_file "$WORK/typed"
	idle_at_last
	ok $? "$1: 1 MiB of typed garbage leaves it idle or gone" || dump
	keys C-c
	until_ok ended_in_noise && modes_back
	ok $? "$1: and the terminal is given back" || said "$(spoiled)"
	close
}

idle_at_last() {
	until_ok idle_or_ended
}

idle_or_ended() {
	ended || idle
}

terminated() {
	stands "$1" terminated
	kill -TERM "$(pid)"
	ended_well "$1" "SIGTERM ends it" 1
	close
	stands "$1" hung
	kill -HUP "$(pid)"
	ended_well "$1" "SIGHUP ends it" 1
	close
}

ended_in_noise() {
	ended || { keys C-q; false; }
}

interrupted() {
	local status=1

	! inside "$1" || status=0
	stands "$1" interrupted
	keys C-c
	ended_well "$1" "^C ends it" $status
	close
	stands "$1" interrupted
	# The rest of it meets the shell behind the console, so that the
	# screen tells nothing; a ^S in it is to be undone.
	paste_file "$WORK/garbage"
	until_ok ended_in_noise && [ "$(status)" = $status ] && modes_back
	ok $? "$1: so does a ^C in raw garbage" || said "status: $(status)" "$(spoiled)"
	close
}

# The line goes down: with SIGHUP, as from sshd, and without, where
# the terminal is not the controlling one.
hung_up() {
	local pid

	stands "$1" hup
	pid=$(pid)
	close
	until_ok has_ended "$pid"
	ok $? "$1: it ends with its terminal" || kill_hard "$pid"
	UNCONTROLLED=yes
	stands "$1" eof
	UNCONTROLLED=
	pid=$(pid)
	close
	until_ok has_ended "$pid"
	ok $? "$1: it ends at the end of the line, without any signal" || kill_hard "$pid"
}

killed() {
	stands "$1" killed
	kill_hard "$(pid)"
	until_ok ended
	ok $? "$1: a console can be killed"
	close
	stands "$1" orphan
	kill_keeper
	ended_well "$1" "it ends when the keeper is killed" 1
	is "$1: and says so in one sentence" "$(errors)" \
		'The keeper has stopped, so this console ends. Start it again.'
	close
}

# Whether nobody has signed in, in any state of a kind
nobody_in() {
	local before=0

	[ "$1" != two ] || before=1	# who made it
	for STATE in "$WORK/state.$1".*; do
		[ "$(rows sign-in ok)" -eq $before ] || return 1
	done
}

# round SCREEN…: all ways, at each of them
round() {
	local screen kind

	for screen; do
		survives "$screen"
		terminated "$screen"
		hung_up "$screen"
		killed "$screen"
		kind=$(kind_of "$screen")
		if ! inside "$screen"; then
			nobody_in "$kind"
			ok $? "$screen: nobody has signed in by any of these" ||
				said "state: $STATE"
		fi
		interrupted "$screen"
		typed "$screen"
		# Whoever sees the codes has passed both doors: typed Enters may confirm them.
		if ! inside "$screen" && [ "$screen" != codes ]; then
			nobody_in "$kind"
			ok $? "$screen: nor by what was typed" || said "state: $STATE"
		fi
		stop_keeper
		rm -rf "$WORK/state".*
	done
	until_ok no_keeper "$WORK"
	ok $? "no keeper is left when all are gone" || said "$(keepers "$WORK")"
}
