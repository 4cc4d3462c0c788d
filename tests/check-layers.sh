#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The folder tree is the design: what each folder of src/ may
# include, and what each program is linked with.
set -u
export LC_ALL=C
src=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}/src
build=${top_builddir:-${src%/src}/build}

# folder: folders it may include besides its own
declare -A folders=(
	[core]="" [command]="core" [confine]="core" [wire]="core" [auth]="core" \
	[store]="core store/sql" [store/sql]="core store" [store/sqlite]="core store store/sql"
	[store/postgresql]="core store store/sql"
	[client]="core wire" [conv]="core wire client" [plain]="core wire client conv"
	[keeper]="core command confine wire auth store" [keeper/op]="core wire auth store keeper"
	[ui]="core" [ui/terminal]="core client" [ui/widget]="core conv ui/terminal" \
	[ui/stack]="core recording wire client ui/terminal ui/widget" \
	[ui/screen]="core recording wire client conv ui/terminal ui/widget ui/stack" \
	[keys]="core wire client"
	[recording]="core" [runner]="core command recording wire client"
	[setup]="core" [pam]="core wire"
	[cli]="core command confine recording wire client conv setup"
	[.]="core confine wire client ui/terminal ui/stack ui/screen plain cli"
)
# header of a library: the folders that may include it
declare -A owners=(
	[seccomp.h]=confine [landlock.h]=confine
	[gcrypt.h]="auth runner" [gpg-error.h]=auth [sqlite3.h]=store/sqlite \
		[sqlite3ext.h]=store/sqlite [libpq-fe.h]=store/postgresql
	[curses.h]=ui/terminal [ncurses.h]=ui/terminal [term.h]=ui/terminal [panel.h]=- \
	[menu.h]=- [form.h]=- [qrencode.h]=conv
	[pam_modules.h]=pam [pam_ext.h]=pam [pam_appl.h]=-
	[unistr.h]=core [unicase.h]=core [unictype.h]=core [uninorm.h]=core [uniwidth.h]=core \
		[uniconv.h]=core
	[unigbrk.h]=core [unistdio.h]=core [unitypes.h]=core
)

# One line per include of the files of a folder ($2) that stands in a tree ($1) and may not.
violations() {
	local file form name folder owner
	[ -n "$(find "$1/$2" -maxdepth 1 -name '*.[ch]' -print -quit)" ] || echo "$2 has no files"
	find "$1/$2" -maxdepth 1 -name '*.[ch]' | sort | while read -r file; do
		grep -oE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"][^>"]+' "$file" |
			sed -E 's/.*([<"])/\1 /' |
		while read -r form name; do
			folder=${name%/*}
			owner=${owners[${name##*/}]:-$2}
			if [ "$form" = '"' ]; then
				[ "$folder" = "$2" ] && continue
				case " ${folders[$2]} " in *" $folder "*) continue ;; esac
			else
				case " $owner " in *" $2 "*) continue ;; esac
			fi
			echo "${file#"$1"/} includes $name"
		done
	done
}

. "$(dirname "$0")/tap.bash"

for folder in core command recording confine wire client conv auth store store/sql store/sqlite \
	store/postgresql keeper keeper/op \
	ui/terminal ui/widget ui/stack ui/screen plain keys runner setup cli pam .; do
	check "src/$folder includes only what it may" "$(violations "$src" "$folder")"
done

check "every folder of src/ is part of the design" "$(
	find "$src" -mindepth 1 -type d -printf '%P\n' | sort | while read -r folder; do
		[ -n "${folders[$folder]+known}" ] || echo "src/$folder is not"
	done
)"

# Inside a room the modules stand in an order too: NAME.h, NAME.c and NAME_*.[ch] are one module.
module() {
	local name=$2
	while [ "$name" != "${name%_*}" ] && [ ! -e "$1/${name%_*}.h" ]; do name=${name%_*}; done
	[ -e "$1/${name%_*}.h" ] && echo "${name%_*}" || echo "$2"
}
circles() {
	local file name from
	for file in "$1/$2"/*.[ch]; do
		from=$(module "$1/$2" "$(basename "${file%.[ch]}")")
		echo "$from $from"
		sed -nE "s,^#include \"$2/([a-z_0-9]+)\.h\".*,\\1,p" "$file" |
		while read -r name; do
			echo "$from $(module "$1/$2" "$name")"
		done
	done | tsort 2>&1 >/dev/null | sed 's/^tsort: *//' | grep -v '^-:'
}
for folder in ui/terminal ui/widget ui/stack ui/screen; do
	check "no circle of modules in src/$folder" "$(circles "$src" "$folder")"
done

# The rules themselves, on a tree where each is broken once.
broken=$(mktemp -d)
trap 'rm -rf "$broken"' EXIT
mkdir "$broken"/{core,wire,ui,cli,store,keeper}
echo '#include "wire/wire.h"' >"$broken/core/a.c"
echo '#  include	<gcrypt.h>' >"$broken/wire/a.c"
printf '%s\n' '#include "cli/cli.h"' '#include "auth/totp.h"' '#include <form.h>' >"$broken/ui/a.h"
printf '%s\n' '#include "ui/ui.h"' '#include "main.h"' >"$broken/cli/a.c"
echo '#include <ncursesw/curses.h>' >"$broken/store/a.c"
printf '%s\n' '#include "ui/ui.h"' '#include <unistr.h>' '#include <sqlite3.h>' \
	'#include <stdio.h>' '#include "core/err.h"' >"$broken/keeper/a.c"
check "each broken rule is found" "$(
	for want in core:1 wire:1 ui:3 cli:2 store:1 keeper:3; do
		found=$(violations "$broken" "${want%:*}" | wc -l)
		[ "$found" -eq "${want#*:}" ] || echo "${want%:*}: $found of ${want#*:} found"
	done
)"

mkdir -p "$broken/ui/stack"
echo '#include "ui/stack/b.h"' >"$broken/ui/stack/a.c"
echo '#include "ui/stack/a.h"' >"$broken/ui/stack/b.h"
check "a circle is found" "$(
	[ "$(circles "$broken" ui/stack | wc -l)" -eq 2 ] || circles "$broken" ui/stack
)"

# libraries PROGRAM PATTERN: those it is linked with, directly or through others, of that pattern
libraries() {
	ldd "$build/$1" 2>&1 | grep -E "not a dynamic|No such|$2"
	readelf -d "$build/$1" 2>&1 | grep -E "Error|\(NEEDED\).*($2)"
}

check "the console has nothing of libgcrypt and SQLite" \
	"$(libraries provconsole 'libgcrypt|libsqlite')"
check "the keeper has nothing of a terminal or of QR codes" \
	"$(libraries provconsole-keeper 'libncurses|libtinfo|libqrencode')"
check "what sshd asks about keys has nothing of either" \
	"$(libraries provconsole-keys 'libgcrypt|libsqlite|libncurses|libtinfo|libqrencode')"
# It is loaded into sshd and sudo: they get nothing that they have not already.
check "the PAM module needs libpam and the C library alone" "$(
	readelf -d "$build/pam_provconsole.so" 2>&1 | grep -E 'Error|NEEDED' |
		grep -vE '\[(libpam|libc)\.so\.[0-9]+\]'
)"
check "and shows them its functions alone" "$(
	nm -D --defined-only "$build/pam_provconsole.so" 2>&1 | grep -v ' T pam_sm_'
	[ "$(nm -D --defined-only "$build/pam_provconsole.so" | wc -l)" -eq 5 ] || echo "not five"
)"
echo "1..$number"
