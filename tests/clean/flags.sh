#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The programs, as a distribution may build them: with the next C, with more optimisation, with
# all of a program seen at once by the linker, and with a newer gcc where there is one.
. "${top_srcdir:-.}/tests/clean/clean.bash"
skip_without gcc pkg-config
read -ra warnings <<<"$CLEAN_WARNINGS"
read -ra libraries < <(pkg-config --libs ncursesw libqrencode sqlite3 libgcrypt libseccomp)
libraries+=(-lunistring -lpthread)

# The folders of each program; Makefile.am says which libraries these are.
console=("$top"/src/main.c
	"$top"/src/{core,command,recording,confine,wire,client,conv,plain,ui/*,cli,setup}/*.c)
keeper=("$top"/src/keeper/{.,op}/*.c "$top"/src/{core,command,confine,wire,auth,store}/*.c
	"$top"/src/store/sql{,ite}/*.c)
runner=("$top"/src/runner/*.c "$top"/src/{core,command,recording,wire,client}/*.c)

# linked COMPILER FLAG… -- FILE…: what is said when these become a program
linked() {
	local program=$build/clean/linked.$$ options=()

	while [ "$1" != -- ]; do
		options+=("$1")
		shift
	done
	shift
	"${options[@]}" "${flags[@]}" "${warnings[@]}" -D_FORTIFY_SOURCE=2 -o "$program" "$@" \
		"${libraries[@]}" 2>&1 || echo "It failed."
	rm -f "$program"
}

# both COMPILER FLAG…: a test for each program
both() {
	local name="$*" program stamp found

	for program in console keeper runner; do
		local -n files=$program
		stamp=$build/clean/flags/$program.${name//[ \/]/_}.ok
		found=
		if ! fresh "$stamp" "${BASH_SOURCE[@]}" "$build/config.h" "${sources[@]}"; then
			found=$(linked "$@" -- "${files[@]}")
			[ -n "$found" ] || { mkdir -p "${stamp%/*}"; : >"$stamp"; }
		fi
		check "$name warns of nothing in the $program" "$found"
	done
}

mkdir -p "$build/clean"
mapfile -t sources < <(find "$top/src" -name '*.[ch]' -o -name '*.def')
printf '%s\n' 'extern int shared[2]; int main(void) { return shared[1]; }' >"$build/clean/$$.a.c"
printf '%s\n' 'long shared[1];' >"$build/clean/$$.b.c"
check "gcc -flto sees two files at once" "$(
	said=$(linked gcc -O1 -flto=auto -- "$build/clean/$$".[ab].c)
	[[ $said == *lto-type-mismatch* ]] || echo "It was not found: $said"
)"
rm -f "$build/clean/$$".[ab].c
both gcc -O1 -flto=auto
both gcc -O3 -std=gnu2x
for newer in gcc-13 gcc-14; do
	! command -v "$newer" >/dev/null || both "$newer" -O2
done
finish
