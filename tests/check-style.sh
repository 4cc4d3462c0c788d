#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One dialect: what CONTRIBUTING.md says of the C sources, as far as a program can tell.
set -u
export LC_ALL=C.UTF-8
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
cd "$top" || exit 1

. "$top/tests/tap.bash"

sources() {
	find src tests -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort
}

check "no line of a source is longer than 100 columns" "$(
	sources | while read -r file; do
		expand -t 8 "$file" | grep -nE '^.{101,}' | sed "s|^|$file:|"
	done
)"
# The tests' own scripts are not held to it: tables in here-documents, and sentences on a screen,
# do not wrap.
check "nor one of what builds and checks the tree" "$(
	for file in bootstrap configure.ac Makefile.am data/files.am tests/*/files.am \
		tests/unit/*/files.am tests/tap.bash tests/check-*.sh tests/clean/*.*sh; do
		expand -t 8 "$file" | grep -nE '^.{101,}' | sed "s|^|$file:|"
	done
)"
check "no file has more than 400 lines" "$(
	sources | xargs wc -l | awk '$2 != "total" && $1 > 400 { print $2 ": " $1 }'
)"
check "no function has more than 60 lines" "$(
	sources | grep '\.c$' | xargs awk '
		FNR == 1 { start = 0 }
		/^\{$/ { start = FNR }
		/^\}$/ && start {
			if (FNR - start + 1 > 60) print FILENAME ":" start ": " FNR - start + 1
			start = 0
		}'
)"
check "a file includes its own header first" "$(
	sources | grep '^src/.*\.c$' | while read -r file; do
		own=${file#src/}
		own=${own%.c}.h
		[ -f "src/$own" ] || continue
		first=$(grep -m 1 '^#include' "$file")
		case $first in
		"#include \"$own\"" | "#include \"${own%.h}_inside.h\"") ;;
		*) echo "$file: $first" ;;
		esac
	done
)"
# Two headers with one guard hide each other; a file that moves gets another.
check "a header is guarded by its path" "$(
	sources | grep '\.h$' | while read -r file; do
		guard=$(tr a-z A-Z <<<"${file#src/}" | tr -c 'A-Z0-9\n' _)
		directives=$(grep -m 2 '^#' "$file")
		[ "$directives" = "#ifndef $guard
#define $guard" ] || echo "$file: not by $guard"
	done
)"
check "sizeof has brackets around types alone" "$(
	types='char|int|long|short|unsigned|bool|[a-z_0-9]+_t|[a-z_0-9]+_ulong|sqlite3'
	sources | xargs grep -noE 'sizeof\(\*?[a-z_0-9]+((->|\.)[a-z_0-9]+|\[[^]]*\])*\)' |
		grep -vE "sizeof\\(($types)\\)"
)"
if command -v clang-format >/dev/null; then
	check "clang-format finds nothing to change" "$(
		sources | grep -v '\.def$' | xargs clang-format --dry-run 2>&1 | grep -m 5 warning
	)"
else
	skip "clang-format finds nothing to change" "it is not installed"
fi
echo "1..$number"
