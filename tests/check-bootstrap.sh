#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The bootstrap script, in a tree of its own with stand-ins for dpkg-query, apt-get and make.
set -u
export LC_ALL=C
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$top/tests/tap.bash"

# A tree that is configured already, in which make does what $work/make says.
tree() {
	rm -rf "$work/tree" "$work/bin" "$work/asked"
	mkdir -p "$work/tree/po" "$work/tree/build/tests/story" "$work/tree/build-clang" "$work/bin"
	cp "$top/bootstrap" "$work/tree"
	touch "$work/tree/configure" "$work/tree/Makefile.in" "$work/tree/po/Makefile.in.in"
	echo 'HAVE_CMOCKA_TRUE =' >"$work/tree/build/Makefile"
	cp "$work/tree/build/Makefile" "$work/tree/build-clang/Makefile"
	printf '#!/bin/sh\nfor name; do\n%s echo "%s $name" ;; esac\ndone\n' \
		'case $name in -*|*{*) ;; *)' '${STATUS:-installed}' >"$work/bin/dpkg-query"
	printf '#!/bin/sh\necho "$*" >>%s\n' "$work/asked" >"$work/bin/apt-get"
	printf '#!/bin/bash\n%s\n' "$1" >"$work/bin/make"
	chmod +x "$work"/bin/*
}

# bootstrap WORD…: what it says
bootstrap() {
	(cd "$work/tree" && PATH="$work/bin:$PATH" sh ./bootstrap "$@" 2>&1 </dev/null)
}

# says TEXT WORDS: nothing where the words are in it; else what it is
says() {
	grep -qF -- "$2" <<<"$1" || printf 'wanted: %s\ngot: %s\n' "$2" "$1"
}

tree 'exit 0'
check "what is installed is not asked for" "$(bootstrap build; cat "$work/asked" 2>/dev/null)"
check "a package that was removed and is still configured is missing" "$(
	STATUS=config-files bootstrap build >/dev/null
	says "$(cat "$work/asked" 2>&1)" libsqlite3-dev
)"
check "and so is each of them, to the last" "$(says "$(cat "$work/asked" 2>&1)" libseccomp-dev)"

# What takes time is named while it goes on, with its seconds.
tree 'case "$*" in *" -n "*) echo "gcc -c -o err.o err.c" ;; esac'
check "a build says what it does, and how long it took" "$(
	grep -qE '^Building the programs in build/ \.\.\. [0-9]+ s$' <<<"$(bootstrap build)" ||
		bootstrap build
)"
tree 'exit 0'
check "where nothing is to be built nothing is said" "$(bootstrap build)"
tree 'case "$*" in *" -n "*) echo "gcc -c -o err.o err.c"; exit ;; esac
echo "err.c:1: a mistake"; exit 2'
said=$(bootstrap build)
check "what fails is shown" "$(says "$said" 'err.c:1: a mistake')"
check "with the way to see it again" "$(says "$said" 'The build failed. To see it again: make -C')"

# What make does: a log of automake's, with so many that passed and failed, where tests are run.
suite='all="$*"; dir=.
while [ $# -gt 0 ]; do [ "$1" != -C ] || dir=$2; shift; done
suite() {
	printf "# PASS:  %d\n# SKIP:  0\n# XFAIL: 0\n# FAIL:  %d\n# XPASS: 0\n# ERROR: 0\n" "$@" \
		>"$dir/test-suite.log"
}
case $all in *" -n "* | *" all" | *" Makefile") exit 0 ;; esac
'
tree "$suite suite 0 0"
check "no test at all is a failure" "$(says "$(bootstrap check)" '0 passed, 1 failed, 0 skipped')"
check "and the status says so" "$(bootstrap check >/dev/null && echo "It is 0.")"
tree "$suite suite 3 0"
check "what passed is added up" "$(says "$(bootstrap quick)" '3 passed, 0 failed, 0 skipped')"
tree "$suite suite 3 2"
check "and so is what failed" "$(says "$(bootstrap quick)" '3 passed, 2 failed, 0 skipped')"
tree "$suite"'case $all in *check-clean*) exit 2 ;; esac
suite 3 0'
check "tests that end without a log have failed" \
	"$(says "$(bootstrap check)" '6 passed, 1 failed, 0 skipped')"

# A script that fails beside others, and passes alone.
tree "$suite"'case $all in *check-TESTS*) exit 0 ;; esac
suite 3 1
echo ":test-result: FAIL 1" >"$dir/tests/story/signin.trs"
echo "FAIL: tests/story/signin.sh 1 - it signs in"
exit 1'
said=$(bootstrap quick)
check "a script that passes alone is said to be unsteady" \
	"$(says "$said" 'unsteady: tests/story/signin.sh')"
check "and is no failure" "$(says "$said" '4 passed, 0 failed, 0 skipped')"

tree "$suite"'suite 3 1
echo ":test-result: FAIL 1" >"$dir/tests/story/signin.trs"
echo "FAIL: tests/story/signin.sh 1 - it signs in"
exit 1'
said=$(bootstrap quick)
check "one that fails alone too has failed" "$(says "$said" '3 passed, 1 failed, 0 skipped')"
check "and is not called unsteady" "$(! grep unsteady <<<"$said")"

# One test, by its name.
tree "$suite"'case $all in
*list-tests) echo tests/unit/core/signin tests/unit/core/err tests/story/signin.sh ;;
*check-TESTS*) echo "run: $all"; suite 2 0 ;;
*) echo "$all" >>built ;;
esac'
said=$(bootstrap test tests/unit/core/signin)
check "a path is one test" "$(says "$said" 'TESTS=tests/unit/core/signin ')"
check "of which alone is built what it needs" "$(
	says "$(cat "$work/tree/built")" 'tests/unit/core/signin '
	grep -E 'helpers|unit/core/err' "$work/tree/built"
)"
check "and it is counted" "$(says "$said" '2 passed, 0 failed, 0 skipped')"
check "a short name is all that end in it" \
	"$(says "$(bootstrap test signin)" 'TESTS=tests/story/signin.sh tests/unit/core/signin ')"
check "for a script the programs that help are built" "$(says "$(cat "$work/tree/built")" helpers)"
check "a name that no test has is refused" \
	"$(says "$(bootstrap test nobody)" 'There is no such test: nobody')"

tree 'exit 0'
ln -s "$work/elsewhere" "$work/tree/build/bootstrap.log"
check "a log that is a link is refused" \
	"$(says "$(bootstrap build)" 'bootstrap.log is a symbolic link. Remove it')"
check "and nothing is written where it leads" "$(cat "$work/elsewhere" 2>/dev/null)"
tree 'exit 0'
rm -r "$work/tree/build"
mkdir "$work/other"
ln -s "$work/other" "$work/tree/build"
check "a build directory that is a link is refused" \
	"$(says "$(bootstrap build)" 'build is a symbolic link. Remove it')"
if [ "$(id -u)" -eq 0 ]; then
	tree 'exit 0'
	chown 65534 "$work/tree/build"
	check "root does not write into another user's directory" \
		"$(says "$(bootstrap build)" 'build belongs to another user.')"
fi
echo "1..$number"
