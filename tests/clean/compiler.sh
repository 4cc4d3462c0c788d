#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# This build's compiler has compiled the whole tree, and each warning would have been an error. gcc makes the build that is tested,
# clang the one with sanitizers: so no file is compiled a second time only to be looked at.
. "${top_srcdir:-.}/tests/clean/clean.bash"
read -ra compiler <<<"${CC:-cc}"
read -ra warnings <<<"$CLEAN_WARNINGS"
name=${compiler[0]##*/}

analyse() {
	"${compiler[@]}" "${flags[@]}" "${warnings[@]}" -fsyntax-only "$1"
}

# An object may be named after its program too: password-password.o
uncompiled() {
	local file at

	[ ${#warnings[@]} -gt 0 ] || echo "No warnings were asked for."
	[[ " ${warnings[*]} " == *" -Werror "* ]] || echo "Warnings were no errors: configure --enable-werror, or make WERROR_CFLAGS=-Werror"
	for file in "$1"/*.c; do
		at=$build/${file#"$top/"}
		find "${at%/*}" -maxdepth 1 -name '*.o' -newer "$file" 2>/dev/null | grep -qE "/(.*-)?$(basename "$file" .c)\.o\$" ||
			echo "${file#"$top/"} was not compiled."
	done
}

knows "$name minds a sign that changes" 'unsigned f(int a); unsigned f(int a) { return a; }'
knows "$name minds a function that nobody declared" 'int f(int a) { return a; }'
for folder in "$top"/src "$top"/src/*/ "$top"/tests/*/; do
	folder=${folder%/}
	compgen -G "$folder/*.c" >/dev/null || continue
	check "$name warns of nothing in ${folder#"$top/"}" "$(uncompiled "$folder")"
done
finish
