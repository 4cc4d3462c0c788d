#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The box that makes two factors mandatory for all users, from the host.
. "${top_srcdir:-.}/tests/story/lib.sh"
clock_set $EPOCH
make_configured alice
pc user add bob --role administrator --password-stdin <<<"$PASSWORD"
pc user add carol --password-stdin <<<"$PASSWORD"
alice=$KEY

open console
sign_in bob
see "mandatory: who has none configures" 'Configure two-factor authentication' '[ Sign in ]'
close
pc settings set require-2fa no
open console
sign_in bob
see "optional: who has none is not asked" 'My account' 'Sign out'
now "home says what is off, and how to have it" 'two-factor authentication off: Enter to configure'
now "and who one is" 'bob · Administrator'
is "that is a sign-in" "$(rows sign-in ok)" 2
sign_out
open console
sign_in alice
see "who has two factors is asked for a code" '6-digit code' 'Use a recovery code'
enter_code "$(code)"
see "and in" 'My account'
now "a Super Administrator reads what the host has changed" \
	'Two-factor authentication was made optional by the host'
now "and keeps the two factors" 'two-factor authentication on'
sign_out

# --- configuring by one's own will -------------------------------------------------------------

clock_move 30
open console
sign_in bob
wait_for 'My account'
keys Enter
see "My account offers it" 'Two-factor authentication is off.' 'Configure'
keys Enter
see "and asks for the password" 'Configure your two-factor authentication?' '[ Configure ]'
type "not the password"
keys Enter
see "a wrong one is refused" 'That password is wrong.'
type "$PASSWORD"
keys Enter
see "the steps are the same, the button is not" '1 Choose an application' '[ Activate ]'
read_key
bob=$KEY
keys Escape
see "Esc goes back to My account" 'Two-factor authentication is off.'
keys Enter
wait_for '[ Configure ]'
type "$PASSWORD"
keys Enter
read_key
is "where the same key waits" "$KEY" "$bob"
enter_code "$(wrong_code)"
see "a wrong code is told" 'That code is wrong.'
enter_code "$(code)"
read_codes
see "the recovery codes come" 'I have saved these codes'
keys Enter
keys Enter
see "and lead back to My account" 'Two-factor authentication is on.'
keys Escape
see "home knows it" 'two-factor authentication on, 10 recovery codes left'
sign_out
clock_move 30
open console
sign_in bob
enter_code "$(code)"
see "from then on a code is asked" 'My account'
is "which the audit trail tells" "$(pc audit list --json |
	json "sum(r['action'] == 'activate' and r['result'] == 'ok' and r['who'] == 'bob' for r in j)")" 1
sign_out

# --- back to mandatory ----------------------------------------------------------------------------

open console
sign_in carol
see "carol has none, and is in" 'off: Enter to configure'
pc settings set require-2fa yes
now "an open session stays open" 'My account'
sign_out
open console
sign_in carol
see "at her next sign-in she configures" 'Configure two-factor authentication' '[ Sign in ]'
keys Escape
see "and there is no other way" 'User name'
is "she was in once" "$(pc audit list --json |
	json "sum(r['action'] == 'sign-in' and r['who'] == 'carol' for r in j)")" 1
type "$PASSWORD"
keys Enter
configure
ok 0 "with a code she is"
sign_out

# --- an invitation --------------------------------------------------------------

invitation=$(pc user add dave 2>/dev/null)
open console
sign_in dave "$invitation"
see "an invitation is replaced first" 'Choose a new password' 'New password' 'Repeat password' \
	'[ Save ]'
type "$invitation"
keys Enter
type "$invitation"
keys Enter
see "by another one" 'That is the password in use. Choose another.'
type 'a sentence of daves own'
keys Enter
type 'a sentence of daves own'
keys Enter
see "and then two factors are configured" '1 Choose an application'
close
open console
sign_in dave "$invitation"
see "the invitation is worth nothing then" 'User name or password is wrong.'
close
late=$(pc user add late 2>/dev/null)
clock_move $((72 * 3600 + 1))
open console
sign_in late "$late"
see "after 72 hours an invitation is wrong as any other" 'User name or password is wrong.'
open console
sign_in dave 'a sentence of daves own'
see "so is a name that has not configured by then" 'User name or password is wrong.'
KEY=$alice
finish
