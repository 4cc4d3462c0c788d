#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is done to somebody reaches the terminals where they are signed in, in words that say what it
# was; tests/client/effects.sh measures how soon. And What happened, where it is told afterwards.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_state root
person sam super-administrator
person alice
person next
person other
for name in root sam alice; do
	enrolled "$name"
done
fresh

# --- another role ------------------------------------------------------------------------

inside sam
pick Settings
wait_for '[x] Require'
keys Space
wait_for '[ Make optional ]'
pc user set-role sam operator
see "in a dialog of the settings: another role closes both" \
	'Your role was changed: you are now Operator.' 'sam · Operator' 'My account' 'Sign out'
not_now "and home offers them no more" Settings
now "with the notice of who did it" 'Your role was changed by the host'
pc user set-role sam super-administrator
see "and it may be given again" 'Your role was changed: you are now Super Administrator.' Settings
keys h
see "What happened tells both, the newest first" 'What happened' \
	'Your role was changed by the host (root): Super Administrator' \
	'Your role was changed by the host (root): Operator'
keys Escape
gone "which have been read then" 'Your role was changed by the host'
sign_out

# --- the door of configuring ---------------------------------------------------------------

open next
sign_in next
see "mandatory: who has none stands before the key" 'Configure two-factor authentication' '[ Sign in ]'
not_now "and may not leave it" 'Not now'
inside root settings
fresh
pick Settings
wait_for '[x] Require'
keys Space
wait_for '[ Make optional ]'
type "$(code)"
keys Enter
wait_for 'Two-factor authentication is now optional.'
use next
see "unchecked at another terminal: it is told" 'required no more' 'n Not now'
fresh
use settings
keys Space
wait_for '[ Make mandatory ]'
type "$(code)"
keys Enter
wait_for 'is now mandatory for all users.'
use next
see "checked again: that too" 'is required again'
not_now "and there is no way round" 'Not now'
pc settings set require-2fa no
see "unchecked by the host: likewise" 'required no more' 'n Not now'
keys k
wait_for 'n Not now'
keys n
see "a key leads on, from the key as text too" 'next · Operator' 'My account' 'Sign out'
now "with what is off" 'two-factor authentication off: Enter to configure'
sign_out
pc settings set require-2fa yes
open plain --plain
wait_for 'User name'
type other
keys Enter
wait_for 'Password'
type "$PASSWORD"
keys Enter
see "line by line: who has none is shown the key" '6-digit code'
pc settings set require-2fa no
see "and told when it is required no more" 'Type n to go on without it'
type n
keys Enter
see "n goes on" 'other · Operator' 'Number'
pc user set-role other administrator
see "another role is told there as well" 'Your role was changed: you are now Administrator.'
pc user disable other
ends "and the end is one sentence" 1
like "that says what it was" "$(errors)" 'Your account was disabled, so this session has ended'
pc settings set require-2fa yes

# --- the end ---------------------------------------------------------------------------------

for what in 'user disable alice|Your account was disabled' \
	'user set-password alice|You were given a new password' \
	'user reset-2fa alice --reason lost|Your two-factor authentication was reset'; do
	pc user enable alice
	fresh
	inside alice
	# shellcheck disable=SC2086 # words
	pc ${what%|*} --password-stdin <<<"$PASSWORD" >/dev/null 2>&1 || pc ${what%|*}
	ends "provconsole ${what%|*}: the session ends" 1
	like "provconsole ${what%|*}: and says why" "$(errors)" "^${what#*|}.*ended"
	close
done
enrolled alice
fresh
inside alice
now "afterwards home tells it, by whom and why" \
	'Your two-factor authentication was reset by the host (root): lost' \
	'and 5 more in What happened'
keys h
see "What happened tells the newest of it" 'Your account was enabled by the host' \
	'You were given a new password by the host' 'older ones'
keys Enter
see "and a page further the rest" 'Your account was disabled by the host'
keys Escape
wait_for 'My account'
not_now "once" 'more in What happened'
sign_out
finish
