#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# SSH keys at a terminal: pasted, named, shown, taken away; and a key that says who one is, by a
# ticket of root's.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/client/strangers.bash"
if [ "$(id -u)" -ne 0 ]; then
	echo '1..0 # SKIP only root gets tickets'
	exit 0
fi
need ssh-keygen
clock_set $EPOCH
make_configured alice
KEYS[alice]=$KEY
stop_keeper
serve

# made NAME OPTION…
made() {
	ssh-keygen -q -N '' -f "$WORK/$1" -C "$1@host" "${@:2}"
}

# key_of NAME: "TYPE BASE64"
key_of() {
	cut -d' ' -f1,2 "$WORK/$1.pub"
}

# pasted TEXT: as a terminal hands a paste on
pasted() {
	tm set-buffer -- "$1"
	tm paste-buffer -p -t "=$TERMINAL:"
}

# answers TEXT: a line
answers() {
	type "$1"
	keys Enter
}

# over NAME [OPTION…]: a console that comes by that key, as root vouches
over() {
	COMMAND=("$top_builddir/tests/client/ticketed" "$STATE" 192.0.2.7 "$(key_of "$1")"
		"$PROVCONSOLE" --state "$STATE" "${@:2}")
	open "by-$1"
	COMMAND=()
}

made laptop -t rsa -b 4096
made other -t ed25519

# --- added ------------------------------------------------------------------------------------

fresh
SIZE=60x20
inside alice
pick 'My account'
pick 'SSH keys'
see "there are none" 'There are no SSH keys yet.' 'Add an SSH key'
type a
see "one is added by its line" 'Public key' 'Name' '[ Continue ]'
pasted "$(cat "$WORK/laptop")"
type_name() {
	keys Tab
	type "$1"
	keys Enter
}
type_name mine
see "a private key is none" 'perhaps a private one'
keys Escape
wait_for 'Add an SSH key'
type a
wait_for '[ Continue ]'
pasted "$(cat "$WORK/laptop.pub")
"
see "its comment becomes the name" 'laptop@host'
keys Enter
see "it is asked about" 'Add laptop@host?' '6-digit code'
fresh
answer "$(code)"
see "and is there, with its fingerprint" 'laptop@host was added' 'RSA, knocks only'
is "as the host sees it" "$(pc user key list alice --json | json "j[0]['name'], j[0]['type'], j[0]['says_who']")" \
	'["laptop@host", "ssh-rsa", false]'
is "by its fingerprint" "$(pc user key list alice --json | json "j[0]['fingerprint']")" \
	"$(ssh-keygen -l -f "$WORK/laptop.pub" | cut -d' ' -f2)"
keys Enter
see "it says what it does" 'It only knocks until you have fully signed in'
keys Enter
see "it can be renamed" '[ Save ]'
keys C-u
type 'My laptop'
keys Enter
see "and is" 'Saved.' 'My laptop'
close
SIZE=80x24

# --- it says who one is -----------------------------------------------------------------------

over laptop
see "at first it only knocks" 'User name' 'Password' '[ Sign in ]'
fresh
sign_in alice
enter_code
see "she signs in over it" 'My account' 'Sign out'
see "and is told that there is a new key" 'An SSH key was added to your account'
close
over laptop
see "then it says her name" 'User name: alice, by your SSH key' 'Not you?'
not_now "which is not asked for" 'alice_'
type "$PASSWORD"
keys Enter
fresh
enter_code
see "password and code are asked for all the same" 'My account' 'Sign out'
pick 'My account'
pick 'SSH keys'
see "her key is known" 'My laptop' 'says who you are' 'last used today'
close

over laptop --plain
see "line by line, too" 'User name: alice, by your SSH key' 'Password:'
close
over other
see "another key says nobody's name" 'User name' '[ Sign in ]'
close
is "the trail knows that root vouched" "$(pc audit list --json |
	json "j[-1]['vouched'] if 'vouched' in j[-1] else True")" true

# bob pastes her public key, and gains nothing.
pc user add bob --password-stdin <<<"$PASSWORD"
pc user key add bob "$WORK/laptop.pub" >/dev/null
over laptop
see "a key that two people have says nobody's name" 'User name' '[ Sign in ]'
not_now "neither hers" 'by your SSH key'
close
pc user key remove bob "$(ssh-keygen -l -f "$WORK/laptop.pub" | cut -d' ' -f2)"
over laptop
see "with him gone it says hers again" 'User name: alice, by your SSH key'
close

# --- line by line -----------------------------------------------------------------------------

fresh
open plain --plain
wait_for 'User name:'
answers alice
wait_for 'Password:'
answers "$PASSWORD"
wait_for '6-digit code'
answers "$(code)"
wait_for 'Number:'
answers 1
wait_for 'SSH keys'
answers 4
see "in plain text they are a list" '1 My laptop: RSA, says who you are' '2 Add an SSH key' 'Number:'
answers 2
wait_for 'Public key:'
answers "restrict $(cat "$WORK/other.pub")"
see "options are refused" 'There are options before the key.' 'Public key:'
answers "$(cat "$WORK/other.pub")"
wait_for 'Name [other@host]:'
answers ''
fresh
see "a code is asked for" 'Add other@host?' '6-digit code'
answers "$(code)"
see "it is added" 'other@host was added: SHA256:' '2 other@host: Ed25519, knocks only'
answers 2
see "its page" '1 Rename' '2 Remove' 'Number:'
answers 2
fresh
see "removing asks for a code" 'Remove other@host?' '6-digit code'
answers "$(code)"
see "and is done" 'Removed.' '2 Add an SSH key'
is "one is left" "$(pc user key list alice --json | json "len(j)")" 1
close
finish
