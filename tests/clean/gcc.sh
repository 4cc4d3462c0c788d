#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# gcc's -fanalyzer, on what is not optimised: what is optimised away is not found.
. "${top_srcdir:-.}/tests/clean/clean.bash"
skip_without gcc

analyse() {
	local file

	for file; do
		gcc "${flags[@]}" -O0 -fanalyzer -S -o /dev/null "$file"
	done
}

knows "gcc -fanalyzer finds a double free" '#include <stdlib.h>
void f(void); void f(void) { void *p = malloc(3); free(p); free(p); }'
by_folder gcc-fanalyzer "$top"/src "$top"/src/*/ "$top"/src/*/*/
finish
