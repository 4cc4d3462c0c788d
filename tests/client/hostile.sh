#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Commands that mean ill, and what is no command: each attempt is refused or undone, and nothing of a
# run outlives it. With a keeper of its own user, a runner that root started, and real users.
. "${top_srcdir:-.}/tests/host.bash" || exit 1
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "${top_srcdir:-.}/tests/client/guarded.bash" || exit 1
need setpriv useradd sudo visudo
T=/usr/local/lib/t
MARK=hostile-$$

guard
install -m 755 "$top_srcdir/tests/client/hostile.py" "$HOST$T/hostile.py"
hostile() {
	local way=$1

	shift
	command_ "$way" --title "Means ill" --role operator "${AS[@]}" -- "$PYTHON" -IS "$T/hostile.py" "$way" \
		"$MARK-$way" "$@"
}
AS=()
on_host useradd --no-create-home --home-dir / --shell /bin/sh guarded ||
	give_up "There is no user for commands."

# --- its surroundings ----------------------------------------------------------------------

command_ look --title Look --role operator -- /bin/sh -c \
	'env | sort; ls -l /proc/self/fd; umask; pwd; ulimit -c; tty; id -u; id -G; stty size; grep -E "^(NoNewPrivs|SigBlk|SigIgn|CapEff)" /proc/self/status'
at operator run look
is "its environment is this alone" "$(grep -oE '^[A-Z_]+=' <<<"$OUT" | sort | tr -d '\n')" \
	'HOME=LANG=PATH=PROVCONSOLE_ROLE=PROVCONSOLE_RUN=PROVCONSOLE_SOURCE=PROVCONSOLE_USER=PWD=SHELL=TERM='
like "its PATH is fixed" "$OUT" '^PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin$'
like "TERM is the console's" "$OUT" '^TERM=xterm-256color$'
like "it knows who asked" "$OUT" '^PROVCONSOLE_USER=operator$'
is "it has the terminal and nothing else open" \
	"$(grep -oE '[0-9]+ -> .*' <<<"$OUT" | grep -vE '^3 -> /proc/[0-9]+/fd$' | sort | tr '\n' ' ')" \
	'0 -> /dev/pts/0 1 -> /dev/pts/0 2 -> /dev/pts/0 '
like "its terminal is the first of a devpts of its own" "$OUT" '^/dev/pts/0$'
like "files are made for all to read" "$OUT" '^0022$'
like "it begins at /" "$OUT" '^/$'
like "without core dumps" "$OUT" '^0$'
like "as a user of its own" "$OUT" '^19000[0-9]{5}$'
like "no capability" "$OUT" '^CapEff:.0{16}$'
like "no signal is ignored" "$OUT" '^SigIgn:.0{16}$'
like "none is blocked" "$OUT" '^SigBlk:.0{16}$'

command_ named --title Named --role operator --as guarded -- /bin/sh -c 'id -un; id -Gn; echo "$USER $HOME"'
at operator run named
is "as a named user it is that one" "$(head -n 3 <<<"$OUT" | tr '\n' ';')" 'guarded;guarded;guarded /;'
echo 'guarded ALL=(root) NOPASSWD: /usr/bin/id -un' >"$HOST/etc/sudoers.d/guarded"
chmod 440 "$HOST/etc/sudoers.d/guarded"
command_ lifted --title Lifted --role operator --as guarded -- /usr/bin/sudo -n /usr/bin/id -un
at operator run lifted
# Where the host's name is in no list sudo says so first.
like "sudo inside a command works" "$OUT" '^root$'

# --- arguments, byte by byte ---------------------------------------------------------------

cat >"$HOST$T/arguments" <<'END'
#!/bin/sh
for argument do printf '<%s>\n' "$argument"; done
END
chmod 755 "$HOST$T/arguments"
command_ arguments --title Arguments --role operator -- "$T/arguments" 'a  b' "it's" '"q"' '*' '$HOME' '`id`' \
	'; id' '' '-x' '\n' '~' 'é'
at operator run arguments
is "arguments arrive as root wrote them" "$(grep '^<' <<<"$OUT" | tr -d '\n')" \
	"<a  b><it's><\"q\"><*><\$HOME><\`id\`><; id><><-x><\\n><~><é>"
long=$(printf 'x%.0s' {1..15000})
command_ long --title Long --role operator -- "$T/arguments" "$long"
at operator run long
is "a long one whole" "$(grep -oE '<x+>' <<<"$OUT" | tr -d '\n' | wc -c)" 15002

# refuses_to_add WHAT PATTERN ARGUMENT
refuses_to_add() {
	OUT=$(on_host "$LIBEXEC/provconsole" command add bad --title Bad --role operator -- "$T/arguments" "$3" 2>&1)
	is "$1 is not added" "$?" 1
	like "$1: why" "$(tr '\n' ' ' <<<"$OUT")" "$2"
	[ ! -e "$HOST/etc/provconsole/commands.d/bad" ]
	ok $? "$1: nothing is written"
}
refuses_to_add "an argument with a newline" . $'a\nb'
refuses_to_add "an argument with an escape" . $'a\eb'
refuses_to_add "an argument of 100 kB" . "$(printf 'x%.0s' {1..100000})"
printf 'title Big\nrole operator\nprogram /bin/echo\nargument %s\n' "$(printf 'x%.0s' {1..100000})" \
	>"$HOST/etc/provconsole/commands.d/big"
at operator run big
like "a file of 100 kB runs nothing" "$OUT" '^refused COMMAND_'
at operator run "$(printf 'a b%.0s' {1..10})"
is "a name with blanks is none" "$OUT" 'refused COMMAND_NONE'
at operator run $'look\nlook'
is "nor one with a newline" "$OUT" 'refused COMMAND_NONE'
at operator run 'lo*k'
is "nor a glob" "$OUT" 'refused COMMAND_NONE'
at operator run '../commands.d/look'
is "nor a path" "$OUT" 'refused COMMAND_NONE'
rm "$HOST/etc/provconsole/commands.d/big"

# --- programs that are none ------------------------------------------------------------------

mkdir "$HOST$T/directory"
printf 'echo hello\n' >"$HOST$T/bare"
printf '#!/bin/sh\necho hello\n' | tee "$HOST$T/mode" "$HOST$T/writable" "$HOST$T/foreign" >"$HOST$T/gone"
chmod 755 "$HOST$T"/{bare,foreign,gone}
chmod 644 "$HOST$T/mode"
chmod 757 "$HOST$T/writable"
on_host chown guarded "$HOST$T/foreign" 2>/dev/null || on_host chown guarded "$T/foreign"
rm "$HOST$T/gone"
for kind in directory bare mode writable foreign gone; do
	printf 'title None\nrole operator\nprogram %s\n' "$T/$kind" >"$HOST/etc/provconsole/commands.d/$kind"
	at operator run "$kind"
	unlike "$kind: nothing runs" "$OUT" hello
	like "$kind: it is refused" "$OUT" 'COMMAND_PROGRAM|status 255'
done
refusal() {
	[ "$(trail command-run | grep -c 'operator: refused: .*refused by the runner')" -eq 6 ]
}
until_ok refusal
ok $? "each is in the trail" || trail command-run | sed 's/^/# /'

# --- one that spies and kills ------------------------------------------------------------------

KILLS=
exec {other}< <(exec sleep 4447)	# of root's, for all to see
KILLS=$!
"${HOST_RUN[@]}" setpriv --reuid guarded --regid guarded --clear-groups sleep 4448 &
KILLS="$KILLS $!"
disown
for way in terminals kills traces reads keys; do
	hostile "$way"
	at operator run "$way"
	unlike "$way: nothing is achieved" "$OUT" ACHIEVED
	like "$way: though it was tried" "$OUT" '^tried [1-9]'
done
hostile sockets "$RUNNER"
at operator run sockets
unlike "it cannot order of the runner" "$OUT" ACHIEVED
like "though it tried" "$OUT" '^tried 1$'
on_host "$LIBEXEC/provconsole" command remove sockets >/dev/null
kill -0 "$KEEPS" && kill -0 "$RUNS"
ok $? "keeper and runner are alive"
for pid in $KILLS; do
	kill "$pid"
done
exec {other}<&-
KILLS=

# --- one that will not go ------------------------------------------------------------------------

for way in away background; do
	hostile "$way"
	at operator run "$way"
	like "$way: its end is told" "$OUT" '^status 0$'
	till_then "$way: and nothing of it is left" none_marked
done
for way in away-stays full; do
	hostile "$way"
	at operator run "$way" drop
	till_then "$way: where the line drops nothing of it is left" none_marked
done
hostile chains
at operator run chains
like "chains: its end is told" "$OUT" '^status 0$'
till_then "chains: nothing is left" none_marked
hostile chains-stay
at operator run chains-stay drop
till_then "chains-stay: nothing is left where the line drops" none_marked
hostile stopped-group
at operator run stopped-group
like "what stops itself is ended" "$OUT" '^status 147$'
till_then "and the stopped with it" none_marked

command_ deaf --title Deaf --role operator -- /bin/sh -c \
	"trap '' HUP INT QUIT TERM TSTP; : $MARK; echo here; while :; do read -r line; done"
at operator run deaf drop
till_then "one that ignores HUP is gone, too" none_marked
command_ core --title Core --role operator -- /bin/sh -c 'ulimit -c unlimited; ulimit -Hc; kill -SEGV $$'
at operator run core
like "one that dumps core has no right to" "$OUT" '^0$'
like "and its signal is told" "$OUT" '^status 139$'

# The same as a user that others are, too.
AS=(--as guarded)
"${HOST_RUN[@]}" setpriv --reuid guarded --regid guarded --clear-groups sleep 4449 &
KILLS=$!
disown
for way in away-stays background; do
	on_host "$LIBEXEC/provconsole" command remove "$way" >/dev/null
	hostile "$way"
	at operator run "$way" drop
	till_then "$way, as a named user: nothing of it is left" none_marked
done
kill -0 "$KILLS"
ok $? "whoever else is that user goes on"
kill "$KILLS"
KILLS=
finish
