#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The host gives people SSH keys, lists them and takes them away; each thing that is no key is
# refused in a sentence of its own, and changes nothing.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
need ssh-keygen
make_state root
pc user add alice >/dev/null
pc user add bob >/dev/null

# made NAME OPTION…: a key pair
made() {
	ssh-keygen -q -N '' -f "$WORK/$1" -C "$1@host" "${@:2}"
}

# print_of NAME: as ssh-keygen shows it
print_of() {
	ssh-keygen -l -f "$WORK/$1.pub" | cut -d' ' -f2
}

# pattern_of NAME: the same as a pattern
pattern_of() {
	print_of "$1" | sed 's/+/[+]/g'
}

# listed WHO: names and types
listed() {
	pc user key list "$1" --json | json "', '.join(k['name'] + ' ' + k['type'] for k in j)"
}

# refused WHAT SENTENCE: of what is on standard input
refused() {
	pc user key add alice - >"$WORK/out" 2>"$WORK/err"
	is "$1: refused" $? 1
	like "$1: why" "$(cat "$WORK/err")" "$2"
}

for n in 1 2 3 4 5 6 7 8 9 10; do made "k$n" -t ed25519; done
made rsa -t rsa -b 2048
made weak -t rsa -b 1024

is "none at first" "$(listed alice)" ""
is "adding one prints its fingerprint" "$(pc user key add alice "$WORK/k1.pub")" "$(print_of k1)"
is "and so from standard input" "$(pc user key add alice - <"$WORK/rsa.pub")" "$(print_of rsa)"
is "both are listed" "$(listed alice)" "k1@host ssh-ed25519, rsa@host ssh-rsa"
like "with their fingerprints" "$(pc user key list alice)" "$(pattern_of rsa)"
like "they only knock" "$(pc user key list alice)" "knocks only"
is "never used" "$(pc user key list alice --json | json "j[0]['last_used'], j[0]['known_since'], j[0]['says_who']")" \
	"[null, null, false]"
is "another has none of them" "$(listed bob)" ""

refused "the same once more" 'has that SSH key already' <"$WORK/k1.pub"
refused "nothing" 'This field is empty' </dev/null
refused "a private key" 'perhaps a private one' <"$WORK/k2"
refused "two lines" 'more than one line' < <(cat "$WORK/k2.pub" "$WORK/k3.pub")
refused "two on one line" 'These are two keys' < <(cat "$WORK/k2.pub" "$WORK/k3.pub" | tr '\n' ' ')
refused "options" 'options before the key' < <(echo "command=\"id\",pty $(cat "$WORK/k2.pub")")
refused "a short RSA key" 'needs 2048 bits' <"$WORK/weak.pub"
ssh-keygen -q -s "$WORK/k9" -I test -n console "$WORK/k2.pub"
refused "a certificate" 'That is a certificate' <"$WORK/k2-cert.pub"
refused "a DSA key" 'DSA keys are too weak' < <(echo "ssh-dss AAAAB3NzaC1kc3MAAACB")
refused "another type" 'Keys of this type' < <(echo "ssh-ed448 AAAACXNzaC1lZDQ0OA==")
refused "what is cut off" 'damaged or cut off' < <(cut -c 1-40 "$WORK/k2.pub")
refused "more at the end" 'follows inside the key' < <(
	read -r type blob _ <"$WORK/k2.pub"
	echo "$type $(echo "$blob" | base64 -d | cat - <(echo more) | base64 -w 0)"
)
refused "another type inside" 'another type than the word' < <(sed 's/^ssh-ed25519/ssh-rsa/' "$WORK/k2.pub")
refused "100 kB" 'longer than any' < <(head -c 100000 /dev/zero | tr '\0' A)
refused "an endless file" 'longer than any' < <(tr '\0' A </dev/zero)
is "none of that is there" "$(listed alice)" "k1@host ssh-ed25519, rsa@host ssh-rsa"

pc user key add nobody "$WORK/k2.pub" 2>"$WORK/err"
like "nobody gets none" "$(cat "$WORK/err")" 'There is no user of that name'
pc user key add alice "$WORK/none.pub" 2>"$WORK/err"
like "a file that is not there" "$(cat "$WORK/err")" 'There is no such file'

for n in 2 3 4 5 6 7 8 9; do pc user key add alice "$WORK/k$n.pub" >/dev/null; done
refused "an eleventh" 'at most 10' <"$WORK/k10.pub"

pc user key remove alice "$(print_of rsa)"
is "one is taken away" "$(listed alice | tr ',' '\n' | wc -l)" 9
pc user key remove alice "$(print_of rsa)" 2>"$WORK/err"
like "not twice" "$(cat "$WORK/err")" 'has no SSH key of that fingerprint'
pc user key remove alice rsa 2>"$WORK/err"
like "nor by what is no fingerprint" "$(cat "$WORK/err")" 'That is not a fingerprint'
is "each is in the trail" \
	"$(pc audit list --action user-ssh-key-add --json | json "sum(r['result'] == 'ok' for r in j)")" 10
like "as it reads" "$(pc audit list --action user-ssh-key-remove)" "$(pattern_of rsa)"

pc user remove alice
is "keys go with their person" "$(pc user key add bob "$WORK/k1.pub")" "$(print_of k1)"
finish
