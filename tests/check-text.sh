#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What people read: the translations are whole and in step with the
# sources, and the manuals are well formed.
set -u
top=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
cd "$top" || exit 1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

. "$top/tests/tap.bash"

potfiles() {
	grep -v '^#' po/POTFILES.in
}

check "every source with text is in po/POTFILES.in, and no other" "$(
	diff <(find src \( -name '*.[ch]' -o -name '*.def' \) \
		-exec grep -lE '(^|[^A-Za-z_])(_|N_|ngettext)\(("|$)' {} + | LC_ALL=C sort) \
		<(potfiles | LC_ALL=C sort)
)"

check "the sources' text can be collected" "$(
	potfiles | xgettext --language=C --keyword=_ --keyword=N_ --from-code=UTF-8 -f - \
		-o "$scratch/all.pot" 2>&1
	[ -s "$scratch/all.pot" ] || echo "there is none"
)"

while read -r language; do
	case $language in '#'* | '') continue ;; esac
	check "po/$language.po is well formed" "$(msgfmt -c -o /dev/null "po/$language.po" 2>&1)"
	check "po/$language.po translates everything" \
		"$(msgcmp "po/$language.po" "$scratch/all.pot" 2>&1)"
done <po/LINGUAS

# A line never ends before these signs: the blank is one that does not break (U+00A0), as in French
# type; and one term stands for one thing.
check "po/fr.po has no-break spaces before double signs and inside quotes" \
	"$(grep -nE '^("|msgstr).*( [:;?!»]|« )' po/fr.po)"
check "po/fr.po calls a thing by one term" \
	"$(grep -niE '^msgstr.*(double authentification|deux étapes|réglage|QR code)' po/fr.po)"

if command -v mandoc >/dev/null; then
	for page in data/*.[1-8]; do
		check "$page is well formed" "$(mandoc -T lint -W warning "$page" 2>&1)"
	done
	# mandoc knows a page's first section by its English name alone.
	for page in data/fr/*.[1-8]; do
		check "$page is well formed" "$(mandoc -T lint -W warning "$page" 2>&1 |
			grep -vE 'first section is not "NAME"|outside NAME section')"
	done
	# skeleton PAGE: its sections and lists, with options, commands, settings, files and keys of
	# one letter; what is translated is left out
	skeleton() {
		sed -nE -e 's/^\.(Sh|Ss) .*/.\1/p' -e '/^\.(Bl|El|Bd|Ed|Dl)/s/ .*//p' \
			-e '/^\.It Ic/{s/[[:alpha:]][[:alpha:]-]+/KEY/g;p}' \
			-e '/^\.It (Cm|Fl|Ev|Pa|Dv|[0-9])/{s/ Ar [^ ]+/ Ar/g;p}' "$1"
	}
	for page in data/*.[1-8]; do
		check "data/fr/${page##*/} has what $page has" \
			"$(diff <(skeleton "$page") <(skeleton "data/fr/${page##*/}"))"
	done
	# names COMMAND...: the options that its help names
	names() {
		"$@" --help | grep -oE -- '--[a-z][a-z0-9-]*' | sort -u
	}
	# unwritten PAGE: the words of standard input that the page does not have
	unwritten() {
		local word manual
		manual=$(mandoc -T ascii "$1" | sed 's/.\x08//g' | tr -s ' \n' '  ')
		while read -r word; do
			case $manual in
			*" $word "* | *" $word]"* | *" [$word "*) ;;
			*) echo "$word is not in $1" ;;
			esac
		done
	}
	# Options, commands of one or two words, settings.
	named=$(names "$PROVCONSOLE"
		"$PROVCONSOLE" --help |
			sed -nE '/^Commands:/,/^$/s/^  ([a-z]+( [a-z0-9][a-z0-9-]*)?) .*/\1/p'
		"$PROVCONSOLE" audit list --help | sed -nE '/^Actions:/,$s/^  ([a-z0-9-]+) .*/\1/p'
		"$PROVCONSOLE" settings list --help |
			sed -nE '/^Settings:/,$s/^  ([a-z0-9-]+) .*/\1/p')
	check "the manual has every option, command and setting of --help" "$(
		[ "$(wc -l <<<"$named")" -gt 20 ] || echo "--help names too little: $named"
		unwritten data/provconsole.1 <<<"$named"
	)"
	check "the keeper's manual has every option of its --help" "$(
		names "$KEEPER" | grep -q -- --state || echo "--help names no --state"
		names "$KEEPER" | unwritten data/provconsole-keeper.8
	)"
	# Each row of a key_row table: its label, or its letter; ^W Alt-d is two keys, an arrow is
	# written Up or Down.
	keys=$(find src/ui -name '*.c' -exec cat {} + | tr -s ' \t\n' ' ' |
		grep -oE "KEY_[A-Z_]+, ('[^']+'|0), (N_\()?\"[^\"]+\"" |
		sed -E 's/^[^"]*"//; s/"$//; s/(↑↓|\\xe2\\x86\\x91\\xe2\\x86\\x93)/Up Down/' |
		tr ' ' '\n' | sort -u)
	written=$(sed -nE '/^\.Sh KEYS/,/^\.Sh COMMANDS/s/^\.(It )?Ic / /p' data/provconsole.1 |
		tr -s '\n' ' ')
	check "the manual has every key of the screens" "$(
		[ "$(wc -l <<<"$keys")" -gt 15 ] || echo "too few keys were found: $keys"
		while read -r key; do
			grep -qF -- " $key " <<<"$written" || echo "$key is not in KEYS"
		done <<<"$keys"
	)"
else
	missing="mandoc is not installed"
	for page in data/*.[1-8] data/fr/*.[1-8]; do
		skip "$page is well formed" "$missing"
	done
	for page in data/*.[1-8]; do
		skip "data/fr/${page##*/} has what $page has" "$missing"
	done
	skip "the manual has every option, command and setting of --help" "$missing"
	skip "the keeper's manual has every option of its --help" "$missing"
	skip "the manual has every key of the screens" "$missing"
fi

check "the console speaks French where it is asked to" "$(
	LC_ALL=C.UTF-8 LANGUAGE=fr "$PROVCONSOLE" --help | grep -q '^Commandes' ||
		echo "--help has no French heading"
)"

# Not a terminal, so 80 columns.
check "help fits 80 columns, in each language" "$(
	for language in en $(grep -v '^#' po/LINGUAS); do
		for command in '' user settings audit init doctor; do
			LC_ALL=C.UTF-8 LANGUAGE=$language "$PROVCONSOLE" $command --help
		done
		LC_ALL=C.UTF-8 LANGUAGE=$language "$KEEPER" --help
	done | LC_ALL=C.UTF-8 grep -E '^.{81}'
	sh bootstrap --help | grep -E '^.{81}'
)"

check "no source calls what cannot be used safely" "$(
	calls='strcpy|strcat|sprintf|vsprintf|gets|system|mktemp|tmpnam|strtok'
	grep -nE "(^|[^A-Za-z0-9_])($calls)[[:space:]]*\\(" -r src tests --include='*.[ch]'
)"

check "every source names its licence" "$(
	find src tests \( -name '*.[ch]' -o -name '*.sh' \) \
		-exec grep -L 'SPDX-License-Identifier: GPL-3.0-or-later' {} +
)"
echo "1..$number"
