#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The module in a program that loads it: whatever the keeper and the conversation do, the program
# gets one answer in time, the right one or a refusal, and finds all that is its own as it was.
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "$top_srcdir/tests/pam/pam.bash"
need valgrind

FALSE_PID=
trap '[ -z "$FALSE_PID" ] || kill -9 "$FALSE_PID"; clean_up' EXIT
UNAVAIL='Authentication service cannot retrieve authentication info'
AWAY='error: The second factor cannot be checked now. Try again later, or ask the host'\''s administrator.'
ASKED='6-digit code (or a recovery code): '
QUESTION="off: $ASKED"

# keeper MODE…: a false one; what it hears is in $WORK/heard
keeper() {
	if [ -n "$FALSE_PID" ]; then
		kill -9 "$FALSE_PID"
		wait "$FALSE_PID" 2>/dev/null
	fi
	rm -f "$SOCKET" "$WORK/heard"
	"$top_builddir/tests/pam/false_keeper" "$SOCKET" "$@" >"$WORK/heard" 2>"$WORK/facts" &
	FALSE_PID=$!
	until_ok grep -q ready "$WORK/heard" || give_up "There is no false keeper."
}

heard() {
	sed 1d "$WORK/heard" | tr '\n' ' '
}

# says WHAT WANTED SERVICE WORD…: what the program says, line by line
says() {
	is "$1" "$(host "$3" alice "${@:4}")" "$2"
}

service plain 'auth required @' 'account required @' 'session required @'
service nullok 'auth required @ nullok' 'auth required pam_permit.so'
service named 'auth required @ service=sshd'
service wrong 'auth required @ nul1ok' 'account required @ nul1ok' 'session required @ nul1ok'

# --- the keeper's answers ---------------------------------------------------------------

keeper linked=1
says "a code lets in" "${QUESTION}
auth: Success" plain answer=123456 auth
is "the keeper was asked what is so, and then about the code" "$(heard)" 'PAM_ASK  PAM_ANSWER 123456 '
says "setting credentials changes nothing" "setcred: Success" plain setcred
keeper linked=1
says "a recovery code may have dashes" "${QUESTION}
auth: Success" plain answer=ABCD-EFGH-IJKL-MNOP auth
is "it is sent without" "$(heard)" 'PAM_ASK  PAM_ANSWER ABCDEFGHIJKLMNOP '
keeper grace=1
says "with grace nothing is asked" "auth: Success" plain auth
keeper used_recovery=1,recovery_left=2,failures_since=3
says "whoever used a recovery code is told how many are left, and what failed before" "${QUESTION}
info: You signed in with a recovery code. 2 are left.
info: 3 failed attempts since the last sign-in.
auth: Success" plain answer=123456 auth
says "and nothing where silence is wanted" "${QUESTION}
auth: Success" plain silent answer=123456 auth

# --- what the keeper is told ---------------------------------------------------------------

keeper grace=1
host named alice rhost=192.0.2.1 tty=ssh 'env=SSH_CONNECTION=198.51.100.7 1 127.0.0.1 22' \
	$'env=SSH_AUTH_INFO_0=publickey ssh-ed25519 AAAA\n' auth >/dev/null
is "account, service, address, terminal and key are told" "$(cat "$WORK/facts")" \
	'alice sshd 192.0.2.1 ssh ssh-ed25519 AAAA'
keeper grace=1
host plain alice rhost=bastion 'env=SSH_CONNECTION=198.51.100.7 1 127.0.0.1 22' auth >/dev/null
is "a name is no address" "$(cat "$WORK/facts")" 'alice plain 198.51.100.7  '
keeper grace=1
host plain alice rhost=bastion auth >/dev/null
is "without one it is this host" "$(cat "$WORK/facts")" 'alice plain local  '
keeper linked=1
"$HOST" "$SERVICES" plain "$(printf 'a%.0s' {1..257})" auth >"$WORK/out"
is "a name that would be cut is nobody" "$(cat "$WORK/out") $(heard)" \
	'auth: User not known to the underlying authentication module '

# --- a code that is refused ---------------------------------------------------------------

MAXTRIES='Have exhausted maximum number of retries for service'
keeper err=CODE_WRONG,wait=17
says "a wrong code is asked for again, and not for ever" "${QUESTION}
off: That code is wrong. New code in 17 s.
$ASKED
off: That code is wrong. New code in 17 s.
$ASKED
error: That code is wrong. New code in 17 s.
auth: $MAXTRIES" plain answer=111111 answer=222222 answer=333333 answer=444444 auth
is "each was sent once" "$(heard)" \
	'PAM_ASK  PAM_ANSWER 111111 PAM_ANSWER 222222 PAM_ANSWER 333333 '
keeper linked=1 err=CODE_USED,wait=5 linked=1
says "a slip costs one more code" "${QUESTION}
off: That code is already used. Next code in 5 s.
$ASKED
auth: Success" plain answer=111111 answer=222222 auth
keeper linked=1 err=CODE_USED,wait=5 linked=1
says "and its sentence goes with the question where silence is wanted, as sudo does" "${QUESTION}
off: That code is already used. Next code in 5 s.
$ASKED
auth: Success" plain silent answer=111111 answer=222222 auth
keeper err=PAUSED,wait=27
says "in a pause nothing more is asked" "${QUESTION}
error: Too many attempts. Try again in 27 s.
auth: $MAXTRIES" plain answer=111111 answer=222222 auth
keeper linked=1
says "what is no code is not sent, nor a password that came a line late" "${QUESTION}
off: A code has 6 digits.
$ASKED
off: A code has 6 digits.
$ASKED
error: A code has 6 digits.
auth: $MAXTRIES" plain answer=12345 'answer=correct horse battery' answer= auth
is "the keeper has heard nothing of it" "$(heard)" 'PAM_ASK  '

# --- an account without a second factor ---------------------------------------------------

keeper linked=0,has_2fa=0
says "an account that is linked to nobody stays out" "error: This account belongs to nobody who has a second factor. On the host run: provconsole user link NAME alice
auth: Authentication failure" plain answer=123456 auth
is "and signs in its name that would move a cursor are shown as none" \
	"$(host plain $'x\e[2J\u9b' auth | sed -n 's/.*NAME //p')" 'x?[2J??'
says "or is none of this module's business, if root says so" 'auth: Success' nullok auth
keeper linked=1,has_2fa=0
says "a person who has none is shown the way" "error: This account has no second factor yet. Configure it first: ssh console@$(uname -n)
auth: Authentication failure" plain answer=123456 auth
says "or comes in, if root says so" 'auth: Success' nullok auth
keeper linked=1
says "nullok opens nothing for who has one" "${QUESTION}
auth: Conversation error" nullok auth

# --- strange conversations ----------------------------------------------------------------

for answer in :null :none :fail :512 :100000; do
	keeper linked=1
	says "an answer like this fails: $answer" "${QUESTION}
auth: Conversation error" plain "answer$answer" auth
	is "and asks the keeper nothing: $answer" "$(heard)" 'PAM_ASK  '
done
keeper linked=1
says "511 bytes are no code" "${QUESTION}
off: A code has 6 digits.
$ASKED
auth: Success" plain answer:511 answer=123456 auth
keeper linked=1
says "without a conversation nobody comes in" 'auth: Conversation error' plain mute auth

# sshd's password method answers each question with the password.
service password 'auth [default=ignore] pam_unix.so' 'auth required @'
keeper linked=1
says "the password again is no answer, be it six digits" "off: Password: 
${QUESTION}
auth: Conversation error" password answer=123456 answer=123456 auth
is "and does not count" "$(heard)" 'PAM_ASK  '
keeper linked=1
says "a code after it is one" "off: Password: 
${QUESTION}
auth: Success" password answer=123456 answer=654321 auth

# --- lines that root wrote wrong ------------------------------------------------------------

keeper grace=1
says "an option that nobody knows closes everything" 'auth: Error in service module
account: Error in service module
open: Error in service module
ticket: none' wrong auth account open ticket
is "the keeper was not asked" "$(heard)" ''

# --- bad days -------------------------------------------------------------------------------

# bad WHAT: in all its functions the module says in time that it cannot know
bad() {
	says "$1: nobody comes in" "$AWAY
auth: $UNAVAIL
$AWAY
account: $UNAVAIL
open: Cannot make/remove an entry for the specified session
ticket: none" plain answer=123456 auth account open ticket
}

for mode in silent deaf leaves dies nonsense short older other crowded passes; do
	keeper "$mode"
	bad "a keeper that is $mode"
done
kill -9 "$FALSE_PID"
wait "$FALSE_PID" 2>/dev/null
FALSE_PID=
bad "a keeper that is dead"
is "root, who is linked to nobody, is kept out by none of that where no code is asked" \
	"$(host plain root account)" 'account: Success'
is "and has no code" "$(host plain root answer=123456 auth)" "$AWAY
auth: $UNAVAIL"
rm -f "$SOCKET"
bad "no socket"
: >"$SOCKET"
bad "a file in its place"
rm -f "$SOCKET"
ln -s nowhere "$SOCKET"
bad "a link in its place"
rm -f "$SOCKET"
mv "$WORK/run" "$WORK/gone"
bad "no directory"
mv "$WORK/gone" "$WORK/run"

keeper linked=1
says "a keeper that dies while the person thinks" "${QUESTION}
$AWAY
auth: $UNAVAIL" plain "kill=$FALSE_PID" answer=123456 auth
keeper linked=1
says "one that stops meanwhile" "${QUESTION}
$AWAY
auth: $UNAVAIL" plain "stop=$FALSE_PID" answer=123456 auth
keeper linked=1 dies
says "one that dies with the code in its hand is not asked again" "${QUESTION}
$AWAY
auth: $UNAVAIL" plain answer=123456 auth
is "for it may have counted" "$(heard)" 'PAM_ASK  PAM_ANSWER 123456 '
keeper crowded crowded linked=1
says "one without room for a moment is asked again" "${QUESTION}
auth: Success" plain answer=123456 auth
keeper askerr=STORE_IO
says "one that cannot read its disk" "$AWAY
auth: $UNAVAIL" plain answer=123456 auth

# --- account and session ----------------------------------------------------------------------

keeper linked=1
says "an account that may come in, and its ticket" "account: Success
open: Success
ticket: 64 of 64 digits
close: Success" plain account open ticket close
is "it was opened and ended" "$(heard)" 'PAM_ACCOUNT  TICKET_OPEN  TICKET_CLOSE  '
keeper linked=1
keeper err=TICKET_ACCOUNT
says "an account that is not the console's gets none, and comes in" 'open: Success
ticket: none
close: Success' plain open ticket close
keeper linked=1
says "a session that was never opened" 'close: Success' plain close
is "has nothing to end" "$(heard)" ''

# --- what is left in memory -------------------------------------------------------------------

# Each end of the module once more, with eyes on its memory.
watched() {
	valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
		--track-fds=no "--log-file=$WORK/valgrind" "$HOST" "$SERVICES" plain alice "$@" >/dev/null 2>&1
	is "valgrind finds nothing: $*" "$? $(cat "$WORK/valgrind")" '0 '
}
keeper used_recovery=1,failures_since=1
watched rhost=192.0.2.1 'env=SSH_AUTH_INFO_0=publickey ssh-ed25519 AAAA' answer=123456 auth \
	setcred account open close
keeper err=CODE_WRONG
watched answer=111111 answer:512 auth
watched answer:null auth
watched answer:none auth
watched mute auth
keeper silent
watched auth open
finish
