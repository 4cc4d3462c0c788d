#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# This build's compiler has compiled the whole tree, and each warning would have been
# an error. gcc makes the build that is tested, clang the one with sanitizers: so no
# file is compiled a second time only to be looked at.
. "${top_srcdir:-.}/tests/clean/clean.bash"
read -ra compiler <<<"${CC:-cc}"
read -ra warnings <<<"$CLEAN_WARNINGS"
name=${compiler[0]##*/}

analyse() {
	"${compiler[@]}" "${flags[@]}" "${warnings[@]}" -fsyntax-only "$1"
}

# compiled FILE: whether an object is younger. It may be named after its program too
# (password-password.o), or be a library (faults.so, of faults.c and faults_disk.c).
compiled() {
	local at=$build/${1#"$top/"} object

	at=${at%.c}
	for object in "$at.o" "${at%/*}"/*-"${at##*/}.o" "$at.so" "${at%_*}.so"; do
		[ ! "$object" -nt "$1" ] || return 0
	done
	return 1
}

uncompiled() {
	local file

	[[ " ${warnings[*]} " == *" -Wall "* ]] || echo "No warnings were asked for."
	[[ " ${warnings[*]} " == *" -Werror "* ]] ||
		echo "Warnings were no errors: configure --enable-werror."
	for file in "$1"/*.c; do
		compiled "$file" || echo "${file#"$top/"} was not compiled."
	done
}

knows "$name minds a sign that changes" 'unsigned f(int a); unsigned f(int a) { return a; }'
knows "$name minds a function that nobody declared" 'int f(int a) { return a; }'
for folder in "$top"/src "$top"/src/*/ "$top"/src/*/*/ "$top"/tests/*/ "$top"/tests/unit/*/; do
	folder=${folder%/}
	# not built here: it needs libraries of those it is compared with
	[ "$folder" != "$top/tests/bench" ] || continue
	compgen -G "$folder/*.c" >/dev/null || continue
	check "$name warns of nothing in ${folder#"$top/"}" "$(uncompiled "$folder")"
done
finish
