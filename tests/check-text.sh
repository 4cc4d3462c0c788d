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

languages() {
	sed 's/#.*//' po/LINGUAS | tr -s '[:space:]' '\n' | grep .
}

# header FILE FIELD: its value in the catalogue's header
header() {
	msgattrib --no-wrap "$1" | sed -nE "/^msgid \"\"$/,/^$/s/^\"$2: *(.*)\\\\n\"$/\\1/p"
}

# unlike FILE: fields of the header that msgfmt does not look at
unlike() {
	local language=${1##*/}
	[ "$(header "$1" Language)" = "${language%.po}" ] || echo "Language: is another's"
	[ "$(header "$1" Content-Type)" = "text/plain; charset=UTF-8" ] || echo "it is not UTF-8"
	case $(header "$1" Plural-Forms) in
	nplurals=[1-6]\;*plural=*\;) ;;
	*) echo "Plural-Forms: says nothing" ;;
	esac
}

check "each catalogue of po/ is named in po/LINGUAS" "$(
	diff <(cd po && ls -- *.po) <(languages | sed 's/$/.po/' | LC_ALL=C sort)
)"
for language in $(languages); do
	catalogue=po/$language.po
	check "$catalogue is well formed, format directives and plural forms with it" "$(
		msgfmt -c -o /dev/null "$catalogue" 2>&1
	)"
	check "$catalogue says what it is" "$(unlike "$catalogue")"
	check "$catalogue has what the sources say, and no more" "$(
		msgcmp "$catalogue" "$scratch/all.pot" 2>&1
		msgcmp --use-untranslated "$scratch/all.pot" "$catalogue" 2>&1 |
			grep -v 'fatal errors\?$'
	)"
	check "$catalogue has nothing fuzzy, empty or obsolete" "$(
		msgattrib --only-fuzzy "$catalogue"
		msgattrib --untranslated "$catalogue"
		grep -n '^#~' "$catalogue"
	)"
	check "the console speaks $language where it is asked to" "$(
		[ "$(LC_ALL=C.UTF-8 LANGUAGE=$language "$PROVCONSOLE" --help)" != \
			"$(LC_ALL=C.UTF-8 LANGUAGE=en "$PROVCONSOLE" --help)" ] ||
			echo "--help is English"
	)"
done

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
	check "the manual of sshd's question has every option of its --help" "$(
		names "$top_builddir/provconsole-keys" | unwritten data/provconsole-keys.8
	)"
	check "the runner's manual has every option of its --help" "$(
		names "$top_builddir/provconsole-runner" | grep -q -- --listen ||
			echo "--help names no --listen"
		names "$top_builddir/provconsole-runner" | unwritten data/provconsole-runner.8
	)"
	# Each row of a key_row table: its label, or its letter; ^W Alt-d is two keys, an arrow is
	# written Up or Down.
	keys=$(find src/ui -name '*.c' -exec cat {} + | tr -s ' \t\n' ' ' |
		grep -oE "KEY_[A-Z_]+, ('[^']+'|0), (N_\()?\"[^\"]+\"" |
		sed -E 's/^[^"]*"//; s/"$//; s/(↑↓|\\xe2\\x86\\x91\\xe2\\x86\\x93)/Up Down/' |
		sed 's/←→/Left Right/' |
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
	skip "the manual of sshd's question has every option of its --help" "$missing"
	skip "the runner's manual has every option of its --help" "$missing"
	skip "the manual has every key of the screens" "$missing"
fi

# helps: --help of the console and of its commands
helps() {
	local command
	"$PROVCONSOLE" --help
	LANGUAGE=en "$PROVCONSOLE" --help |
		sed -nE '/^Commands:/,/^$/s/^  ([a-z]+( [a-z0-9][a-z0-9-]*)?) .*/\1/p' |
		while read -r command; do
			# shellcheck disable=SC2086 # one word or two
			"$PROVCONSOLE" $command --help </dev/null
		done
}

# What nobody speaks (tests/golden/pseudo.awk) has no ASCII letters; what stands in the first column
# is the same in every language, and so is an option.
check "no text of --help was left unmarked" "$(
	text=$(LC_ALL=C.UTF-8 LANGUAGE=qps helps |
		sed -E '/^  [^ ]/ { s/^  [^ ].*[^ ]  +/ /; t; d }; s/: provconsole.*//')
	[ "$(wc -l <<<"$text")" -gt 50 ] || echo "--help says too little"
	LC_ALL=C grep -aE '(^|[ (])[A-Za-z]*[a-z]{3,}' <<<"$text"
)"

check "both programs find the catalogues of a build tree" "$(
	for language in $(grep -v '^#' po/LINGUAS) qps; do
		for program in "$PROVCONSOLE" "$KEEPER"; do
			[ "$(LC_ALL=C.UTF-8 LANGUAGE=$language "$program" --help | sha256sum)" != \
				"$(LC_ALL=C.UTF-8 LANGUAGE=en "$program" --help | sha256sum)" ] ||
				echo "${program##*/} speaks English in $language"
		done
	done
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
