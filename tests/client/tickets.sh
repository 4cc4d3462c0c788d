#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What root vouches for, and what the PAM module asks: a ticket is one line's at a time, of one UNIX
# user, until its session ends; a code for a UNIX account is counted and written down as at the
# second door.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
[ "$(id -u)" -eq 0 ] || give_up "Only root vouches."
need oathtool setpriv

CONSOLE=65534	# nobody's number: the account in which consoles run here
OTHER=65533
KEY_A=ssh-ed25519,AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER
KEY_B=ssh-ed25519,AAAAC3NzaC1lZDI1NTE5AAAAICIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIi
SOCKET=$WORK/place/socket

end_all() {
	[ -z "${VOUCHES:-}" ] || kill "$VOUCHES" 2>/dev/null
	[ -z "${SERVED:-}" ] || kill "$SERVED" 2>/dev/null
	clean_up
}
trap end_all EXIT

serve() {
	local environment

	mapfile -t environment < <(environment)
	rm -f "$SOCKET"
	env -i "${environment[@]}" "$KEEPER" --state "$STATE" --console nobody --listen "$SOCKET" \
		2>"$WORK/keeper" &
	SERVED=$!
	until_ok test -S "$SOCKET" || give_up "No keeper starts: $(cat "$WORK/keeper")"
	chmod 666 "$SOCKET"
}

# root COMMAND…: by the service's own socket
root() {
	local environment

	mapfile -t environment < <(environment)
	env -i "${environment[@]}" "$PROVCONSOLE" --socket "$SOCKET" "$@" 2>&1
}

# tell WORD…: one line for `vouch`; SAID is what it answers
tell() {
	if [ -z "${VOUCHES:-}" ]; then
		coproc VOUCH { exec "$top_builddir/tests/client/vouch" "$SOCKET"; }
		VOUCHES=$VOUCH_PID
		exec {VOUCH_OUT}<&"${VOUCH[0]}"- {VOUCH_IN}>&"${VOUCH[1]}"-
	fi
	echo "$*" >&"$VOUCH_IN"
	read -r SAID <&"$VOUCH_OUT" || give_up "vouch has ended."
}

# told WHAT WANTED WORD…: a test of that answer
told() {
	tell "${@:3}"
	is "$1" "$SAID" "$2"
}

# last FIELD VERB: of the newest such row
last() {
	root audit list --json --action "$2" | python3 -c "
import json, sys
rows = json.load(sys.stdin)
print(max(rows, key=lambda row: row['id'])['$1'])"
}

NOW=1767268800
clock_set "$NOW"
make_state alice
person bob
enrolled bob
fresh
stop_keeper
mkdir -m 755 "$WORK/place"
chmod 711 "$WORK"
serve

# --- tickets --------------------------------------------------------------------------------

told "only root speaks for PAM" KIND pam 9 "$OTHER" 192.0.2.1
told "root does" OK pam 0 0 192.0.2.7
told "another account gets no ticket" TICKET_ACCOUNT open 0 alice "$KEY_A"
tell open 0 nobody "$KEY_A"
TICKET=${SAID#OK }
like "the console's gets one" "$SAID" '^OK [0-9a-f]{64}$'
told "another UNIX user cannot use it" TICKET_USER person 1 "$OTHER" 10.0.0.1 "$TICKET"
told "nor can root" TICKET_USER person 1 0 10.0.0.1 "$TICKET"
told "the console can" OK person 1 "$CONSOLE" 10.0.0.1 "$TICKET"
told "on one line at a time" TICKET_HELD person 2 "$CONSOLE" 10.0.0.1 "$TICKET"
tell close 1
again() {
	tell person 3 "$CONSOLE" 10.0.0.1 "$TICKET"
	[ "$SAID" = OK ]
}
until_ok again
ok $? "and on another one when that is free: one connection, one session after the other"
tell close 3
told "altered it is none" TICKET_UNKNOWN person 2 "$CONSOLE" - \
	"${TICKET%?}$(tr 0-9a-f 1-9a-f0 <<<"${TICKET: -1}")"
told "cut it is none" TICKET_UNKNOWN person 2 "$CONSOLE" - "${TICKET%?}"
told "in capitals it is none" TICKET_UNKNOWN person 2 "$CONSOLE" - "${TICKET^^}"
told "without one all is as before" OK person 4 "$CONSOLE" 203.0.113.5 -
told "its session ends" OK end 0 "$TICKET"
told "and it with it" TICKET_UNKNOWN person 2 "$CONSOLE" - "$TICKET"
told "once" TICKET_UNKNOWN end 0 "$TICKET"
like "whoever comes with what is none is in the trail" "$(last result ticket)" \
	'^(wrong|denied|replay)$'
tell pam 5 0 192.0.2.9
tell open 5 nobody "$KEY_A"
FIRST=${SAID#OK }
tell pam 6 0 192.0.2.8
tell crowd 6 nobody "$KEY_B" 300
is "300 at once are given" "${SAID%% *}" 300
told "and nobody else's goes for them" OK person 7 "$CONSOLE" - "$FIRST"

# --- required ---------------------------------------------------------------------------------

root settings set require-ticket yes
told "required, a console without one is refused" TICKET_MISSING person 8 "$CONSOLE" 10.0.0.9 -
like "the host's commands work on" "$(root user list)" bob
tell close 7
came() {
	tell person 8 "$CONSOLE" - "$FIRST"
	[ "$SAID" = OK ]
}
until_ok came
ok $? "one with a ticket comes in"
root settings set require-ticket no
told "no longer required, it is as before" OK person 8 "$CONSOLE" 10.0.0.9 -

# --- a UNIX account's person ------------------------------------------------------------------

tell pam 10 0 192.0.2.20
told "an account that is linked to nobody is nobody's" 'OK 0 0 0' ask 10 daemon sshd -
like "root is linked to nobody" "$(root user link bob root)" 'linked to nobody'
like "a link is said by the host" "$(root user link bob daemon; root user links)" 'daemon +bob'
is "twice is once" "$(root user link bob daemon; root user links --json | paste -sd ' ')" \
	'[ {"unix": "daemon", "name": "bob"} ]'
like "to somebody else it must be removed first" "$(root user link alice daemon)" 'somebody else'
told "now it is" 'OK 1 1 0 bob' ask 10 daemon sshd -
told "and may come in" OK account 10 daemon
as bob
CODE=$(code)
told "a code of that person is accepted" 'OK 10 0' answer 10 daemon sshd "$KEY_A" "$CODE"
told "once" CODE_USED answer 10 daemon sshd "$KEY_A" "$CODE"
is "it is in the trail, whose it was" "$(last who pam-code) $(last target pam-code)" 'bob daemon'
is "with the source that root told" "$(last source pam-code) $(last vouched pam-code)" \
	'192.0.2.20 True'
told "a wrong one is wrong" CODE_WRONG answer 10 daemon sshd "$KEY_A" "$(wrong_code)"
for _ in 1 2 3 4; do
	tell answer 10 daemon sshd "$KEY_A" "$(wrong_code)"
done
told "after five there is a pause, for a right one too" PAUSED \
	answer 10 daemon sshd "$KEY_A" "$(code 1)"
like "and the console says so" "$(root user show bob)" 'paused'
root user unlock bob
told "unlocked, it is accepted" 'OK 10 0' answer 10 daemon sshd "$KEY_A" "$(code 1)"
is "and the failures before it are told once" \
	"$(root user show bob --json | json "j['failures_since']")" 0
told "a recovery code is, too" 'OK 9 1' answer 10 daemon sudo - "${CODES[0]}"
told "once" RECOVERY_WRONG answer 10 daemon sudo - "${CODES[0]}"

# --- grace ------------------------------------------------------------------------------------

told "there is no grace until the setting says so" 'OK 1 1 0 bob' ask 10 daemon sshd "$KEY_A"
root settings set grace 1h
told "nor by a code from before it did" 'OK 1 1 0 bob' ask 10 daemon sshd "$KEY_A"
fresh
fresh
told "a code begins it" 'OK 9 0' answer 10 daemon sshd "$KEY_A" "$(code)"
told "for that key and source" 'OK 1 1 1 bob' ask 10 daemon sshd "$KEY_A"
told "not for another key" 'OK 1 1 0 bob' ask 10 daemon sshd "$KEY_B"
told "nor without one" 'OK 1 1 0 bob' ask 10 daemon sshd -
told "nor for another service" 'OK 1 1 0 bob' ask 10 daemon sudo "$KEY_A"
tell pam 11 0 192.0.2.21
told "nor from elsewhere" 'OK 1 1 0 bob' ask 11 daemon sshd "$KEY_A"
printf '%s\n' 'another good password' | root user set-password bob --password-stdin >/dev/null
told "a new password ends it" 'OK 1 1 0 bob' ask 10 daemon sshd "$KEY_A"

# --- shut out --------------------------------------------------------------------------------

root user disable bob
told "a disabled person's account stays shut" PAM_DISABLED account 10 daemon
told "whatever the answer" PAM_DISABLED answer 10 daemon sshd "$KEY_A" 000000
root user remove bob
told "removed, the person is linked no more" 'OK 0 0 0' ask 10 daemon sshd -
is "nor in the list" "$(root user links)" 'UNIX ACCOUNT  NAME'

# --- an invitation that nobody used ----------------------------------------------------------

root user add carol >/dev/null
root user link carol bin
told "whoever was invited may come in" OK account 10 bin
clock_move $((73 * 3600))
tell pam 12 0 192.0.2.22
told "until the invitation expires" PAM_EXPIRED account 12 bin

# --- a keeper that starts anew ----------------------------------------------------------------

kill "$SERVED"
wait "$SERVED" 2>/dev/null
kill "$VOUCHES"
wait "$VOUCHES" 2>/dev/null
VOUCHES=
serve
told "after a restart no ticket is known" TICKET_UNKNOWN person 1 "$CONSOLE" - "$FIRST"
finish
