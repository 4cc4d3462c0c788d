#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Users, by role: what an operator, an administrator and a Super Administrator see of it; a colleague
# is added, a lost phone is reset, and who was meant notices at once.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_state root
person super super-administrator
person admin administrator
person second administrator
for name in alice bruno; do
	person "$name"
done
for name in root super admin alice; do
	enrolled "$name"
done
fresh

# keys_typed: what the last thing took, counted by hand in the comments below; `press` counts
COUNT=0
press() {
	COUNT=$((COUNT + $#))
	keys "$@"
}
write() {
	COUNT=$((COUNT + ${#1}))
	type "$1"
}

# --- for whom ---------------------------------------------------------------------------

inside alice
not_now "an operator sees nothing of it" 'Users'
sign_out
fresh

inside admin
see "an administrator does, with operators alone" '2 people, 1 with two-factor authentication'
pick Users
see "in a list" 'Name' 'Role' '2FA' 'State' 'Last sign-in' 'alice' 'bruno' 'Filter'
not_now "without those who are above operators" 'super'
not_now "nor themself" 'admin Administrator'

# --- a colleague is added ------------------------------------------------------------------

fresh
keys Escape
wait_for 'My account'
keys Home
COUNT=0
press Down Enter
see "Users: a adds" 'a Add'
press a
see "a name is asked for" 'Add a person' 'User name' 'Role' '‹ Operator ›' '[ Add ]'
write erik
press Enter
see "and then a code" 'Add erik, with the role Operator?' '6-digit code' '[ Add ]'
as admin
write "$(code)"
press Enter
see "the invitation is shown, until when, and with a text to forward" 'Invitation for erik, until' \
	'To forward:' 'To sign in, run' 'User name: erik' 'One-time password, until 2026-01-04' \
	'[ Done ]' 'c Copy'
now "administering is open, and counted down" 'unlocked '
said "a colleague is added with $COUNT keys, of them 4 of a name and 6 of a code"
is "in so few keys" "$COUNT" 15
invitation=$(screen | grep -oE '[A-Z2-7]{4}(-[A-Z2-7]{4}){3}' | head -n 1)
keys Escape
see "Esc asks before it is lost" 'It is not shown again. Leave all the same?' "$invitation"
keys Tab
keys Enter
see "the button leaves" 'erik' 'invited, 3 d left'
not_now "and it is seen no more" "$invitation"
is "one row says who was added" "$(rows_of admin user-add ok)" 1

press a
wait_for 'Add a person'
type frida
keys Enter
see "for five minutes no other code is asked for" 'Invitation for frida, until'
keys Tab Enter
wait_for 'frida'
keys a
wait_for 'Add a person'
type FRIDA
keys Enter
see "a name is given once" 'That user name is taken.'
keys Escape
wait_for 'a Add'
keys C-x
see "^X ends it" 'Administering has ended'
not_now "in the title too" 'unlocked'
keys a
wait_for 'Add a person'
type gerd
keys Enter
see "then a code is asked for again" 'Add gerd, with the role Operator?' '6-digit code'
keys Escape
gone "Esc withdraws it" '6-digit code'
keys Escape
wait_for 'a Add'

# As people type it: small letters, without dashes, 0 for O.
open erik
typed=$(tr -d - <<<"$invitation" | tr 'A-Z' 'a-z' | tr o 0)
sign_in erik "$typed"
see "the invitation opens, as people type it" 'Choose a new password'
close

# --- the list -------------------------------------------------------------------------------

use admin
wait_for 'a Add'
keys /
type b
see "filtered as one types" 'bruno'
gone "to whose name begins so" 'alice'
type '% OR 1=1'
see "nothing of it is a pattern" 'Nobody has a name that begins so'
keys Escape
see "Esc clears it" 'alice' 'bruno' 'frida'
keys s
see "sorted by role" 'by role'
keys s
see "by state" 'by state'
keys s
see "by last sign-in, the latest first" 'by last sign-in'
choose alice
keys o
see "only those without two-factor authentication" 'Only those without'
gone "not who has it" 'alice Operator'
keys o
see "and everybody again" 'alice Operator'
sign_out_of_users() {
	keys Escape
	wait_for 'My account'
	sign_out
}
sign_out_of_users

# --- a lost phone ------------------------------------------------------------------------------

fresh
inside alice
fresh
inside super
fresh
wait_for '7 people'
COUNT=0
press Down Enter
wait_for 'a Add'
press / a l Enter Enter
see "a person's page" 'Users > alice' 'Operator' 'here now' 'on, 1 authenticator' \
	'Reset two-factor authentication' 'New invitation' 'Change role' 'End sessions' 'Disable' 'Remove'
press Down Enter
see "says what it leads to" 'Reset the two-factor authentication of alice?' 'open sessions end' \
	'Reason' '6-digit code' '[ Reset ]'
write 'lost'
press Enter
as super
write "$(code)"
press Enter
see "and what was done" 'The two-factor authentication of alice was reset'
said "a lost phone is reset with $COUNT keys, of them 4 of a reason and 6 of a code"
is "in so few keys" "$COUNT" 21
use alice
ends "her open session has ended at once" 1
is "with a sentence" "$(errors)" \
	'Your two-factor authentication was reset, so this session has ended. Sign in again.'
is "she configures anew" "$(factors alice)" 'off 0 0'
like "the reason is in the trail" "$(pc audit list --json |
	json "[r['detail'] for r in j if r['action'] == 'reset-2fa'][0]")" lost

# --- what may not be done ---------------------------------------------------------------------

use super
wait_for 'unlocked'
keys Escape
wait_for 'a Add'
keys Escape
choose super
keys Enter
see "oneself is managed elsewhere" 'This is you'
keys Escape
choose second
keys Enter
wait_for 'Users > second'
pick Disable
see "above operators each thing asks for its own code" 'Disable second?' '6-digit code'
fresh
answer "$(code)"
see "and is done" 'second was disabled. Open sessions have ended.' 'Enable'
pick Remove
wait_for 'Remove second for good?'
fresh
type 'seconds'
keys Enter
type "$(code)"
keys Enter
see "only by the name as it stands" 'That is not the name of this person'
keys C-u
type 'Second'
keys Enter
see "or as it is compared" 'second was removed'
is "and then there is nobody" "$(pc user show second 2>&1)" \
	"provconsole: There is no user of that name."
choose root
keys Enter
wait_for 'Users > root'
pick 'Change role'
see "roles to choose from" 'uses the console' 'adds, resets and unlocks operators'
choose Operator
keys Enter
wait_for 'Change the role of root from Super Administrator to Operator?'
fresh
answer "$(code)"
see "a role holds at once" 'root has another role now: Operator.'
pc user disable super 2>"$WORK/err"
like "the last Super Administrator stays" "$(cat "$WORK/err")" 'last'

# --- who is less, meanwhile ---------------------------------------------------------------------

fresh
inside admin
pick Users
wait_for 'a Add'
pc user set-role admin operator
see "who may not see people any more is home, and told so" 'My account'
not_now "without the item" 'people'
finish
