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
	local log=$build/clean/valgrind.$BASHPID.log

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

# One beside the other, as many as there are cores: each is a single thread, and slow.
look_at() {
	local program=$1 stamp=$build/clean/valgrind/$1.ok

	mkdir -p "${stamp%/*}"
	run "$build/$program" >"$stamp.found"
	[ -s "$stamp.found" ] || : >"$stamp"
}

due=()
for program in $CLEAN_PROGRAMS; do
	stamp=$build/clean/valgrind/$program.ok
	rm -f "$stamp.found"
	fresh "$stamp" "$build/$program" "${BASH_SOURCE[@]}" && continue
	rm -f "$stamp"
	case $program in
	*/golden) due=("$program" "${due[@]}") ;; # the longest
	*) due+=("$program") ;;
	esac
done
cores=$(nproc)
for program in "${due[@]}"; do
	look_at "$program" &
	while [ "$(jobs -rp | wc -l)" -ge "$cores" ]; do
		wait -n
	done
done
wait
for program in $CLEAN_PROGRAMS; do
	stamp=$build/clean/valgrind/$program.ok
	found=$(cat "$stamp.found" 2>/dev/null)
	[ -e "$stamp" ] || [ -n "$found" ] || found="it did not end"
	check "valgrind finds nothing in $program" "$found"
done
finish
