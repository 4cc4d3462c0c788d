#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A screen with a secret on it is written over when it goes, whatever takes its place: what a
# terminal keeps of it, in its history or by redrawing, is no secret.
. "${top_srcdir:-.}/tests/story/lib.sh"

clock_set $EPOCH
make_state alice

# How often the whole of a screen was written over
times() {
	grep -aoE '(\.:){16}' "$WORK/terminal.$TERMINAL/raw" | wc -l
}

BEFORE=0
more() {
	[ "$(times)" -gt "$BEFORE" ]
}

# written_over WHAT: a test, since the last of them or since `from_now`
written_over() {
	until_ok more
	ok $? "$1" || dump
	from_now
}

from_now() {
	BEFORE=$(times)
}

# comes WORDS…: they stand there, with what was drawn with them
comes() {
	wait_for "$@" || { dump; give_up "There is no $1."; }
	from_now
}

open console
sign_in alice
comes 'Choose an application' '6-digit code'
keys F1
wait_gone 'Choose an application'
written_over "the QR code, under the help"
keys F1
comes 'Choose an application'
keys k
wait_for 'Type: time-based'
written_over "the QR code, under the key as text"
keys k
wait_gone 'Type: time-based'
written_over "the key as text"
read_key
comes 'Choose an application'
enter_code
read_codes
written_over "the QR code, when the code was right"
keys F1
wait_gone 'I have saved these codes'
written_over "the recovery codes, under the help"
keys F1
comes 'I have saved these codes'
save_codes
written_over "the recovery codes, when they are saved"
before=$(times)
sign_out
is "home has no secret: it goes as it is" "$(times)" "$before"

pc user add bob --password-stdin <<<"$PASSWORD"
open other
sign_in bob
BEFORE=0
comes 'Choose an application' '6-digit code'
keys C-c
until_ok ended
written_over "the QR code, when the console ends"
finish
