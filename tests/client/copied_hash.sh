#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Who can write the database copies the hash of a password that they know
# to another person's row: it does not fit there.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"
need sqlite3

make_state root
pc settings set require-2fa no
pc user add mallory --password-stdin <<<'a password that mallory knows'
pc user add victim --password-stdin <<<'a password that nobody knows'
stop_keeper

serve
tries mallory 192.0.2.1 'a password that mallory knows'
says "a person signs in with their own hash" OK
tries victim 192.0.2.2 'a password that nobody knows'
says "and so does another one" OK
hang_up
stop_served

hash_of() {
	sqlite3 "$STATE/console.db" "SELECT phc FROM account WHERE name = '$1'"
}

sqlite3 "$STATE/console.db" "UPDATE account SET phc = (SELECT phc FROM account WHERE name = 'mallory') WHERE name = 'victim'"
is "the hash is copied" "$(hash_of victim)" "$(hash_of mallory)"
serve
tries victim 192.0.2.1 'a password that mallory knows'
says "a copied hash lets nobody in" CREDENTIALS
tries mallory 192.0.2.1 'a password that mallory knows'
says "whose it is still signs in" OK
hang_up
served_ends "after it"
finish
