# SPDX-License-Identifier: GPL-3.0-or-later
# What the analysers' scripts share: a test a folder, and a stamp a
# file, so that only what changed is looked at again.
#
#   analyse TOOL FILE…    a script's own: prints what it finds in
#   these files, nothing if they are clean
#   by_folder TOOL DIR…   a test for each folder, of all its files
set -uo pipefail
export LC_ALL=C
top=$(cd "${top_srcdir:-$(dirname "$0")/../..}" && pwd) || exit 1
build=$(cd "${top_builddir:-$top/build}" && pwd) || exit 1
. "$top/tests/tap.bash"

# The compiler's view of a file, without what an analyser does not need
defines=(-D_GNU_SOURCE '-DLOCALEDIR="/locale"' '-DLIBEXEC="/libexec"' '-DBINDIR="/bin"'
	'-DPKGDATADIR="/share"')
flags=(-std=c11 -include "$build/config.h" "-I$top/src" "-I$build/src" "${defines[@]}")
read -ra more < <(pkg-config --cflags ncursesw libqrencode sqlite3 libgcrypt libpq 2>/dev/null)
flags+=("${more[@]}")

skip_without() {
	local tool

	for tool; do
		command -v "$tool" >/dev/null ||
			{ echo "1..0 # SKIP $tool is not installed"; exit 0; }
	done
}

finish() {
	echo "1..$number"
	exit 0
}

# fresh STAMP FILE…: whether the stamp is younger than all of these
fresh() {
	local file

	[ -e "$1" ] || return
	for file in "${@:2}"; do
		[ "$1" -nt "$file" ] || return
	done
}

# What each source is made of, a line each: itself and its headers, but the system's
parts() {
	gcc "${flags[@]}" -MM -MG "$@" |
		sed -e ':more' -e '/\\$/ { N; s/\\\n//; t more' -e '}' -e 's/^[^:]*://'
}

# due TOOL FILE…: those that changed, themselves or a header, since they were found clean. What they
# are made of is asked only for those that were: gcc needs its time to tell.
due() {
	local all file list found=()

	for file in "${@:2}"; do
		if [ -e "$build/clean/$1/${file#"$top/"}.ok" ]; then
			found+=("$file")
		else
			echo "$file"
		fi
	done
	[ ${#found[@]} -gt 0 ] || return
	all=$(parts "${found[@]}") || { printf '%s\n' "${found[@]}"; return; }
	while read -ra list; do
		file=${list[0]}
		fresh "$build/clean/$1/${file#"$top/"}.ok" "${BASH_SOURCE[@]}" "${list[@]}" ||
			echo "$file"
	done <<<"$all"
}

clean() {
	local file stamp

	for file in "${@:2}"; do
		stamp=$build/clean/$1/${file#"$top/"}.ok
		mkdir -p "${stamp%/*}"
		: >"$stamp"
	done
}

# One call for all files that are due, since a start of its own for each folder costs more than what
# is found there; then a test a folder, of what was said of its files.
by_folder() {
	local tool=$1 folder found='' told='' files part
	shift
	mapfile -t files < <(find "${@%/}" -maxdepth 1 -name '*.c' | sort -u)
	mapfile -t files < <(due "$tool" "${files[@]}")
	if [ ${#files[@]} -gt 0 ]; then
		found=$(analyse "${files[@]}" 2>&1)
		[ -n "$found" ] || clean "$tool" "${files[@]}"
	fi
	for folder in "${@%/}"; do
		part=$(grep -E -A 4 "^$folder/[^/:]+:[0-9]" <<<"$found")
		told+=$part
		check "$tool finds nothing in ${folder#"$top/"}" "$part"
	done
	[ -z "$found" ] || [ -n "$told" ] || check "$tool does its work" "$found"
}

# knows WHAT CODE: the analyser is shown a mistake, and has to find it
knows() {
	local file=$build/clean/$$.c

	mkdir -p "$build/clean"
	printf '%s\n' "$2" >"$file"
	[ -n "$(analyse "$file" 2>&1)" ]
	check "$1" "$([ $? -eq 0 ] || echo "it was not found")"
	rm -f "$file"
}
