#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# On the host itself: su, sudo, and login's service, each after the password of the account.
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "$top_srcdir/tests/story/people.bash"
. "$top_srcdir/tests/pam/pam.bash"

if [ "$(id -u)" -ne 0 ]; then
	echo '1..0 # SKIP only root can make UNIX accounts'
	exit 0
fi
need pamtester sudo su expect useradd userdel chpasswd visudo

HERS=pvl$$		# alice's account
SERVICE=provconsole-test-$$	# for sudo, which is set-user-ID and looks in /etc alone
KEEPER_PID=

end_all() {
	[ -z "$KEEPER_PID" ] || kill -KILL "$KEEPER_PID"
	rm -f "/etc/pam.d/$SERVICE" "/etc/sudoers.d/$SERVICE"
	drop_account "$HERS"
} 2>/dev/null
trap 'end_all; clean_up' EXIT

chmod 711 "$WORK"
chmod 755 "$WORK/home"
make_account "$HERS"
clock_set $EPOCH
make_state alice
enrolled alice
stop_keeper
start_keeper
fresh
pc user link alice "$HERS"

# talk COMMAND…: on a terminal; what is asked is answered with the lines of $WORK/answers
cat >"$WORK/talk.exp" <<'END'
set timeout 20
set answers [split [read [open $env(WORK)/answers]] "\n"]
log_file -noappend $env(WORK)/seen
eval spawn -noecho $argv
expect {
	-re {(Password|password for [a-z0-9]*|recovery code\)): $} {
		send -- "[lindex $answers 0]\r"
		set answers [lrange $answers 1 end]
		exp_continue
	}
	timeout { exec kill [exp_pid]; exit 124 }
	eof
}
lassign [wait] pid spawned os status
exit $status
END
talk() {
	WORK=$WORK expect "$WORK/talk.exp" "$@" >/dev/null 2>&1
}

answers() {
	printf '%s\n' "$@" >"$WORK/answers"
}

seen() {
	tr -d '\r' <"$WORK/seen"
}

# --- login -----------------------------------------------------------------------------------

service login 'auth required pam_unix.so' 'auth required @' 'account required @' \
	'session optional @' 'session required pam_permit.so'
answers "$PASSWORD" "$(code)"
talk env "${PRELOAD[@]}" pamtester -I tty=/dev/tty1 login "$HERS" authenticate acct_mgmt \
	open_session close_session
is "login takes a password and a code" "$?" 0
like "and closes what it has opened" "$(seen)" 'session has successfully been closed'
answers "$PASSWORD" "$(code)" "$(code)" "$(code)"
talk env "${PRELOAD[@]}" pamtester login "$HERS" authenticate
is "the same code is none any more" "$?" 1
like "and says why" "$(seen)" 'That code is already used'

# --- su ---------------------------------------------------------------------------------------

# Root runs it, and its service asks root as everybody else.
service su 'auth required pam_unix.so' 'auth required @' 'account required @' \
	'session optional @' 'session required pam_permit.so'
fresh
answers "$PASSWORD" "$(code)"
talk env "${PRELOAD[@]}" su "$HERS" -c 'id -un'
is "su takes both" "$?" 0
like "and changes the user" "$(seen)" "^$HERS\$"
answers "$PASSWORD" "$(wrong_code)" "$(wrong_code)" "$(wrong_code)"
talk env "${PRELOAD[@]}" su "$HERS" -c 'id -un'
is "and not the password alone" "$?" 1
unlike "nobody was changed" "$(seen)" "^$HERS\$"
pc user unlock alice

# --- sudo -------------------------------------------------------------------------------------

# The module and the socket must be within reach of who runs it: root, by the set-user-ID bit.
printf '%s\n' 'auth required pam_unix.so' "auth required $MODULE socket=$SOCKET" \
	"account required $MODULE socket=$SOCKET" 'session required pam_permit.so' \
	>"/etc/pam.d/$SERVICE"
printf '%s\n' "Defaults:$HERS pam_service=$SERVICE, !requiretty, timestamp_timeout=0, passwd_tries=1" \
	"$HERS ALL=(ALL) ALL" >"/etc/sudoers.d/$SERVICE"
chmod 440 "/etc/sudoers.d/$SERVICE"
visudo -c -q || give_up "sudo does not take these lines."
as_hers() {
	talk setpriv --reuid "$HERS" --regid "$HERS" --clear-groups "$@"
}
fresh
answers "$PASSWORD" "$(code)"
as_hers sudo id -un
is "sudo takes both" "$?" 0
like "and runs the command as root" "$(seen)" '^root$'
answers "$PASSWORD" "$(code)" "$(code)" "$(code)"
as_hers sudo id -un
is "not twice the same code" "$?" 1
fresh
answers "$PASSWORD" "$(wrong_code)" "$(code)"
as_hers sudo id -un
is "a slip does not cost the password again" "$?" 0
like "and is told, though sudo wants silence" "$(seen)" 'That code is wrong\. New code in'
kill -STOP "$KEEPER_PID"
answers "$PASSWORD"
began=$SECONDS
as_hers sudo id -un
is "while the keeper is stopped nobody becomes root" "$?" 1
[ $((SECONDS - began)) -le 10 ]
ok $? "and waits no longer than three seconds for it"
kill -CONT "$KEEPER_PID"

# --- the manual's way for a console where no keeper answers -----------------------------------

service rescue 'auth [success=2 authinfo_unavail=ignore default=die] @' \
	"auth requisite pam_succeed_if.so quiet user ingroup $HERS" \
	'auth requisite pam_succeed_if.so quiet tty =~ /dev/tty[0-9]*' 'auth required pam_permit.so'
rescue() {
	"$HOST" "$SERVICES" rescue "$@" auth | grep ^auth
}
fresh
is "with the keeper a code is needed" "$(rescue "$HERS" tty=/dev/tty1)" 'auth: Conversation error'
is "and is enough" "$(rescue "$HERS" tty=/dev/pts/1 "answer=$(code)")" 'auth: Success'
kill -KILL "$KEEPER_PID"
wait "$KEEPER_PID" 2>/dev/null
KEEPER_PID=
is "without it the group comes in at the console" "$(rescue "$HERS" tty=/dev/tty1)" 'auth: Success'
is "nowhere else" "$(rescue "$HERS" tty=/dev/pts/1)" 'auth: Authentication failure'
is "and nobody else" "$(rescue root tty=/dev/tty1)" 'auth: Authentication failure'
finish
