# SPDX-License-Identifier: GPL-3.0-or-later
# Tests as TAP, for the scripts that look at the tree and at what was built. Sourced.
number=0

# check NAME COMPLAINTS: passes where there are none
check() {
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		sed 's/^/# /' <<<"$2"
	fi
}

# skip NAME REASON: one that cannot be made here
skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}
