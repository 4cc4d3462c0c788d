#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Console and keeper behind their walls: the kernel says that they are, somebody who
# breaks in gets nowhere, and languages, charsets, time zones and descriptions of
# terminals work there from wherever they may come.
. "${top_srcdir:-.}/tests/story/lib.sh"

# walls PID: what the kernel says of a process
walls() {
	sed -nE 's/^(NoNewPrivs|Seccomp):[[:space:]]*([0-9]+)$/\1 \2/p' "/proc/$1/status" |
		tr '\n' ' '
}

confinement() {
	pc doctor --json | json "next(f['$1'] for f in j if f['check'] == 'confinement')"
}

# leave: from home or a door, and the story goes on
leave() {
	keys C-c
	until_ok ended || give_up "The console does not end."
}

clock_set $EPOCH
make_state alice
pc settings set require-2fa no

if [ "$(confinement result)" != ok ]; then
	echo "1..0 # SKIP $(confinement detail)"
	exit 0
fi

# --- what the kernel says ------------------------------------------------------------------

open console
see "a confined console shows its door" 'User name' '[ Sign in ]'
is "it gains no rights, and its calls are filtered" "$(walls "$(pid)")" 'NoNewPrivs 1 Seccomp 2 '
is "so it is with the keeper" "$(walls "$(keepers)")" 'NoNewPrivs 1 Seccomp 2 '
is "and with each of its threads" "$(cat /proc/"$(keepers)"/task/*/status |
	grep -c '^Seccomp:[[:space:]]*2$')" \
	"$(ls "/proc/$(keepers)/task" | wc -l)"
sign_in alice
see "it works as any other" 'My account' 'Sign out'
resize 100x30
keys F1
see "also in a window that was resized" 'Redraws the screen.'
kill -STOP "$(pid)"
kill -CONT "$(pid)"
keys Escape
see "also when it was stopped meanwhile" 'Sign out'
clock_move 60
leave
is "and ends as it should" "$(status) $(errors)" '0 '
given_back "the terminal is as it was"

open killed
wait_for 'User name'
kill -ABRT "$(pid)"
ends "a crash is a crash there too" 134
modes_back
ok $? "which gives the terminal its modes back"

# --- somebody inside ---------------------------------------------------------------------------

INTRUDER=$top_builddir/tests/story/intruder.so
everything='intruder terminal: Permission denied intruder writing: Permission denied intruder network: Function not implemented intruder signal: Function not implemented intruder program: Function not implemented'

open victim
see "somebody is at another terminal" 'User name'
theirs=$(readlink "/proc/$(pid)/fd/0")
is "which a program of the same user can open" \
	"$(LD_PRELOAD=$INTRUDER INTRUDER_WAITS=no INTRUDER_TERMINAL=$theirs \
	"$PYTHON" -IS -c 'import time; time.clock_gettime(0)' 2>&1 | head -n 2 |
	tr '\n' ' ')" 'intruder terminal: worked intruder writing: worked '
rm -f /tmp/provconsole-intruder
NOW=
EXTRA=("LD_PRELOAD=$INTRUDER" "INTRUDER_TERMINAL=$theirs")
open intruder
see "somebody has broken into a console" 'User name'
tried() {
	[ "$(grep -c '^intruder' "$1")" -eq 5 ]
}
until_ok tried "$WORK/terminal.intruder/stderr"
is "and gets nowhere from there" "$(tr '\n' ' ' <"$WORK/terminal.intruder/stderr")" "$everything "
[ ! -e /tmp/provconsole-intruder ]
ok $? "and leaves nothing"
leave
EXTRA=()
use victim
leave
stop_keeper
env LD_PRELOAD="$INTRUDER" INTRUDER_TERMINAL="$theirs" "$KEEPER" \
	--state "$STATE" 2>"$WORK/keeper.log" &
keeper=$!
until_ok tried "$WORK/keeper.log"
is "nor from the keeper" "$(tr '\n' ' ' <"$WORK/keeper.log")" "$everything "
pc user list >/dev/null
is "which goes on" $? 0
kill "$keeper"
wait "$keeper"
is "and leaves when it is asked to" $? 0
clock_set $((EPOCH + 120))

# --- languages and charsets -----------------------------------------------------

# translated LANGUAGE MSGID: from its file
translated() {
	sed -n "/^msgid \"$2\"\$/{n;s/^msgstr \"\(.*\)\"\$/\1/p}" "$top_srcdir/po/$1.po"
}

# speaks WHAT LANGUAGE: from the first door to home and the help, and nothing that it could not read
speaks() {
	see "$1: the door" "$(translated "$2" 'User name')"
	type alice
	keys Enter
	type 'a wrong password'
	keys Enter
	see "$1: a sentence" "$(translated "$2" 'User name or password is wrong.')"
	type "$PASSWORD"
	keys Enter
	see "$1: home" "$(translated "$2" 'My account')"
	keys F1
	see "$1: the help" "$(translated "$2" 'Redraws the screen.')"
	leave
	is "$1: and out" "$(status) $(errors)" '0 '
}

languages=$(sed '/^#/d' "$top_srcdir/po/LINGUAS")
for language in $languages; do
	EXTRA=(LANGUAGE="$language")
	open console
	speaks "$language" "$language"
done

# Locales of another charset, made here where the host knows how.
mkdir "$WORK/locales"
for charset in UTF-8 ISO-8859-1 ISO-8859-15; do
	if localedef -i fr_FR -f "$charset" "$WORK/locales/fr_FR.$charset" 2>"$WORK/said" ||
		[ -d "$WORK/locales/fr_FR.$charset" ]; then
		EXTRA=(LOCPATH="$WORK/locales" LC_ALL="fr_FR.$charset" LANG="fr_FR.$charset")
		open console
		speaks "fr_FR.$charset" fr
	else
		said "fr_FR.$charset cannot be made: $(head -n 1 "$WORK/said")"
	fi
done

# --- an odd place ---------------------------------------------------------------

# A build tree is the program with its translations beside it.
mkdir "$WORK/odd place"
cp "$PROVCONSOLE" "$KEEPER" "$WORK/odd place"
cp -R "$top_builddir/translations" "$WORK/odd place"
stop_keeper
EXTRA=(LANGUAGE=fr)
COMMAND=("$WORK/odd place/provconsole" --state "$STATE")
open console
speaks "from an odd place" fr
COMMAND=()

# --- descriptions of terminals --------------------------------------------------

# One of the person's own, which sets a title that no other has.
infocmp -1 screen-256color | sed -e 's/^screen-256color|.*/pc-mine|of the person,/' -e \
	's/smcup=\(.*\),$/smcup=\1\\E]2;mine\\E\\\\,/' >"$WORK/mine"
for where in home/.terminfo own 'list one'; do
	mkdir -p "$WORK/$where"
	tic -x -o "$WORK/$where" "$WORK/mine" 2>/dev/null || give_up "tic fails."
done
own_terminal() {
	open console
	see "$1: the door" 'User name' '[ Sign in ]'
	grep -aqF $'\e]2;mine\e\\' "$WORK/terminal.console/raw"
	ok $? "$1: it is the one that is used"
	sign_in alice
	see "$1: home" 'My account'
	leave
	is "$1: and out" "$(status) $(errors)" '0 '
	given_back "$1: the terminal is as it was"
}
EXTRA=(TERM=pc-mine)
own_terminal "~/.terminfo"
rm -rf "$WORK/home/.terminfo"
EXTRA=(TERM=pc-mine TERMINFO="$WORK/own")
own_terminal TERMINFO
EXTRA=(TERM=pc-mine TERMINFO_DIRS="$WORK/nowhere::$WORK/list one")
own_terminal TERMINFO_DIRS
for type in xterm-ghostty no-such-terminal vt100; do
	EXTRA=(TERM=$type)
	open console
	sign_in alice
	see "TERM=$type: what is known instead" 'My account'
	leave
done

# --- time zones -----------------------------------------------------------------

mkdir "$WORK/zones"
echo 'Zone Test/Odd 9:30 - ODD' >"$WORK/zone.source"
PATH=$PATH:/usr/sbin zic -d "$WORK/zones" "$WORK/zone.source" || give_up "zic fails."
clock_set $((EPOCH + 3600))
last=21:32
for zone in XYZ-9:30 ":$WORK/zones/Test/Odd" Test/Odd; do
	EXTRA=(TZ="$zone" TZDIR="$WORK/zones")
	open console
	sign_in alice
	see "TZ=${zone/"$WORK"/…}: home tells the time there" "Last sign-in today $last"
	leave
	last=22:30
done
finish
