#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# No secret is left lying about: the memory of keeper and console, the state's files,
# the terminal's history, arguments and environments are searched for passwords, codes,
# keys and recovery codes in every form that they take.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/story/secrets.bash"
[ "$(id -u)" -eq 0 ] || { echo "1..0 # SKIP only root may read the memory of a process that keeps to itself"; exit; }

keeper() {
	keepers
}

# What tmux keeps of a terminal: what stands on it, what went off it, and the screen behind
history() {
	tm capture-pane -p -J -S - -t "=$TERMINAL:" >"$WORK/history.main"
	tm capture-pane -p -J -a -q -S - -t "=$TERMINAL:" >"$WORK/history.other"
	printf 'x\n' | tee -a "$WORK/history.main" >>"$WORK/history.other"
}

# in_files WHAT: a test of all files of the state and of the
# home, and of what programs were called with
in_files() {
	local pid files

	for pid in $(keeper) "${CONSOLES[@]}"; do
		cat "/proc/$pid/cmdline" "/proc/$pid/environ" >"$WORK/called.$pid" 2>/dev/null ||
			rm -f "$WORK/called.$pid"
	done
	mapfile -t files < <(find "$STATE" "$WORK/home" "$WORK"/called.* -type f -size +0)
	[ ${#files[@]} -gt 2 ] || give_up "There are no files."
	nowhere "$1" "${files[@]}"
}

# What a screen with a secret showed is overwritten with signs, and only then erased: blanks alone
# may be drawn as a clear, which moves what stood there into some terminals' histories. secret_shown
# notes what a terminal was sent so far.
SENT=0
secret_shown() {
	SENT=$(stat -c %s "$WORK/terminal.$TERMINAL/raw")
}

# Rows of signs since then
signs() {
	tail -c +$((SENT + 1)) "$WORK/terminal.$TERMINAL/raw" | grep -aoE '(\.:){45}' | wc -l
}

covered() {
	[ "$(signs)" -ge $((${SIZE#*x} - 1)) ]
}

# overwritten WHAT: a test
overwritten() {
	until_ok covered
	ok $? "$1 is overwritten first" || said "$(signs) rows"
}

SIZE=100x30	# larger than what is written later: what curses keeps of its output shows here
clock_set $EPOCH
first=$(invented) second=$(invented) other=$(invented)
PASSWORD=$first
secret "first password" password "$first"
secret "second password" password "$second"
secret "other password" password "$other"
CONSOLES=()

# --- from the command line -----------------------------------------------------------------

make_state alice
open watching
wait_for '[ Sign in ]'
CONSOLES+=("$(pid)")
[ "$(keeper | wc -l)" -eq 1 ] || give_up "There is no keeper."
pc user add bob --password-stdin <<<"$other"
keeping=$(keeper)
nowhere "passwords from standard input: the keeper" "$keeping"

COMMAND=("$PROVCONSOLE" --state "$STATE" user set-password bob)
open prompt
COMMAND=()
CONSOLES+=("$(pid)")
wait_for 'Password:'
type "$second"
keys Enter
wait_for 'Repeat password:'
in_locked_alone "$(pid)" "a password at the command line's prompt" 'second password \(text\)'
type "$first"
keys Enter
wait_for 'The two passwords differ.'
in_locked_alone "$(pid)" "one that was repeated wrong" 'second password \(text\)'
is "of which nothing is left" "$(found "$(pid)" | grep 'first password')" ''
history
nowhere "the terminal" "$WORK/history.main" "$WORK/history.other"
type "$second"
keys Enter
until_ok ended || give_up "The command line does not end."
nowhere "a password that was set: the keeper" "$keeping"
unset 'CONSOLES[1]'
close

# --- a password -------------------------------------------------------------------------------

open console
CONSOLES+=("$(pid)")
wait_for '[ Sign in ]'
type alice
keys Enter
type "$first"
wait_for '************************'
in_locked_alone "$(pid)" "a password that is typed" 'first password \(text\)'
keys Enter
wait_for 'Choose an application' '6-digit code'
nowhere "a password that was accepted: the console" "$(pid)"
nowhere "the keeper" "$keeping"
use watching
type alice
keys Enter
type "$other"
keys Enter
wait_for 'is wrong.'
nowhere "a password that was refused: the console" "$(pid)"
nowhere "the keeper" "$keeping"
type "$first"
wait_for '************************'
keys C-u
until_ok lacks '****'
nowhere "a password that was taken back: the console" "$(pid)"
history
nowhere "the terminal" "$WORK/history.main" "$WORK/history.other"

# --- a key --------------------------------------------------------------------------------------

use console
read_key
secret key key "$KEY"
somewhere "a key that is shown is found, in cells too" 'key \(cells\)' "$(pid)"
history
somewhere "and on the terminal" 'key \(text\)' "$WORK/history.main" "$WORK/history.other"
nowhere "in the keeper it is sealed already" "$keeping"
keys c
wait_for 'Sent to your terminal'
keys x
wait_gone 'Sent to your terminal'
used=$(code)
secret "code" code "$used"
type "$used"
keys Enter
read_codes
nowhere "a key that is configured: the console" "$(pid)"
for i in "${!CODES[@]}"; do
	secret "recovery code" recovery "${CODES[i]}"
done

# --- recovery codes, home -----------------------------------------------------------------------

somewhere "recovery codes that are shown are found" 'recovery code \(cells\)' "$(pid)"
nowhere "the keeper has their hashes alone" "$keeping"
secret_shown
keys F1
wait_for 'Redraws the screen.'
overwritten "what another screen covers"
history
nowhere "with a screen over them: the terminal" "$WORK/history.main" "$WORK/history.other"
in_locked_alone "$(pid)" "the console" 'recovery code \(text\)'
keys Escape
wait_for 'I have saved these codes'
keys c
wait_for 'terminal'
secret_shown
save_codes
overwritten "what is left behind"
nowhere "at home: the console" "$(pid)"
nowhere "the keeper" "$keeping"
history
nowhere "the terminal" "$WORK/history.main" "$WORK/history.other"
in_files "the state's files, arguments, environments"
sign_out
history
nowhere "signed out: the terminal, before and behind" "$WORK/history.main" "$WORK/history.other"
nowhere "the keeper" "$keeping"
close
unset 'CONSOLES[1]'

# --- both factors ---------------------------------------------------------------

clock_move 30
used=$(code)
secret "code" code "$used"
wrong=$(wrong_code)
secret "wrong code" code "$wrong"
open console
CONSOLES+=("$(pid)")
sign_in alice
enter_code "$wrong"
wait_for 'That code is wrong.'
nowhere "a code that was refused: the console" "$(pid)"
nowhere "the keeper" "$keeping"
enter_code "$used"
wait_for 'Sign out'
nowhere "signed in with both: the console" "$(pid)"
nowhere "the keeper" "$keeping"

# --- another password, other codes ----------------------------------------------

clock_move 30
used=$(code)
secret "code" code "$used"
pick 'My account'
pick 'Change password'
wait_for 'Old password' 'new code in'
for field in "$first" "$second" "$second" "$used"; do
	type "$field"
	keys Tab
done
keys Enter
wait_for 'Your password was changed.'
nowhere "another password: the console" "$(pid)"
nowhere "the keeper" "$keeping"
clock_move 30
pick 'New recovery codes'
wait_for '[ Cancel ]' 'new code in'
used=$(code)
secret "code" code "$used"
type "$used"
keys Enter
read_codes
for i in "${!CODES[@]}"; do
	secret "new recovery code" recovery "${CODES[i]}"
done
keys Enter Enter
wait_for 'Two-factor authentication is on.'
nowhere "other recovery codes: the console" "$(pid)"
nowhere "the keeper" "$keeping"
sign_out

# --- a recovery code ------------------------------------------------------------

open console
CONSOLES+=("$(pid)")
sign_in alice "$second"
wait_for 'Use a recovery code'
keys r
wait_for '[ Sign in ]' 'Enter one of the recovery codes'
type "${CODES[3]}"
keys Enter
wait_for 'You signed in with a recovery code.'
nowhere "a recovery code that was accepted: the console" "$(pid)"
nowhere "the keeper" "$keeping"
history
nowhere "the terminal" "$WORK/history.main" "$WORK/history.other"
in_files "the state's files, arguments, environments"
sign_out
nowhere "the end: the keeper" "$keeping"
use watching
nowhere "a console that is still at the first door" "$(pid)"
stop_keeper
CONSOLES=()
in_files "the state's files after the keeper left"
finish
