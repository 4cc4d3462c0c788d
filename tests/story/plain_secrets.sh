#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The console line by line keeps no secret longer than it needs it: passwords, the key, codes and
# recovery codes are looked for in its memory.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "$top_srcdir/tests/story/line.bash"
. "$top_srcdir/tests/story/secrets.bash"
[ "$(id -u)" -eq 0 ] || { echo "1..0 # SKIP only root may read the memory of a process that keeps to itself"; exit; }
need expect
clock_set $EPOCH
first=$(invented) second=$(invented)
PASSWORD=$first
secret "first password" password "$first"
secret "second password" password "$second"

line console --plain
reads "a new console" 'User name: '
console=$(cat "$WORK/line.console/pid")
enter alice
reads "asks for a password" 'Password: '
enter "$second"
reads "twice" 'Repeat password: '
in_locked_alone "$console" "a password that is to be repeated" 'second password'
enter b
reads "another one" 'Password: '
enter "$first"
reads "may be chosen" 'Repeat password: '
is "nothing is left of the one before" "$(found "$console" | grep 'second password')" ''
enter "$first"
reads "it is set" '6-digit code: '
nowhere "and gone: the console" "$console"
KEY=$(written | grep -xE '([A-Z2-7]{4} ){7}[A-Z2-7]{4}' | tr -d ' ')
secret key key "$KEY"
enter s
reads "the key is spelled" 'Group 8 of 8' '6-digit code: '
enter q
reads "and drawn" 'light and dark exchanged' '6-digit code: '
in_locked_alone "$console" "the key, while it may be asked for" 'key'
used=$(code)
secret code code "$used"
enter "$used"
reads "its code is taken" 'Type yes when'
nowhere "key and code are gone: the console" "$console"
mapfile -t CODES < <(written | grep -xE '[A-Z2-7]{4}(-[A-Z2-7]{4}){3}')
for i in "${!CODES[@]}"; do
	secret "recovery code $i" recovery "${CODES[i]}"
done
enter s
reads "the recovery codes are spelled" 'Code 10 of 10' 'Type yes when'
in_locked_alone "$console" "they, while they may be asked for" 'recovery code 9'
enter yes
reads "they are saved" 'Number: '
nowhere "and gone: the console" "$console"
enter 1
reads "my account" '5 Change password' 'Number: '
enter 5
reads "a new password" 'Old password: '
enter "$first"
reads "for the old one" 'New password: '
enter "$second"
reads "with a code" 'Repeat password: '
enter "$second"
reads "which is fresh" '6-digit code'
fresh=$(code 1)
secret "fresh code" code "$fresh"
enter "$fresh"
reads "is set" 'Your password was changed.' 'Number: '
nowhere "and all of it is gone: the console" "$console"
press '\004'
leaves "and out" 0

wrong=$(invented)
secret "wrong password" password "$wrong"
line another --plain
reads "whoever signs in" 'User name: '
console=$(cat "$WORK/line.another/pid")
enter alice
reads "with a password" 'Password: '
enter "$wrong"
reads "that is wrong" 'User name [alice]: '
nowhere "is asked again, and it is gone: the console" "$console"
press '\004'
leaves "and out" 1
finish
