# SPDX-License-Identifier: GPL-3.0-or-later
# Looking for secrets in the memory of processes and in files, in every form that they take. Sourced
# after lib.sh, by root.
SECRETS=()	# NAME KIND VALUE, between tabs

# Words that stand nowhere else. oathtool and grep are not asked for them by argument: this
# machine's memory is searched, too.
invented() {
	od -An -N12 -tx1 /dev/urandom | tr -d ' \n' | tr 0123456789 ghijklmnop
}

secret() {
	SECRETS+=("$1"$'\t'"$2"$'\t'"$3")
	printf '%s\n' "${SECRETS[@]}" |
		"$PYTHON" -IS "$top_srcdir/tests/story/patterns.py" >"$WORK/patterns" ||
		give_up "There are no patterns."
}

# found WHERE…: what of the secrets is there, a line each of what and where, and how often
found() {
	"$top_builddir/tests/story/search" "$WORK/patterns" "$@" 2>"$WORK/searched" | cut -f 1-4 |
		sort | uniq -c | sed 's/^ *//'
	[ "$(cat "$WORK/searched")" -gt 0 ] ||
		echo "nothing could be searched: $(cat "$WORK/searched")"
}

# nowhere WHAT WHERE…: a test
nowhere() {
	is "$1" "$(found "${@:2}")" ''
}

# somewhere WHAT PATTERN WHERE…: a test of the search itself: where it must be, it is found
somewhere() {
	like "$1" "$(found "${@:3}" | tr '\t' ' ')" "$2"
}

# in_locked_alone PID WHAT PATTERN: a test
in_locked_alone() {
	local there

	there=$(found "$1" | tr '\t' ' ')
	like "$2: it is there" "$there" "$3"
	is "$2: in locked memory alone" "$(grep -v 'locked$' <<<"$there")" ''
}
