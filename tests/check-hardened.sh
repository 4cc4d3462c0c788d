#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The programs and the PAM module as they were linked: what configure asks of
# compiler and linker has to be in them.
set -u
export LC_ALL=C
build=${top_builddir:-$(cd "$(dirname "$0")/.." && pwd)/build}
. "$(dirname "$0")/tap.bash"

# want MESSAGE PATTERN TEXT: the message, unless the text has a
# line like that; unwanted: unless it has none
want() {
	grep -qE -- "$2" <<<"$3" || echo "$1"
}

unwanted() {
	! grep -qE -- "$2" <<<"$3" || echo "$1"
}

# Calls that FORTIFY gives a checked form; both programs have some of these.
fortified='__(f|v|s|vs|vf|sn|vsn)?printf_chk'
fortified+='|__(memcpy|memset|memmove|read|fgets|realpath|readlink|explicit_bzero)_chk'

# complaints PROGRAM: a line for each thing that is missing
complaints() {
	local header segments dynamic symbols

	header=$(readelf -hW "$1") && segments=$(readelf -lW "$1") && dynamic=$(readelf -dW "$1") &&
		symbols=$(readelf --dyn-syms -W "$1") || { echo "$1 cannot be read"; return; }
	want "it is not position-independent" 'Type: +DYN' "$header"
	[ "${1%.so}" != "$1" ] || want "it is a library" 'INTERP' "$segments"
	want "it has no RELRO" 'GNU_RELRO' "$segments"
	want "it does not bind at start, so RELRO is partial" 'BIND_NOW|FLAGS.* NOW' "$dynamic"
	want "its stack can be executed" 'GNU_STACK.* RW ' "$segments"
	unwanted "a segment can be written and executed" 'LOAD.* RWE ' "$segments"
	unwanted "its text is changed on loading" 'TEXTREL' "$dynamic"
	unwanted "it looks for libraries in places of its own" 'RPATH|RUNPATH' "$dynamic"
	want "it has no stack protector" '__stack_chk_fail' "$symbols"
	want "its calls are not fortified" "$fortified" "$symbols"
}

programs='provconsole provconsole-keeper provconsole-keys provconsole-runner pam_provconsole.so'
[ "${SANITIZED:-no}" = no ] || programs=	# FORTIFY would hide calls from the sanitizers
for program in $programs; do
	check "$program is hardened" "$(complaints "$build/$program")"
	check "$program wants no library that it does not use" \
		"$(ldd -u "$build/$program" 2>&1 | grep -v '^Unused' | grep /)"
done

# The checks themselves, on a program that has none of it.
bare=$(mktemp -d)
trap 'rm -rf "$bare"' EXIT
printf '%s\n' '#include <string.h>' 'int main(int n, char **v) {' \
	'char a[64]; strncpy(a, v[0], (unsigned)n); return a[1]; }' >"$bare/bare.c"
# shellcheck disable=SC2086 # a compiler and its options
${CC:-cc} -O0 -U_FORTIFY_SOURCE -fno-stack-protector -no-pie -Wl,-z,norelro -Wl,-z,lazy \
	-Wl,-z,execstack -Wl,-rpath,/nowhere \
	-o "$bare/bare" "$bare/bare.c" 2>"$bare/said"
check "a program without it is told from one with it" "$(
	found=$(complaints "$bare/bare")
	[ "$(wc -l <<<"$found")" -eq 7 ] ||
		printf '%s\n' "Seven things are missing there. Found are:" "$found" \
			"$(cat "$bare/said")"
)"
echo "1..$number"
