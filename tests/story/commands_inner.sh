#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A command that logs in to an inner host: ssh -t to a second sshd, with a host key of its own, which the
# command's user knows. What is typed goes there and no further, its size and ^C too; its status comes back,
# and a line that drops leads back to the console.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
need ssh ssh-keygen
. "${top_srcdir:-.}/tests/story/sshd.bash"

trap 'end_sshd; clean_up' EXIT

# inner_line: the pid of the inner sshd that has the session
inner_line() {
	pgrep -P "$SSHD_PID"
}

inner_gone() {
	! inner_line >/dev/null
}

# top TEXT: whether the first line of the screen is that
top() {
	[ "$(screen | sed -n 1p)" = "$1" ]
}

# --- the inner host ----------------------------------------------------------------------------

umask 077
[ "$(id -u)" -ne 0 ] || make_run
for key in host other key; do
	ssh-keygen -q -t ed25519 -N '' -f "$WORK/$key" || give_up "ssh-keygen fails."
done
cat >"$WORK/sshd_config" <<END
ListenAddress 127.0.0.1
HostKey $WORK/host
AuthorizedKeysFile $WORK/key.pub
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
PermitRootLogin prohibit-password
ForceCommand env -i TERM="\$TERM" PATH="\$PATH" PS1='inner> ' /bin/sh -i
END
start_sshd "$SSHD" -D -e -f "$WORK/sshd_config"
echo "[127.0.0.1]:$PORT $(cut -d ' ' -f 1,2 "$WORK/host.pub")" >"$WORK/known"
echo "[127.0.0.1]:$PORT $(cut -d ' ' -f 1,2 "$WORK/other.pub")" >"$WORK/known.other"

make_state root
pc settings set require-2fa no
person operator operator
command_() {
	pc command add "$1" --title "$2" --role operator -- /usr/bin/ssh -t -F none -i "$WORK/key" \
		-p "$PORT" -o UserKnownHostsFile="$3" -o GlobalKnownHostsFile=none \
		-o StrictHostKeyChecking=yes "$(id -un)@127.0.0.1" >/dev/null ||
		give_up "$1 cannot be added."
}
command_ inner 'Log in' "$WORK/known"
command_ wrong 'Log in elsewhere' "$WORK/known.other"

# --- there and back -----------------------------------------------------------------------------

inside operator
pick Commands
pick 'Log in'
see "the inner host's shell" 'inner>'
type 'echo $((6 * 7)) "$TERM"; stty size'
keys Enter
see "does what is typed, on a terminal of this type and size" '42 screen-256color' '24 80'
resize 60x20
type 'clear; stty size'
keys Enter
see "another size reaches it" '20 60'
type 'clear; echo bu''sy; sleep 1000'
keys Enter
until_ok top busy || give_up "Nothing sleeps there."
keys C-c
wait_for 'inner>'
type 'echo "after $?"'
keys Enter
see "^C goes to what runs there, and not to ssh or the console" 'after 130'
type 'exit 7'
keys Enter
see "the exit status comes back" 'inner ended with status 7' 'Log in elsewhere'
until_ok inner_gone
ok $? "and the line is closed"

pick 'Log in'
wait_for 'inner>'
keys Enter
type '~.'
see "ssh's own escape ends its line" 'inner ended with status 255'

# --- lines that drop ---------------------------------------------------------------------------------

pick 'Log in'
wait_for 'inner>'
type 'clear; echo bu''sy; sleep 1000'
keys Enter
until_ok top busy
# shellcheck disable=SC2046 # a list of numbers
kill -9 $(inner_line)
see "the inner host drops the line" 'inner ended with status 255' 'Log in elsewhere'
lacks 'inner>'
ok $? "and what was on the screen is gone"
pick 'Log in'
wait_for 'inner>'
close
until_ok inner_gone
ok $? "a terminal that is gone takes its inner line with it"

inside operator again
pick Commands
pick 'Log in elsewhere'
see "a host with another key is none that ssh logs in to" 'wrong ended with status 255'
is "nobody was there" "$(inner_line)" ''
is "the trail has how each ended" "$(pc audit list --json --action command-end |
	json "'\n'.join(sorted(' '.join(r['detail'].split(', ')[0:3:2]) for r in j))")" \
	'inner ended by the keeper
inner status 255
inner status 255
inner status 7
wrong status 255'
finish
