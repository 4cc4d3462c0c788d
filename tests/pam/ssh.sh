#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A real sshd with UsePAM, whose accounts come in by a key and then by the code of the person that
# they are linked to: ssh, scp, sftp, rsync, git, plink.
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "$top_srcdir/tests/story/people.bash"
. "$top_srcdir/tests/pam/pam.bash"

if [ "$(id -u)" -ne 0 ]; then
	echo '1..0 # SKIP only root can make UNIX accounts and run sshd for them'
	exit 0
fi
need ssh scp sftp ssh-keygen plink rsync git expect useradd userdel chpasswd
. "$top_srcdir/tests/story/sshd.bash"

HERS=pva$$		# alice's account
OTHER=pvb$$		# linked to nobody
KEEPER_PID=

end_all() {
	end_sshd
	! alive "$KEEPER_PID" || kill -KILL "$KEEPER_PID"
	drop_account "$HERS"
	drop_account "$OTHER"
} 2>/dev/null
trap 'end_all; clean_up' EXIT

# What a client asks its person, each question a line; it is answered with the lines of answers.
cat >"$WORK/askpass" <<END
#!/bin/bash
tr '\n' '|' <<<"\$1" >>"$WORK/asked"
echo >>"$WORK/asked"
head -n 1 "$WORK/answers"
sed -i 1d "$WORK/answers"
END
chmod 755 "$WORK/askpass"
SSH_OPTIONS=(-F "$WORK/ssh_config")
export SSH_ASKPASS=$WORK/askpass SSH_ASKPASS_REQUIRE=force GIT_SSH_COMMAND="ssh -F $WORK/ssh_config" \
	RSYNC_RSH="ssh -F $WORK/ssh_config" GIT_CONFIG_GLOBAL=/dev/null

# answers TEXT…: of the person, a line each
answers() {
	[ $# -eq 0 ] || printf '%s\n' "$@" >"$WORK/answers"
	[ $# -gt 0 ] || : >"$WORK/answers"
	rm -f "$WORK/asked"
}

# asked: how many questions there were
asked() {
	cat "$WORK/asked" 2>/dev/null | wc -l
}

write_config() {
	cat >"$WORK/ssh_config" <<END
Host hers other
	HostName 127.0.0.1
	Port $PORT
	IdentityFile $WORK/key
	IdentitiesOnly yes
	UserKnownHostsFile $WORK/known
	StrictHostKeyChecking accept-new
	LogLevel INFO
Host hers
	User $HERS
Host other
	User $OTHER
END
}

# serve [OPTION…]: sshd anew, and the clients know where
serve() {
	[ -z "$SSHD_PID" ] || { kill "$SSHD_PID"; wait "$SSHD_PID"; } 2>/dev/null
	start_sshd env "${PRELOAD[@]}" "$SSHD" -D -e -f "$WORK/sshd_config" "$@"
	write_config
}

# client HOST COMMAND…: without a terminal
client() {
	timeout 60 ssh "${SSH_OPTIONS[@]}" "$@" </dev/null 2>"$WORK/err"
}

make_run
chmod 711 "$WORK"
mkdir "$WORK/keys"
ssh-keygen -q -t ed25519 -N '' -f "$WORK/host" && ssh-keygen -q -t ed25519 -N '' -f "$WORK/key" ||
	give_up "ssh-keygen fails."
chmod 755 "$WORK/home"
make_account "$HERS"
make_account "$OTHER"
for account in "$HERS" "$OTHER"; do
	install -m 644 "$WORK/key.pub" "$WORK/keys/$account"
done
cat >"$WORK/sshd_config" <<END
ListenAddress 127.0.0.1
HostKey $WORK/host
PidFile none
UsePAM yes
StrictModes no
AuthorizedKeysFile $WORK/keys/%u
KbdInteractiveAuthentication yes
PasswordAuthentication no
AuthenticationMethods publickey,keyboard-interactive:pam
MaxStartups 600
Subsystem sftp internal-sftp
END

clock_set $EPOCH
make_state alice
enrolled alice
stop_keeper
start_keeper
fresh
service sshd 'auth required @' 'account required @' 'session optional @'
until_ok pc user link alice "$HERS"
ok $? "root links an account to a person"
serve

# --- in by key and code ------------------------------------------------------------------

answers "$(code)"
is "a key, and a code, open the account" "$(client hers id -un)" "$HERS"
is "one question was asked" "$(asked)" 1
like "with its text alone" "$(cat "$WORK/asked")" "6-digit code \(or a recovery code\): \|"
is "the trail knows her and where she came from" "$(pc audit list --json | json \
	"[(r['who'], r['source'], r['result']) for r in j if r['action'] == 'pam-code'][0]")" \
	'["alice", "127.0.0.1", "ok"]'
answers "$(code)" "$(code)" "$(code)"
is "the same code opens nothing more" "$(client hers id -un)" ''
like "and why is said with the next question" "$(cat "$WORK/asked")" \
	'That code is already used\. Next code in [0-9]+ s\.'
fresh
answers "$(wrong_code)" "$(code)"
is "a slip costs one more code, and no new connection" "$(client hers id -un)$(asked)" "${HERS}2"
fresh
answers "${CODES[0]}"
is "a recovery code opens it too" "$(client hers id -un)" "$HERS"
failures=$(pc user show alice --json | json "j['failures_since']")
answers ''
is "an empty answer does not" "$(client hers id -un)" ''
answers "$PASSWORD"
is "nor the password" "$(client hers id -un)" ''
is "neither counted" "$(pc user show alice --json | json "j['failures_since']")" "$failures"

# A client in LANG=C shows what is not ASCII as octal digits: there is none.
fresh
answers "$(code)"
is "a client in LANG=C comes in" "$(LC_ALL=C LANG=C client hers id -un)" "$HERS"
unlike "and reads plain letters" "$(cat "$WORK/asked")" '[\\]|[^ -~]'

# --- an account of nobody ---------------------------------------------------------------------

answers 000000
is "an account that is linked to nobody stays out" "$(client other id -un)" ''
service sshd 'auth required @ nullok' 'auth required pam_permit.so' 'account required @' \
	'session optional @'
answers
is "unless root lets it alone" "$(client other id -un)$(asked)" "${OTHER}0"
is "which opens no other" "$(answers ''; client hers id -un)" ''
service sshd 'auth required @' 'account required @' 'session optional @'

# --- programs that speak over it --------------------------------------------------------------

# over WHAT COMMAND…: one code, and it works; nothing foreign is in what it carries
over() {
	answers "$(code)"
	timeout 60 "${@:2}" <"$WORK/batch" >"$WORK/out" 2>"$WORK/err"
	ok $? "$1 works" || said "$(cat "$WORK/err")"
}

printf 'carried\n' >"$WORK/file"
mkdir "$WORK/tree" "$WORK/clone"
printf 'one\n' >"$WORK/tree/one"
echo "put $WORK/file $WORK/home/$HERS/sftp" >"$WORK/batch"
git -C "$WORK" init -q --bare "$WORK/home/$HERS/repository.git"
chown -R "$HERS:$HERS" "$WORK/home/$HERS/repository.git"

# all_four WHAT: scp, sftp, rsync and git
all_four() {
	rm -rf "$WORK/home/$HERS"/{scp,sftp,rsync} "$WORK/clone"
	over "scp $1" scp -F "$WORK/ssh_config" "$WORK/file" "hers:$WORK/home/$HERS/scp"
	$2
	over "sftp $1" sftp -F "$WORK/ssh_config" hers
	$2
	over "rsync $1" rsync -a "$WORK/tree/" "hers:$WORK/home/$HERS/rsync"
	$2
	over "git $1" git clone -q "hers:$WORK/home/$HERS/repository.git" "$WORK/clone"
	$2
	is "what they carried is whole" "$(cat "$WORK/home/$HERS"/{scp,sftp,rsync/one})" \
		"$(cat "$WORK/file" "$WORK/file" "$WORK/tree/one")"
}
fresh
all_four "after one code" fresh

# --- grace ------------------------------------------------------------------------------------

# A new password ends it, as a reset does.
no_grace() {
	pc user set-password alice --password-stdin <<<"$PASSWORD" >/dev/null 2>&1
}
pc settings set grace 1h
no_grace
fresh
answers "$(code)"
is "with grace a code is asked for once" "$(client hers id -un)$(asked)" "${HERS}1"
without_a_code() {
	is "and nobody was asked" "$(asked)" 0
}
all_four "within the time" without_a_code
answers ''
is "not from another address" "$(client -b 127.0.0.9 hers id -un)" ''
ssh-keygen -q -t ed25519 -N '' -f "$WORK/second" && cat "$WORK/second.pub" >>"$WORK/keys/$HERS"
sed "s|IdentityFile .*|IdentityFile $WORK/second|" "$WORK/ssh_config" >"$WORK/second_config"
answers ''
is "nor with another key" "$(timeout 60 ssh -F "$WORK/second_config" hers id -un </dev/null 2>/dev/null)" ''
[ "$(asked)" -gt 0 ]
ok $? "with which she was asked for a code"
is "with the first it does" "$(answers; client hers id -un)$(asked)" "${HERS}0"
no_grace
answers ''
is "until there is a new password" "$(client hers id -un)" ''
answers "${CODES[1]}"
is "a recovery code lets in" "$(client hers id -un)$(asked)" "${HERS}1"
answers ''
is "and begins no such time" "$(client hers id -un)" ''
fresh
answers "$(code)"
is "a code does" "$(client hers id -un)$(asked)" "${HERS}1"
pc settings set grace 0
answers ''
is "until it is switched off" "$(client hers id -un)" ''

# --- plink ------------------------------------------------------------------------------------

# PuTTY's own client on a terminal, with a key of its own form
cat >"$WORK/plink.exp" <<'END'
set timeout 30
log_file -noappend $env(WORK)/plink.seen
spawn -noecho plink -ssh -P $env(PORT) -hostkey $env(FINGERPRINT) -i $env(WORK)/plink.ppk -l $env(HERS) \
	127.0.0.1 id -un
expect {
	"begin session." { send "\r"; exp_continue }
	"recovery code): " { send "$env(CODE)\r"; set env(CODE) ""; exp_continue }
	timeout { exec kill [exp_pid]; exit 3 }
	eof
}
lassign [wait] pid spawned os status
exit $status
END
if command -v puttygen >/dev/null; then
	fresh
	puttygen "$WORK/key" -O private -o "$WORK/plink.ppk"
	WORK=$WORK PORT=$PORT HERS=$HERS CODE=$(code) \
		FINGERPRINT=$(ssh-keygen -lf "$WORK/host.pub" | cut -d ' ' -f 2) \
		expect "$WORK/plink.exp" >/dev/null 2>&1
	is "plink comes in by a code" "$?" 0
	like "as whom it said" "$(tr -d '\r' <"$WORK/plink.seen")" "^$HERS\$"
else
	give_up "puttygen is not installed."
fi

# --- who may come in at all -------------------------------------------------------------------

serve -o AuthenticationMethods=publickey
person bob
pc user link bob "$OTHER"
is "where a key is enough nobody is asked" "$(answers; client hers id -un)$(asked)" "${HERS}0"
is "for whomever it is" "$(answers; client other id -un)" "$OTHER"
pc user disable bob
is "who is disabled stays out all the same" "$(answers; client other id -un)" ''
like "and reads so" "$(cat "$WORK/err")" 'This account is closed'
pc user enable bob
is "until enabled again" "$(answers; client other id -un)" "$OTHER"
is "no ticket is in the environment of an ordinary account" \
	"$(client hers 'echo ${PROVCONSOLE_TICKET-none}')" none

# --- sshd's own password method ---------------------------------------------------------------

service sshd 'auth required pam_unix.so' 'auth required @' 'account required @' \
	'session optional @'
serve -o PasswordAuthentication=yes -o KbdInteractiveAuthentication=no \
	-o AuthenticationMethods=password
failures() {
	rows pam-code wrong
}
before=$(failures)
answers "$PASSWORD" "$PASSWORD" "$PASSWORD"
is "a password in the place of a code opens nothing" "$(client hers id -un)" ''
is "and is no failure of hers" "$(failures)" "$before"
serve -o AuthenticationMethods=keyboard-interactive
fresh
answers "$PASSWORD" "$(code)"
is "password and code do, where sshd can ask for both" "$(client hers id -un)$(asked)" "${HERS}2"
service sshd 'auth required @' 'account required @' 'session optional @'

# --- the keeper on a bad day ------------------------------------------------------------------

serve -o MaxAuthTries=2
# children: how many processes sshd has that have ended and nobody has asked after
zombies() {
	ps -o stat= --ppid "$SSHD_PID" | grep -c '^Z'
}
kill -STOP "$KEEPER_PID"
began=$SECONDS
answers 123456
is "a keeper that is stopped lets nobody in" "$(client hers id -un)$(asked)" 0
took=$((SECONDS - began))
# ssh and sshd have their share of it, and the machine may be busy: host.sh has the exact limit.
[ "$took" -le 20 ]
ok $? "soon, three seconds for each of two tries" || said "it took $took s"
kill -CONT "$KEEPER_PID"
fresh
answers "$(code)"
is "one that goes on lets in again" "$(client hers id -un)" "$HERS" ||
	said "$(cat "$WORK/err" "$WORK/asked"; tail -n 5 "$WORK/sshd.log"; pc audit list | head -n 5)"
kill -KILL "$KEEPER_PID"
wait "$KEEPER_PID" 2>/dev/null
is "one that was killed lets nobody in" "$(answers ''; client hers id -un)" ''
start_keeper
fresh
answers "$(code)"
is "one that was started again does" "$(client hers id -un)" "$HERS" ||
	said "$(cat "$WORK/err" "$WORK/asked"; tail -n 5 "$WORK/sshd.log")"
is "and sshd is left with no dead child" "$(zombies)" 0
finish
