#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The command line, as root's scripts use it: what it prints, where, and with which status.
. "${top_srcdir:-.}/tests/story/lib.sh"

OUT= ERR= STATUS=

# run INPUT ARGUMENT…: one command
run() {
	OUT=$(pc "${@:2}" <<<"$1" 2>"$WORK/err")
	STATUS=$?
	ERR=$(cat "$WORK/err")
}

# did WHAT STATUS [PATTERN of standard error]
did() {
	is "$1" "$STATUS" "$2" || said "$OUT" "$ERR"
	[ $# -lt 3 ] || like "$1: says what to do" "$ERR" "$3"
}

# --- before anything is there ---------------------------------------------------------

run '' --version
like "the version is printed" "$OUT" '^provconsole [0-9]+\.[0-9]+'
run '' --help
did "help is not a failure" 0
like "help names the commands" "$OUT" 'user add NAME'
run '' user
did "an area alone is wrong usage" 2 'provconsole user --help'
run '' user frobnicate
did "an unknown command is wrong usage" 2 'no such command'
run '' --frobnicate
did "an unknown option is wrong usage" 2 'no such option'
run '' user show
did "a missing name is wrong usage" 2 'NAME'
run '' user list --role operator
did "an option of another command is wrong usage" 2 'does not take the option: role'
run '' init
did "init needs a name" 2 '--user'
is "nothing of this has made a state" "$(ls "$WORK/home/.local" "$STATE" 2>/dev/null)" ""

for command in 'user list' 'user show alice' 'user add alice' 'settings list' \
	'settings set idle-lock 1h' 'audit list'; do
	run '' $command
	did "$command makes no state" 1 'no console in that directory.*provconsole init'
done
run '' --state "$WORK/typo/deep" user list
did "nor where a path is misspelt" 1 'no console in that directory'
mkdir -m 755 "$WORK/bare"
run '' --state "$WORK/bare" user list
did "nor in a directory that is something else" 1 'no console in that directory'
is "and nothing is left behind" "$(ls -d "$WORK/typo" "$WORK/bare"/* "$STATE" 2>/dev/null)" ""
no_keeper
ok $? "not even a keeper"

# --- init ---------------------------------------------------------------------------

run 'short' init --user alice --password-stdin
did "a short password is refused" 1 'at least 12 characters'
run 'alice.alice.alice' init --user alice.alice.alice --password-stdin
did "the name as password is refused" 1 'is the user name'
run 'password1234' init --user alice --password-stdin
did "one of the commonest is refused" 1 'one of the commonest'
run "$PASSWORD" init --user 'al ice' --password-stdin
did "a blank in a name is refused" 1 'letters, digits'
run "$PASSWORD" init --user alice --password-stdin
did "init makes the first Super Administrator" 0
is "init has no output" "$OUT" ""
run "$PASSWORD" init --user bob --password-stdin
did "a second init is refused" 1 'has a Super Administrator already'
is "the state is closed to others" "$(stat -c %a "$STATE")" 700
is "its files are closed to others" "$(find "$STATE" -type f -perm /077)" ""
is "the key is not even writable" "$(stat -c %a "$STATE/console.key")" 400

# --- people -------------------------------------------------------------------------

run '' user add bob --role administrator
did "a person is invited" 0 'One-time password'
like "the invitation stands alone on standard output" "$OUT" '^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$'
is "in one line" "$(wc -l <<<"$OUT")" 1
run "$PASSWORD" user add carol --password-stdin
did "a person is added with a password" 0
is "and nothing is printed then" "$OUT$ERR" ""
run "$PASSWORD" user add CAROL --password-stdin
did "a name is one name however it is written" 1 'taken'
run "$PASSWORD" user add $' Carol\u00a0' --password-stdin
did "blanks around a name are not part of it" 1 'taken'
run '' user show $'\tcarol '
did "nor where one is looked for" 0
run "$PASSWORD" user add $'c\u0430rol' --password-stdin
did "a Cyrillic letter among Latin ones is refused" 1 'different scripts'
run "$PASSWORD" user add dave --role king --password-stdin
did "an unknown role is refused" 1 'super-administrator, administrator, operator'

run '' user list
did "people are listed" 0
like "with their role" "$OUT" '^bob +administrator'
run '' user list --json
did "people are listed as JSON" 0
is "in their order" "$(json "' '.join(u['name'] for u in j)" <<<"$OUT")" "alice bob carol"
is "with all that is promised" "$(json "all(k in u for u in j for k in ('name', 'role', '2fa', 'enabled', 'paused_until', 'last_sign_in'))" <<<"$OUT")" true
run '' user show alice --json
is "who may do everything is told" "$(json "j['role']" <<<"$OUT")" super-administrator
is "who never signed in has no time of it" "$(json "[j['last_sign_in'], j['paused_until'], j['2fa'], j['enabled']]" <<<"$OUT")" \
	"[null, null, false, true]"
"$PYTHON" -m json.tool <<<"$OUT" >/dev/null
ok $? "what is printed is JSON"
run '' user show nobody
did "an unknown name is refused" 1 'no user of that name'

run '' user disable carol
did "a person is disabled" 0
is "which is shown" "$(pc user show carol --json | json "j['enabled']")" false
run '' user enable carol
did "a person is enabled" 0
is "which is shown too" "$(pc user show carol --json | json "j['enabled']")" true
run '' user disable alice
did "the last Super Administrator stays" 1 'last enabled Super Administrator'
is "and is enabled as before" "$(pc user show alice --json | json "j['enabled']")" true
pc user add eve --role super-administrator --password-stdin <<<"$PASSWORD"
run '' user disable alice
did "with another one, the first may go" 0
run '' user disable eve
did "but not both" 1 'last enabled Super Administrator'
run '' user unlock carol
did "unlocking who is not locked does no harm" 0
run '' user unlock nobody
did "an unknown name cannot be unlocked" 1 'no user of that name'

# Enough people for several pages of the wire.
for n in 1 2 3 4 5 6 7 8; do
	pc user add "many$n" >/dev/null 2>&1
done
is "everyone is listed, once" "$(pc user list --json |
	json "[len(j), len(set(u['name'] for u in j))]")" "[12, 12]"

# --- settings --------------------------------------------------------------------------

run '' settings list
like "two factors are required at first" "$OUT" '^require-2fa +yes'
run '' settings get require-2fa
is "one setting is printed alone" "$OUT" yes
run '' settings set require-2fa no
did "it can be changed" 0
is "for good" "$(pc settings get require-2fa)" no
is "as JSON it is true or false" "$(pc settings list --json | json "j[0]")" \
	'{"key": "require-2fa", "value": false, "meaning": "Require two-factor authentication for all users"}'
run '' settings set require-2fa perhaps
did "nonsense is refused" 1 'give yes or no'
run '' settings set no-such-thing 1
did "an unknown setting is refused" 1 'settings list'
run '' settings set idle-lock 5
did "a value out of its limits is refused" 1 'give 1m to 12h'
is "a refused value changes nothing" "$(pc settings get require-2fa) $(pc settings get idle-lock)" \
	"no 15m"
pc settings set console-name 'Büro "7" \'
is "text keeps its characters" "$(pc settings get console-name)" 'Büro "7" \'
is "in JSON too" "$(pc settings get console-name --json | json "j['value']")" 'Büro "7" \'
stop_keeper
is "settings outlive the keeper" "$(pc settings get console-name)" 'Büro "7" \'

# --- the audit trail -------------------------------------------------------------------

run '' audit list
did "the trail is listed" 0
like "with a host's change" "$OUT" "host:$(id -un) .*user-disable +carol +ok"
run '' audit list --json
did "the trail is listed as JSON" 0
is "numbered from 1 without a gap" "$(json "[r['id'] for r in j] == list(range(1, len(j) + 1))" \
	<<<"$OUT")" true
is "with all that is promised" "$(json "all(k in r for r in j for k in ('id', 'time', 'who', 'source', 'action', 'target', 'result'))" <<<"$OUT")" true
is "every change is there" "$(json "sum(r['action'] == 'setting' and r['result'] == 'ok' for r in j)" <<<"$OUT")" 2
is "refusals too" "$(json "sum(r['action'] == 'user-disable' and r['target'] in ('alice', 'eve') and r['result'] == 'refused' for r in j)" <<<"$OUT")" 2
unlike "no password is in it" "$OUT" "$PASSWORD"
run '' audit list --user CAROL --action user-disable --since today --until today --json
did "the trail is filtered" 0
is "to what was done to one person, in any spelling" "$(json "[r['target'] for r in j]" <<<"$OUT")" '["carol"]'
like "and told as a sentence" "$OUT" '"says": "carol was disabled by host:'
run '' audit list --until yesterday --json
is "what no row fits is an empty list" "$OUT" "[]"
run '' audit list --user "' OR 1=1 --" --json
is "and a filter is a name, never SQL" "$OUT" "[]"
run '' audit list --since soon
did "a time that is none is refused" 1 '2026-11-27T10:00'
run '' audit list --action dance
did "an action that is none is refused" 1 'audit list --help'

# followed NUMBER: whether so many rows have been
followed() {
	[ "$(wc -l <"$WORK/followed")" -eq "$1" ]
}

pc user unlock carol
before=$(pc audit list --action user-unlock --json | json 'len(j)')
mapfile -t environment < <(environment)
env -i "${environment[@]}" "$PROVCONSOLE" --state "$STATE" audit list --follow --json \
	--action user-unlock >"$WORK/followed" &
follower=$!
until_ok followed "$before"
ok $? "the trail is followed: what there is"
pc user unlock carol
until_ok followed $((before + 1))
ok $? "and what comes, within seconds"
is "a row is a line of JSON" "$(tail -1 "$WORK/followed" | json "j['target']")" carol
kill -TERM "$follower"
wait "$follower"
is "it ends when it is told to, and well" "$?" 0
is "nor outlives its reader" "$(pc audit list --follow | head -1 | cut -c1-2)" ID

# --- where there is no console ---------------------------------------------------------

run '' </dev/null
did "without a terminal there is no console" 1 'no terminal'
EXTRA=(SSH_ORIGINAL_COMMAND=ls)
run ''
did "a command over SSH opens nothing without a terminal" 1 'needs a terminal'
EXTRA=('SSH_ORIGINAL_COMMAND=ls -l')
run ''
did "nor what is no command's name" 1 'Over SSH only a command of this console is taken'
EXTRA=()
mapfile -t environment < <(environment)
ERR=$(env -i "${environment[@]}" "$PROVCONSOLE" --socket "$WORK/none" user list 2>&1)
STATUS=$?
did "no keeper is started for a socket" 1 'No keeper answers'
no_keeper "$WORK/none"
ok $? "and none runs"

# A long path: longer than a socket's address.
STATE=$WORK/$(printf 'long%.0s' {1..40})/$(printf 'path%.0s' {1..20})
run "$PASSWORD" init --user alice --password-stdin
did "a state whose path is long works" 0
finish
