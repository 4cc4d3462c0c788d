# SPDX-License-Identifier: GPL-3.0-or-later
# One console, seen by each role: who is on it, and what is asked of every screen. Sourced after
# people.bash by role_*.sh.
#
#   cast                    root, super, admin, admin2, olga, otto; the first four and olga with 2FA
#   offers WHAT LABEL…      a test: the list on the screen has these rows, and no other
#   asks LABEL QUESTION WORDS…    a test: the row opens a question with these words; Esc leaves it
#   asks_not LABEL WORDS…         a test: the row opens something that asks for no proof
#   back_to WORDS           Esc, until they are seen

cast() {
	clock_set $EPOCH
	make_state root
	person super super-administrator
	person admin administrator
	person admin2 administrator
	person olga
	person otto
	for name in root super admin olga; do
		enrolled "$name"
	done
	fresh
}

# The rows of a list or menu stand one column right of the facts above them; their label ends at two
# blanks.
rows_shown() {
	screen | sed -nE 's/^(    | ›  )([^ ].*)$/\2/p' | sed 's/  .*//' | grep -vx Name |
		grep -v 'people ·'
}

rows_are() {
	[ "$(rows_shown)" = "$1" ]
}

offers() {
	local what=$1 want

	shift
	want=$(printf '%s\n' "$@")
	until_ok rows_are "$want"
	ok $? "$what: $(IFS=,; echo "$*")" || { said "shown: $(rows_shown)"; dump; }
}

asks() {
	local label=$1

	shift
	pick "$label"
	see "$label asks: $1" "$@" '[ Cancel ]'
	keys Escape
	gone "$label: Esc leaves it undone" '[ Cancel ]'
}

asks_not() {
	local label=$1

	shift
	pick "$label"
	see "$label opens" "$@"
	not_now "$label asks for no proof" '6-digit code'
}

back_to() {
	local tries

	for tries in {1..5}; do
		! shows "$1" || return 0
		WAS=$(screen)
		keys Escape
		until_ok other_screen
	done
	wait_for "$1" || { dump; give_up "There is no way back to $1."; }
}

other_screen() {
	[ "$(screen)" != "$WAS" ]
}

# own_account WHO: what My account is to everybody, whatever their role
own_account() {
	pick 'My account'
	wait_for 'Two-factor authentication is on.' || { dump; give_up "There is no My account."; }
	now "$1: it is required, and so cannot be deactivated" \
		'Required for all users: it cannot be deactivated.'
	offers "$1 in My account" Authenticator 'Add an authenticator' 'New recovery codes' \
		'SSH keys' 'Change password' Language 'Plain text' 'What happened'
	asks 'New recovery codes' 'ten new recovery codes' '6-digit code'
	pick Authenticator
	offers "$1 with an authenticator, the only one" Rename Replace
	asks Replace 'Replace Authenticator?' '6-digit code' '[ Replace ]'
	asks_not Rename 'Name' '[ Save ]'
	back_to 'Add an authenticator'
	pick 'Change password'
	see "a password is changed with the old one and a code" 'Old password' 'New password' \
		'6-digit code'
	back_to 'Add an authenticator'
	asks_not Language 'English'
	back_to 'Add an authenticator'
	asks_not 'Plain text' 'one question a line'
	back_to 'Add an authenticator'
	asks_not 'SSH keys' 'There are no SSH keys yet.' 'Add an SSH key'
	back_to 'Add an authenticator'
	back_to 'Sign out'
}
