#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Would the tests notice? Makes the changes of *.changes one at a time, in a copy of this tree, and
# runs the tests that are nearest to each until one fails. README.md beside this tells more.
set -u
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
work=${MUTATE_DIR:-$top/build-mutate}
tree=$work/tree
build=$tree/build
jobs=${MUTATE_JOBS:-$(nproc)}
quick_limit=180		# seconds: for programs together,
script_limit=600	# and for one script

usage() {
	cat <<'END'
Usage: tests/mutate/mutate.sh [ROW...]       make these changes, or all, and run the tests
       tests/mutate/mutate.sh --list         names of the rows
       tests/mutate/mutate.sh --check        does each row still fit the sources?
       tests/mutate/mutate.sh --table        what the last run of each row said

ROW is a row's name, or a pattern of the shell ('throttle-*').
MUTATE_DIR is where the copy is built (build-mutate), MUTATE_JOBS how many jobs make may run.
END
}

die() {
	printf 'mutate: %s\n' "$*" >&2
	exit 2
}

# --- the rows --------------------------------------------------------------------

# NAME FILE KIND TESTS, between tabs, a line a row.
rows() {
	awk -F ' *[|] *' '
		sub(/^= /, "") {
			if (NF != 4 || $1 in seen) {
				print FILENAME ": " $0 > "/dev/stderr"
				exit 1
			}
			seen[$1] = 1
			print $1 "\t" $2 "\t" $3 "\t" $4
		}' "$here"/*.changes
}

# change NAME FILE: the file with the change of that row made. Fails where what goes is not found
# exactly once.
change() {
	cat "$here"/*.changes | awk -v name="$1" -v file="$2" '
		/^= / { on = $2 == name; next }
		on && /^-/ { old = old substr($0, 2) "\n" }
		on && /^[+]/ { new = new substr($0, 2) "\n" }
		END {
			text = "\n"
			while ((getline line < file) > 0) text = text line "\n"
			at = index(text, "\n" old)
			if (old == "" || at == 0) exit 1
			rest = substr(text, at + 1)
			if (index(rest, "\n" old) > 0) exit 1
			printf "%s%s%s", substr(text, 2, at - 1), new,
				substr(rest, length(old) + 1)
		}'
}

# --- the copy ----------------------------------------------------------------------

# The tree as it stands, with what is not committed yet. A file that is as it was is left alone, so
# that make compiles what is new, and no more.
copy_tree() {
	local file

	git -C "$top" rev-parse 2>/dev/null || die "What belongs to the tree is asked of git."
	mkdir -p "$tree" "$work/result"
	while IFS= read -r -d '' file; do
		if [ -f "$top/$file" ] && ! cmp -s "$top/$file" "$tree/$file"; then
			mkdir -p "$(dirname "$tree/$file")"
			cp --preserve=mode "$top/$file" "$tree/$file" ||
				die "The tree cannot be copied."
		fi
	done < <(cd "$top" && git ls-files -co --exclude-standard -z)
	# What the last run has changed was compiled so, whatever it is now.
	[ ! -f "$work/changed" ] || (cd "$tree" && xargs touch -c <"$work/changed")
	"$tree/bootstrap" build >&2 || die "The copy does not build."
	make -C "$build" -j "$jobs" check TESTS= >"$work/log" 2>&1 </dev/null ||
		die "The tests of the copy do not build: $work/log"
	rm -f "$work/changed"
	known=$(make -s -C "$build" list-tests)
	programs=$(printf '%s\n' $known | grep -v '\.sh$')
}

# The tests among the known that a word means: a path, its last part, or all of a folder.
named() {
	local test

	for test in $known; do
		case $test in
		"$1" | */"$1" | */"$1.sh" | "tests/$1/"*) printf '%s\n' "$test" ;;
		esac
	done
}

# The unit tests of a source's folder.
own_tests() {
	case $1 in
	src/store/*) printf '%s\n' $programs | grep '^tests/store/' ;;
	src/*/*) printf '%s\n' $programs | grep "^tests/unit/$(cut -d / -f 2 <<<"$1")/" ;;
	esac
}

# run LIMIT TEST...: whether they pass. 0: yes; 1: no, and $why is the first complaint; 3: what they
# need does not build.
run() {
	local limit=$1 needs status
	shift
	case $1 in
	*.sh) needs=helpers ;;
	*) needs="$* translations/stamp translations/pseudo" ;;
	esac
	make -C "$build" -j "$jobs" $needs >"$work/log" 2>&1 </dev/null || return 3
	(cd "$build" && rm -f test-suite.log "${@/%/.trs}")
	timeout -k 10 "$limit" make -s -C "$build" -j "$jobs" check-TESTS check_PROGRAMS= \
		check_DATA= TESTS="$*" >"$work/log" 2>&1 </dev/null
	status=$?
	[ $status -ne 0 ] || return 0
	why=$(grep -m 1 -E '^(FAIL|ERROR|XPASS): ' "$work/log")
	[ -n "$why" ] || why="out of time: $*"
	return 1
}

# --- one row ------------------------------------------------------------------------

# tell NAME VERDICT KIND WHY
tell() {
	printf '%-10s %-28s %-10s %s\n' "$2" "$1" "$3" "$4" | cut -c 1-160 |
		tee "$work/result/$1"
}

# try FILE TEST...: the tests of its folder first, then those that are named, then all that are
# quick, until one fails. 0: none did; 1: $why says which; 3: it does not build.
try() {
	local own test status
	own=$(own_tests "$1")
	shift
	if [ -n "$own" ]; then
		run $quick_limit $own || return
	fi
	for test in $(for word; do named "$word"; done); do
		case $test in
		*.sh) run $script_limit "$test" || return ;;
		*) run $quick_limit "$test" || return ;;
		esac
	done
	run $quick_limit $programs
}

judge() {
	local name=$1 file=$2 kind=$3 verdict
	shift 3
	for word; do
		[ -n "$(named "$word")" ] ||
			printf 'mutate: %s: there is no such test: %s\n' "$name" "$word" >&2
	done
	if ! change "$name" "$tree/$file" >"$work/new"; then
		tell "$name" stale "$kind" "$file has no such text, or more than one"
		return
	fi
	printf '%s\n' "$file" >>"$work/changed"
	cp -p "$tree/$file" "$work/old"
	cat "$work/new" >"$tree/$file"
	why=
	try "$file" "$@"
	case $? in
	0) verdict=survived ;;
	1) verdict=caught ;;
	*) verdict=broken why="it does not build: $work/log" ;;
	esac
	cat "$work/old" >"$tree/$file"
	tell "$name" "$verdict" "$kind" "$why"
}

# --- all of them ----------------------------------------------------------------------

# What each row's last run said, and the sum. What does not fit or build says nothing of the tests.
table() {
	local results
	results=$(cd "$work/result" 2>/dev/null && cut -f 1 <<<"$table" | while read -r name; do
		cat "$name" 2>/dev/null || printf '%-10s %s\n' unrun "$name"
	done)
	[ "${1:-}" != all ] || printf '%s\n' "$results"
	awk '
		{ n[$1]++ }
		END {
			printf "%d of %d caught", n["caught"], n["caught"] + n["survived"]
			for (word in n) if (word != "caught" && word != "survived")
				printf ", %d %s", n[word], word
			print ""
		}' <<<"$results"
}

# Which rows fit no longer.
check() {
	local name file stale=0
	while IFS=$'\t' read -r name file _; do
		change "$name" "$top/$file" >/dev/null && continue
		printf '%s: %s has no such text, or more than one\n' "$name" "$file"
		stale=1
	done <<<"$table"
	return $stale
}

table=$(rows) && [ -n "$table" ] || die "The rows cannot be read."
case ${1:-} in
-h | --help) usage; exit ;;
--list) cut -f 1-3 <<<"$table"; exit ;;
--check) check; exit ;;
--table) table all; exit ;;
-*) usage >&2; exit 2 ;;
esac
wanted=()
for word; do
	found=$(while IFS=$'\t' read -r name _; do
		case $name in $word) echo "$name" ;; esac
	done <<<"$table")
	[ -n "$found" ] || die "There is no such row: $word"
	wanted+=($found)
done
copy_tree
while IFS=$'\t' read -r name file kind tests; do
	case " ${wanted[*]-} " in
	*" $name "* | '  ') judge "$name" "$file" "$kind" $tests ;;
	esac
done <<<"$table"
table
