#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# provconsole-keys, as sshd runs it: prints nothing but the very key that was offered, and within
# three seconds, whatever the keeper is; for nobody but the console's account.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/client/strangers.bash"
need ssh-keygen
KEYS_PROGRAM=$top_builddir/provconsole-keys
LIES=$WORK/lies
mkdir -m 755 "$LIES"

# made NAME OPTION…
made() {
	ssh-keygen -q -N '' -f "$WORK/$1" -C "$1@host" "${@:2}"
}

# key_of NAME: "TYPE BASE64"
key_of() {
	cut -d' ' -f1,2 "$WORK/$1.pub"
}

# asked NAME [USER [SOCKET]]: what sshd is told; the time that took in ms is in $WORK/took
asked() {
	local type key begin

	read -r type key _ <"$WORK/$1.pub"
	begin=${EPOCHREALTIME/[.,]/}
	"$KEYS_PROGRAM" --socket "${3:-$STATE/socket}" "${2:-console}" "$type" "$key" \
		"$(ssh-keygen -l -f "$WORK/$1.pub" | cut -d' ' -f2)" 2>&1
	echo "status $?"
	echo $(((${EPOCHREALTIME/[.,]/} - begin) / 1000)) >"$WORK/took"
}

# prompt WHAT: it took at most three seconds
prompt() {
	[ "$(cat "$WORK/took")" -le 3000 ]
	ok $? "$1: within three seconds ($(cat "$WORK/took") ms)"
}

nothing='status 0'
made one -t ed25519
made two -t rsa -b 2048
made weak -t rsa -b 1024
make_state root
pc user add alice >/dev/null
pc user add bob >/dev/null
stop_keeper
serve

is "an unknown key" "$(asked one)" "$nothing"
pc user key add alice "$WORK/one.pub" >/dev/null
is "a key of hers" "$(asked one)" "restrict,pty $(key_of one)
$nothing"
is "another one" "$(asked two)" "$nothing"
is "for another account" "$(asked one root)" "$nothing"
is "one of a name that only begins so" "$(asked one consoles)" "$nothing"
pc user disable alice
is "she is disabled: at once" "$(asked one)" "$nothing"
pc user key add bob "$WORK/one.pub" >/dev/null
is "bob has it too" "$(asked one)" "restrict,pty $(key_of one)
$nothing"
pc user remove bob
is "bob is gone" "$(asked one)" "$nothing"
pc user enable alice
is "she is back" "$(asked one)" "restrict,pty $(key_of one)
$nothing"

# A key in a device that can ask for its owner: as OpenSSH's PROTOCOL.u2f has it.
python3 - >"$WORK/sk.pub" <<'END'
import base64, struct
def string(b): return struct.pack('>I', len(b)) + b
t = b'sk-ssh-ed25519@openssh.com'
print(t.decode(), base64.b64encode(string(t) + string(bytes(range(32))) + string(b'ssh:')).decode())
END
pc user key add alice "$WORK/sk.pub" >/dev/null
is "of a security key its PIN is asked for" "$(asked sk)" "restrict,pty,verify-required $(key_of sk)
$nothing"
ssh-keygen -q -s "$WORK/two" -I test -n console "$WORK/one.pub"
cp "$WORK/one-cert.pub" "$WORK/cert.pub"
is "a certificate is nobody's" "$(asked cert)" "$nothing"
is "nor is what sshd would not take" "$(asked weak)" "$nothing"
is "another's fingerprint gives nothing" "$("$KEYS_PROGRAM" --socket "$STATE/socket" console \
	$(key_of two) "$(ssh-keygen -l -f "$WORK/one.pub" | cut -d' ' -f2)"; echo "status $?")" "$nothing"
"$KEYS_PROGRAM" console ssh-ed25519 2>/dev/null
is "wrong usage is said so" $? 2
is "nothing of it is in the trail" "$(pc audit list --json | grep -c keys)" 0

# --- three hundred at once --------------------------------------------------------------------

# sshd never lets so many knock at once (MaxStartups); and no one of them is turned away.
read -r type key _ <"$WORK/one.pub"
print=$(ssh-keygen -l -f "$WORK/one.pub" | cut -d' ' -f2)
for i in {1..300}; do
	"$KEYS_PROGRAM" --socket "$STATE/socket" console "$type" "$key" "$print" >"$WORK/at_once.$i" &
	ASKERS[i]=$!
done
wait "${ASKERS[@]}"
is "of three hundred at once each is answered" "$(cat "$WORK"/at_once.* | sort | uniq -c | tr -s ' ')" \
	" 300 restrict,pty $type $key"

# --- a keeper that is not itself --------------------------------------------------------------

kill -STOP "$SERVED"
is "it stands still" "$(asked one)" "$nothing"
prompt "it stands still"
kill -CONT "$SERVED"
is "and goes on" "$(asked one)" "restrict,pty $(key_of one)
$nothing"
stop_served
is "it is away" "$(asked one)" "$nothing"
prompt "it is away"
is "there is no such place" "$(asked one console /nowhere/socket)" "$nothing"
is "nor such a path" "$(asked one console socket)" "$nothing"

# lied WAY: by a keeper that says that each key is the second
lied() {
	coproc LIAR { exec "$top_builddir/tests/client/lying_keeper" "$LIES" "$1" "$(key_of two)"; }
	read -r <&"${LIAR[0]}"
}
believed() {
	local liar=$LIAR_PID

	eval "exec ${LIAR[1]}>&-"
	wait "$liar" 2>/dev/null
}
lied key
is "it gives another key" "$(asked one console "$LIES/socket")" "$nothing"
is "the one that was offered is printed" "$(asked two console "$LIES/socket")" \
	"restrict,pty $(key_of two)
$nothing"
believed
for way in silent greets nonsense 'hangs up'; do
	lied "$way"
	is "it $way" "$(asked two console "$LIES/socket")" "$nothing"
	prompt "it $way"
	believed
done

# --- ten thousand keys ------------------------------------------------------------------------

python3 - "$STATE/console.db" <<'END'
import hashlib, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
user = db.execute("SELECT id FROM account WHERE name = 'alice'").fetchone()[0]
db.executemany("INSERT INTO ssh_key (user, type, blob, fingerprint, name, added)"
               " VALUES (?, 'ssh-ed25519', ?, ?, 'k', 1)",
               ((user, hashlib.sha512(b'%d' % i).digest(), hashlib.sha256(b'%d' % i).digest())
                for i in range(10000)))
db.commit()
END
serve
for i in 1 2 3 4 5 6 7 8 9; do
	asked one >"$WORK/out"
	cat "$WORK/took"
done | sort -n >"$WORK/times"
is "one of ten thousand is found" "$(cat "$WORK/out")" "restrict,pty $(key_of one)
$nothing"
median=$(sed -n 5p "$WORK/times")
[ "$median" -le 60 ] # 20 where nothing else runs; the shell's share is in it
ok $? "in $median ms, shell and ssh-keygen included"
finish
