#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# cppcheck.
. "${top_srcdir:-.}/tests/clean/clean.bash"
skip_without cppcheck

analyse() {
	cppcheck --quiet --std=c11 --enable=warning,performance,portability \
		--inline-suppr --error-exitcode=1 \
		"--include=$build/config.h" "${defines[@]}" \
		"-I$top/src" "-I$build/src" "$@"
}

knows "cppcheck finds what is not initialised" 'int f(void); int f(void) { int a[2]; return a[1]; }'
by_folder cppcheck "$top"/src "$top"/src/*/ "$top"/src/*/*/
finish
