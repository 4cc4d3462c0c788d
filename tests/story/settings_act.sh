#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What each further setting does, at once: longest session, shortest password, failures before a
# pause, welcome text, the host in key URIs, roles that keep two factors.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/story/line.bash"
clock_set $EPOCH
make_state alice
pc settings set require-2fa no
person operator1
person admin administrator
printf '%s\n' "$PASSWORD" >"$WORK/password"

# --- the welcome text ---------------------------------------------------------------------

pc settings set welcome 'Authorised people only. All use is recorded.'
open welcome
see "the welcome text stands above the doors" 'Authorised people only. All use is recorded.' \
	'[ Sign in ]'
is "below the console's name" "$(screen | grep -A1 -m1 '^ *ProVconnect *$' | tail -1 |
	sed 's/^ *//; s/ *$//')" 'Authorised people only. All use is recorded.'
close
ok "$(pc settings set welcome $'a\e[31mb' 2>"$WORK/err" && echo 1 || echo 0)" \
	"no control characters get in"
line plain --plain
reads "plain mode reads it too" 'Authorised people only. All use is recorded.' 'User name: '
close
pc settings set welcome none
open welcome
wait_for '[ Sign in ]'
not_now "none takes it away" 'Authorised'
close

# --- how long a password is -----------------------------------------------------------------

ok "$(pc user set-password operator1 --password-stdin <<<'k7 lamp tree X' 2>"$WORK/err" &&
	echo 1 || echo 0)" "where a password is all there is, 14 characters are too few"
is "and the sentence says how many" "$(cat "$WORK/err")" \
	'provconsole: A password has at least 15 characters on this console. A short sentence is a good one.'
pc settings set require-2fa-roles operator
ok "$(pc user set-password operator1 --password-stdin <<<'k7 lamp tree X' 2>&1 &&
	echo 0 || echo 1)" "where a second factor is required 12 are enough"
pc settings set password-length 20
ok "$(pc user set-password operator1 --password-stdin <<<'k7 lamp tree X' 2>"$WORK/err" &&
	echo 1 || echo 0)" "unless the setting wants more"
like "and says so" "$(cat "$WORK/err")" 'at least 20 characters'
pc settings set password-length 12
pc user set-password operator1 --password-stdin <<<"$PASSWORD"

# --- roles ---------------------------------------------------------------------------------------

open roles
sign_in operator1
see "its role is asked to configure, though the box is off" '1 Choose an application'
close
open roles
sign_in admin
see "another role is not" 'off: Enter to configure'
sign_out
pc settings set issuer-host yes
host=$(hostname)
like "the key URI names the host" \
	"$("$top_builddir/tests/client/uri" "$STATE" operator1 "$WORK/password")" \
	"^otpauth://totp/ProVconnect%20%28${host%%.*}%29:operator1\\?secret=.*&issuer=ProVconnect%20%28${host%%.*}%29\$"
pc settings set issuer-host no
like "or does not" "$("$top_builddir/tests/client/uri" "$STATE" operator1 "$WORK/password")" \
	'^otpauth://totp/ProVconnect:operator1\?'
enrolled operator1
fresh
inside operator1
pick 'My account'
see "and whoever has it cannot deactivate it" 'Two-factor authentication is on.' \
	'Required for operators: it cannot be deactivated.'
not_now "it is not offered" 'Deactivate'
sign_out
pc settings set require-2fa-roles none

# --- failures before a pause ----------------------------------------------------------------------

pc settings set pause-after 3
open guesses
sign_in admin 'wrong password'
wait_for 'is wrong.'
for n in 1 2; do
	keys x C-u
	wait_gone 'is wrong.'
	type "wrong password $n"
	keys Enter
	wait_for 'is wrong.'
done
keys x C-u
wait_gone 'is wrong.'
type "$PASSWORD"
keys Enter
see "after three failures there is a pause" 'Too many attempts. Try again in 30 s.'
pc settings set pause-after 4
type "$PASSWORD"
keys Enter
see "a setting that allows four ends it" 'My account'

# --- how long a session lasts ----------------------------------------------------------------------

sign_out
stop_keeper
EXTRA=(FAKETIME_DONT_FAKE_MONOTONIC=0)	# how long a session lasts is told by the same clock here
inside admin
clock_move 600
keys Down
pc settings set session-limit 15m
now "an open session goes on" 'My account'
clock_move 301
pc settings get session-limit >/dev/null
ends "until it has lasted as long as one may" 1
is "and says why" "$(errors)" 'This session has lasted as long as one may. Sign in again.'
finish
