#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The unit tests' programs, the store's, the golden screens and the fuzz targets' corpora under
# valgrind: nothing is read or written where it may not be, nothing is decided by what was never
# set, nothing is lost for good.
. "${top_srcdir:-.}/tests/clean/clean.bash"
skip_without valgrind

# The screens in one language, the one with the longer words: the same code draws both.
export GOLDEN_LANGUAGE=fr

run() {
	local log=$build/clean/valgrind.$$.log

	valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
		--show-leak-kinds=definite \
		"--suppressions=$top/tests/clean/valgrind.supp" "--log-file=$log" \
		"$1" >"$log.said" 2>&1 || { cat "$log"; grep -v '^ok ' "$log.said"; }
	rm -f "$log" "$log.said"
}

mkdir -p "$build/clean"
printf '%s\n' '#include <stdlib.h>' 'int main(void) {' \
	'int *a = malloc(4 * sizeof *a); return a[4] == 7; }' >"$build/clean/overrun.c"
gcc -O0 -w -o "$build/clean/overrun" "$build/clean/overrun.c"
check "valgrind finds what is read past its end" \
	"$([ -n "$(run "$build/clean/overrun")" ] || echo "it was not found")"
for program in $CLEAN_PROGRAMS; do
	stamp=$build/clean/valgrind/$program.ok
	found=
	if ! fresh "$stamp" "$build/$program" "${BASH_SOURCE[@]}"; then
		found=$(run "$build/$program")
		[ -n "$found" ] || { mkdir -p "${stamp%/*}"; : >"$stamp"; }
	fi
	check "valgrind finds nothing in $program" "$found"
done
finish
