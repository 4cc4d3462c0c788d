#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang's static analyser, by scan-build. It would also compile what it is shown: that is done
# elsewhere, so `true` compiles here; and all files are one call of the compiler that it hands over
# in CC, for a call of its own each takes twice as long.
. "${top_srcdir:-.}/tests/clean/clean.bash"
skip_without scan-build clang

analyse() {
	local reports=$build/clean/reports.$$

	mkdir -p "$reports"
	# shellcheck disable=SC2016 # the inner shell's
	scan-build -o "$reports" --status-bugs --use-cc=true bash -c '$CC "$@"' cc "${flags[@]}" \
		-O1 -fsyntax-only "$@" >"$reports/said" 2>&1 &&
		! grep -qE '(warning|error): ' "$reports/said" || cat "$reports/said"
	rm -rf "$reports"
}

knows "scan-build finds what is never read" \
	'int f(int a); int f(int a) { int b = a; b = a + 1; return a; }'
by_folder scan-build "$top"/src "$top"/src/*/ "$top"/src/*/*/
finish
