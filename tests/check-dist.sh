#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every file of the tree is named where make looks, in Makefile.am or
# a files.am, so that it is in the package too.
set -u
export LC_ALL=C
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}

# unnamed DIRECTORY: its files that no files.am, nor Makefile.am, names. A program NAME is made of
# NAME.c where nothing else is said, and a directory that is named as a whole has all that is in it.
unnamed() {
	(cd "$1" && find data src tests -type f ! -name files.am ! -name '*.[oa]' ! -name '*.log' \
		! -name '*.trs' ! -name .dirstamp ! -path '*/.deps/*' | sort |
		awk '
			FILENAME != "-" {
				for (i = 1; i <= NF; i++) if ($i ~ /\//) named[$i] = 1
				next
			}
			{
				at = $0
				if (sub(/\.c$/, "", at) && at in named) next
				for (at = $0; at ~ /\//; sub(/\/[^\/]*$/, "", at))
					if (at in named) next
				print
			}' Makefile.am $(find . -mindepth 2 -name files.am) -)
}

. "$top/tests/tap.bash"

check "every file is in the package" "$(unnamed "$top")"

# The check itself, on a tree that forgets one file.
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/{data,src,tests/corpus}
touch "$tree"/src/{a,b}.c "$tree/tests/corpus/x"
echo 'EXTRA_DIST = src/a.c tests/corpus' >"$tree/Makefile.am"
check "one that is forgotten is found" \
	"$([ "$(unnamed "$tree")" = src/b.c ] || echo "Found is: $(unnamed "$tree")")"
echo "1..$number"
