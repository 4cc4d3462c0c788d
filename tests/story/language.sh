#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A person's own language: chosen in My account, kept by the keeper, spoken from the code screen on
# wherever they sign in, on a host that has no French locale; nobody else's.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_state root
person alice
enrolled alice
person bob
enrolled bob
fresh

# enter_french: as enter_code, at a door that speaks French
enter_french() {
	wait_for 'Code à 6 chiffres' || { dump; give_up "There is no second door in French."; }
	type "$(code)"
	keys Enter
}

# language_of NAME: as the host sees it
language_of() {
	pc user show "$1" --json | json "j['language']"
}

# --- choosing ----------------------------------------------------------------------------

inside alice
keys Enter
see "My account has an item for it" Language
pick Language
see "each language stands there in its own words" 'As the terminal says' English Français
now "and which is in force" 'chosen now'
keys Escape
see "Esc changes nothing" 'Two-factor authentication is on.'
is "nor is anything kept" "$(language_of alice)" null
pick Language
wait_for Français
pick Français
see "with Enter the screens are French at once" 'Mon compte' 'Changer de mot de passe'
now "and it is said that they stay so" 'pour toutes vos connexions'
is "the keeper keeps it" "$(language_of alice)" fr
is "its row is in the trail" "$(rows_of alice preferences ok)" 1
like "in the words of the host" "$(pc user show alice)" '^language +fr$'
is "nobody else's is changed" "$(language_of bob)" null
keys Escape
wait_for 'Se déconnecter'
pick 'Se déconnecter'
ends "and out" 0
see "the last word is French too" Déconnecté.
close

# --- signing in, where no language comes along -------------------------------------------

# As sshd starts it: no LANG, or one that the host does not have.
for locale in C xx_XX.UTF-8; do
	fresh
	EXTRA=(LC_ALL=$locale LANG=$locale)
	as alice
	open console
	see "LANG=$locale: the first door is as the terminal says" 'User name' Password
	type alice
	keys Enter
	type 'not the password'
	keys Enter
	see "LANG=$locale: and tells nobody what alice has chosen" 'User name or password is wrong.'
	type "$PASSWORD"
	keys Enter
	see "LANG=$locale: the code screen is French" 'Code à 6 chiffres'
	not_now "LANG=$locale: all of it" '6-digit code'
	keys Escape
	see "LANG=$locale: back at the first door it is the terminal's again" 'User name'
	type "$PASSWORD"
	keys Enter
	enter_french
	see "LANG=$locale: and home is French" 'Mon compte' 'Se déconnecter'
	close

	as bob
	open console
	sign_in bob
	see "LANG=$locale: bob's code screen is not" '6-digit code'
	close
done

# --- and back ------------------------------------------------------------------------------

EXTRA=(LANGUAGE=fr)
fresh
as bob
open console
see "where the terminal says French" "Nom d'utilisateur"
type bob
keys Enter
type "$PASSWORD"
keys Enter
enter_french
wait_for 'Mon compte'
keys Enter
wait_for Langue
pick Langue
wait_for 'choix actuel'
pick English
see "English can be chosen" 'Two-factor authentication is on.'
close
EXTRA=()
fresh
as alice
open console
sign_in alice
enter_french
wait_for 'Mon compte'
keys Enter
wait_for Langue
pick Langue
wait_for Français
pick 'Celle du terminal'
see "the choice can be given up" 'My account'
is "and is not kept any more" "$(language_of alice) $(language_of bob)" 'null en'
close
# --- a catalogue that somebody else wrote ------------------------------------------------

mkdir -p "$WORK/catalogue/LC_MESSAGES"
cp "$(dirname "$PROVCONSOLE")"/translations/fr/LC_MESSAGES/*.mo "$WORK/catalogue/LC_MESSAGES" ||
	give_up "There is no catalogue."
EXTRA=("LANGUAGE=../../../../../../../../../..$WORK/catalogue")
like "is not loaded by a LANGUAGE that names its path" "$(pc --help)" '^Usage: '
EXTRA=(LANGUAGE=fr)
unlike "as one of this program's own is by its name" "$(pc --help)" '^Usage: '
finish
