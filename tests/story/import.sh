#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Moving in from files that the other tools made themselves: looked at first, all or none, and
# nobody scans again. What those tools have taken is not taken here once more.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
need google-authenticator
clock_set $EPOCH
make_state root
FILES=$WORK/files
mkdir -m 700 "$FILES"
cd "$FILES" || exit 1
umask 077

# import FILE FORMAT OPTION…: its standard output in $OUT, what it says in $ERR, its status in $STATUS
import() {
	OUT=$(pc import "$1" --format "$2" "${@:3}" 2>"$WORK/err" </dev/null)
	STATUS=$?
	ERR=$(cat "$WORK/err")
}

# did WHAT STATUS ERR-PATTERN
did() {
	is "$1" "$STATUS" "$2"
	like "$1: what is said" "$ERR" "$3"
}

# everything CHANGED: what the console holds, to be compared
everything() {
	pc user list --json
	pc audit list --json
}

# unchanged WHAT: a test
unchanged() {
	is "$1: nothing has changed" "$(everything)" "$BEFORE"
}

# google_file FILE OPTION…: as the tool itself makes it; its KEY is known then
google_file() {
	google-authenticator -t -f -d -w 3 -r 3 -R 30 -Q NONE -q --no-confirm -s "$FILES/$1" "${@:2}" ||
		give_up "google-authenticator makes no file."
	chmod 600 "$FILES/$1"
	KEY=$(head -n 1 "$FILES/$1")
}

# first_time NAME INVITATION: from the first door to the code's
first_time() {
	open "$1"
	sign_in "$1" "$2"
	wait_for '6-digit code' || { dump; give_up "$1's invitation leads to no code."; }
}

# at_home WHAT: a test: behind the code a new password, then recovery codes, then home
at_home() {
	wait_for 'Choose a new password' || { dump; give_up "$1: no new password is asked for."; }
	type 'a sentence of my own'
	keys Enter
	type 'a sentence of my own'
	keys Enter
	see "$1: new recovery codes are shown, and no key" 'I have saved these codes'
	save_codes
	see "$1: home" 'My account' 'Sign out'
	sign_out
	close
}

# --- google-authenticator -----------------------------------------------------------------------

google_file alice
BEFORE=$(everything)
import alice google-authenticator --user alice --dry-run
did "a dry run" 0 'Nothing was changed\. Lines that would be taken over: 1\.'
like "says what would be done" "$OUT" '^1 +alice +person, authenticator +The scratch codes are left behind'
unchanged "a dry run"
import alice google-authenticator
did "the file does not say whose it is" 2 'Missing option: --user'
import alice google-authenticator --user alice --invite
did "a file of google-authenticator is taken over" 0 'Lines taken over: 1\.'
like "standard output is the invitations alone" "$OUT" '^alice,[A-Z2-7]{4}(-[A-Z2-7]{4}){3},2026-01-04 12:00:03$'
INVITATION=$(cut -d, -f2 <<<"$OUT")
is "the person has two factors, and no recovery codes yet" "$(factors alice)" "on 1 0"
first_time alice "$INVITATION"
enter_code
see "a code that the old tool may have taken a moment ago is spent" 'That code is already used.'
clock_move 30
enter_code
see "and so is the one after it" 'That code is already used.'
clock_move 30
enter_code
at_home "alice"
import alice google-authenticator --user alice
did "who has an authenticator gets none from a file" 1 'Lines that are refused: 1'
like "and it is said why" "$OUT" 'alice +refused +Two-factor authentication is already configured'

# The tool with a wide window took a code of three steps ahead; and a clock that is 19 steps off.
google_file bruno
STEP=$((NOW / 30))
sed -i "s/^\" DISALLOW_REUSE.*/\" DISALLOW_REUSE $((STEP - 2)) $((STEP + 3)) $STEP/" bruno
import bruno google-authenticator --user bruno --invite --role administrator
did "a file with used steps is taken over" 0 'Lines taken over: 1'
is "with the role that was asked for" "$(pc user show bruno --json | json "j['role']")" administrator
first_time bruno "$(cut -d, -f2 <<<"$OUT")"
clock_move 90
enter_code
see "a step that the old tool has spent is spent here" "That code is already used."
clock_move 30
enter_code
at_home "bruno"
google_file claire
sed -i '2i" TIME_SKEW 19' claire
import claire google-authenticator --user claire --invite
did "a file with a clock that is off is taken over" 0 'clock is off by 570 s'
clock_move 60
first_time claire "$(cut -d, -f2 <<<"$OUT")"
enter_code "$(code 19)"
at_home "claire"

google_file wrong
sed -i "s|^\" DISALLOW_REUSE.*|\" DISALLOW_REUSE $((NOW / 30 + 500))|" wrong
import wrong google-authenticator --user dan
like "a used code that is still to come is refused" "$OUT" 'dan +refused +A key has 10 to 64 bytes.*still to come'
google-authenticator -c -f -w 3 -u -Q NONE -q --no-confirm -s "$FILES/counter" || give_up "no counter"
import counter google-authenticator --user dan
did "counted codes are refused" 1 'refused: 1'
like "by their line" "$OUT" '^3 +dan +refused +Its codes are counted'
google_file slow -S 60
import slow google-authenticator --user dan
like "and codes of 60 seconds" "$OUT" '^[0-9]+ +dan +refused +Its codes do not change every 30 seconds'

# --- who is here already ---------------------------------------------------------------------

person dora
as nobody
open dora
sign_in dora
wait_for 'Copy secret key to' || give_up "dora is not asked to configure."
google_file dora
import dora google-authenticator --user dora
did "who is here without an authenticator gets it" 0 'Lines taken over: 1'
like "and that is said" "$OUT" 'dora +authenticator +This person is here already'
type 123456
keys Enter
ends "a screen that showed another key ends" 1
like "and says why" "$(errors)" 'ended by a change to the account'
close
clock_move 60
open dora
sign_in dora
enter_code
read_codes
save_codes
sign_out
close

# --- oath-toolkit -----------------------------------------------------------------------------

HEX=3132333435363738393031323334353637383930
KEY=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ
cat >users.oath <<END
# users of the old host
HOTP/T30 emil - $HEX
HOTP/T30/6 fred 98761234 3132333435363738393031323334353637383931
END
# liboath itself takes a code of three steps ahead, and writes what it keeps of that.
mapfile -t FAKED < <(environment)
env -i "${FAKED[@]}" "$PYTHON" -IS - "$(code 3)" <<'END' || give_up "liboath takes no code."
import ctypes, sys
oath = ctypes.CDLL('liboath.so.0')
assert oath.oath_init() == 0
assert oath.oath_authenticate_usersfile(b'users.oath', b'emil', sys.argv[1].encode(),
    ctypes.c_size_t(10), None, ctypes.byref(ctypes.c_long())) == 0
END
like "liboath has written down what it took" "$(cat users.oath)" "emil.*$(code 3).*2026-01-01"
import users.oath oath --invite
did "a users file is taken over" 0 'Lines taken over: 2'
unlike "a PIN is never told" "$OUT$ERR$(pc audit list --json)" 98761234
unlike "nor a key" "$OUT$ERR$(pc audit list --json)" "$HEX|$KEY"
like "but that it is left behind" "$ERR" 'fred +person, authenticator +The PIN is left behind'
clock_move 90
first_time emil "$(grep emil <<<"$OUT" | cut -d, -f2)"
enter_code
see "the code that liboath took is spent here" "That code is already used."
clock_move 30
enter_code
at_home "emil"

cat >mixed.oath <<END
HOTP/T30 gina - $HEX
HOTP/T30 gina - $HEX
HOTP gina - $HEX 7
HOTP/T60/8 hans - $HEX
HOTP/T30/7 hans - $HEX
Gina HOTP/T30 - $HEX
HOTP/T30 Gina - $HEX
HOTP/T30 g$(printf '\u0456')na - $HEX
HOTP/T30 hans - 3132
END
BEFORE=$(everything)
import mixed.oath oath
did "one line that is refused refuses all" 1 'Nothing was changed\. Lines that are refused: 7\.'
like "another authenticator of a person is one" "$OUT" '^2 +gina +authenticator$'
like "HOTP" "$OUT" '^3 +gina +refused +Its codes are counted'
like "60 seconds" "$OUT" '^4 +hans +refused +Its codes do not change every 30'
like "7 digits" "$OUT" '^5 +hans +refused +Its codes do not have 6 digits'
like "a line that is none names nobody" "$OUT" '^6 +refused +That is no line of this format'
like "another spelling" "$OUT" '^7 +Gina +refused +Line 1 has the same name'
like "a name that looks like another" "$OUT" '^8 .*refused .*different scripts'
like "a short key" "$OUT" '^9 +hans +refused +A key has 10 to 64 bytes'
unchanged "a refused file"

# --- CSV --------------------------------------------------------------------------------------

printf '\xef\xbb\xbfname,role,otpauth\r\n"ines",administrator,"otpauth://totp/X:ines?secret=%s&issuer=X%%20Y"\r\njan,operator,-\r\n\r\nkai,operator\r\n' \
	$KEY >people.csv
import people.csv csv
did "a CSV file is taken over" 0 'Lines taken over: 3.*|set-password NAME --invite'
is "with roles and authenticators" \
	"$(pc user list --json | json "[[u['name'], u['role'], u['2fa']] for u in j if u['name'] in ('ines', 'jan', 'kai')]")" \
	'[["ines", "administrator", true], ["jan", "operator", false], ["kai", "operator", false]]'
open jan
sign_in jan
see "who has no password yet gets in by none" 'User name or password is wrong.'
close
import people.csv csv --json
is "as JSON: who is here stays as they are" \
	"$(json "[[r['line'], r['name'], r['result']] for r in j]" <<<"$OUT")" \
	'[[2, "ines", "refused"], [3, "jan", "refused"], [5, "kai", "refused"]]'
BEFORE=$(everything)
printf 'lea,operator\nmo,operator,otpauth://totp/a?secret=%s&digits=8\nlea,operator\nno,king\n"o,operator\njan,administrator,otpauth://totp/a?secret=%s\n' \
	$KEY $KEY >bad.csv
import bad.csv csv
did "records that are wrong" 1 'refused: 5'
like "8 digits" "$OUT" '^2 +mo +refused +Its codes do not have 6'
like "a person twice" "$OUT" '^3 +lea +refused +This person stands in line 1 already'
like "a role that there is not" "$OUT" '^4 +refused +The role is none of'
like "a quotation mark" "$OUT" '^5 +refused +A quotation mark'
like "another role than here" "$OUT" '^6 +jan +refused +.*in another role'
unchanged "wrong records"

# --- cut, hostile, huge -----------------------------------------------------------------------

# refused_at WHAT LINE PATTERN: the file bad, as CSV; nothing behind that line is looked at
refused_at() {
	import bad csv
	is "$1: refused" "$STATUS" 1
	like "$1: by its line" "$(tail -n 1 <<<"$OUT")" "^$2 .*$3"
	unchanged "$1"
}

printf 'lea,operator\nmo,oper' >bad
refused_at "a file that is cut" 2 'cut off'
printf 'lea,operator\nm\0o,operator\nno,king\n' >bad
refused_at "a NUL" 2 'no UTF-8 text'
printf 'lea,operator\n\033[2Jmo,operator\n' >bad
refused_at "a control sequence" 2 'no UTF-8 text'
head -c 300000 /dev/urandom >bad
refused_at "random bytes" '[0-9]+' '(no UTF-8 text|longer than)'
{ echo lea,operator; head -c 10000000 /dev/zero | tr '\0' a; echo; } >bad
refused_at "a line without an end" 2 'longer than 4,096 bytes'
awk 'BEGIN { for (i = 1; i <= 1000000; i++) print "person" i ",operator" }' >bad
import bad csv --dry-run
is "1,000,000 lines: refused" "$STATUS" 1
like "1,000,000 lines: at the first one too many" "$(tail -n 1 <<<"$OUT")" '^100001 .*at most 100,000'
unchanged "1,000,000 lines"
: >bad
import bad csv
did "an empty file names nobody" 1 'names nobody'
ln -sf "$FILES/alice" bad
import bad google-authenticator --user eve
did "a link is not followed" 1 'symbolic link'
import missing csv
did "a file that is not there" 1 'no such file'
import "$FILES" csv
did "a directory" 1 'no regular file'
rm -f bad
printf 'pia,operator\n' >bad
chmod 644 bad
import bad csv --dry-run
did "a file that others may read is told of" 0 'Others may read this file'
unchanged "all these"

# --- killed ------------------------------------------------------------------------------------

people() {
	pc user list --json | json 'len(j)'
}

# begun BEFORE: whether the import has added people
begun() {
	[ "$(people)" -gt "$1" ]
}

as_before() {
	[ "$(people)" -eq "$1" ]
}

awk -v key=$KEY 'BEGIN { for (i = 1; i <= 60000; i++) print "crowd" i ",operator,otpauth://totp/a?secret=" key }' >crowd.csv
COUNT=$(people)
for victim in import keeper; do
	mapfile -t FAKED < <(environment)
	env -i "${FAKED[@]}" "$PROVCONSOLE" --state "$STATE" import crowd.csv --format csv \
		>/dev/null 2>&1 &
	IMPORT=$!
	until_ok begun "$COUNT" || give_up "The import does not begin."
	kill -0 "$IMPORT" 2>/dev/null
	ok $? "the $victim is killed while it adds people"
	if [ "$victim" = import ]; then kill_hard "$IMPORT"; else kill_keeper; fi
	wait "$IMPORT" 2>/dev/null
	open waits
	wait_for 'User name' || { dump; give_up "There is no door."; }
	until_ok as_before "$COUNT"
	ok $? "killed $victim: all that was added is taken back" || said "$(people), not $COUNT"
	close
done
like "which the trail tells" "$(pc audit list --json | json "sum(r['action'] == 'import-file' and r['result'] == 'undone' for r in j)")" '^2$'
is "of each person" "$(pc audit list --json | json "sum(r['action'] == 'import' and r['result'] == 'ok' and r['target'].startswith('crowd') for r in j) == sum(r['action'] == 'import' and r['result'] == 'undone' for r in j)")" true
finish
