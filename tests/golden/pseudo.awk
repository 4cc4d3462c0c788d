# SPDX-License-Identifier: GPL-3.0-or-later
# A text in a language that nobody speaks (msgfilter gives it one text at a time): every letter is
# accented, so that what was never marked for translation shows; and the text is longer by two
# fifths, as German is at times, so that what has no room for a translation shows.
# Commands, options, places for a name, format directives and marks ({who}) stay as they are.

BEGIN {
	ascii = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	split("á ƀ ç đ é ƒ ĝ ĥ í ĵ ķ ĺ ɱ ñ ó þ ɋ ŕ š ţ ú ṽ ŵ ẋ ý ž " \
		"Á Ɓ Ç Đ É Ƒ Ĝ Ĥ Í Ĵ Ķ Ĺ Ḿ Ñ Ó Þ Ɋ Ŕ Š Ţ Ú Ṽ Ŵ Ẋ Ý Ž", accented, " ")
}

# Letters, longer by two fifths; what this word does not come to is owed to the next.
function longer(letters,    i, last, made) {
	for (i = 1; i <= length(letters); i++)
		made = made (last = accented[index(ascii, substr(letters, i, 1))])
	for (owed += length(letters) * 0.4; owed >= 1; owed--)
		made = made last
	return made
}

# Whether a word is the same in every language: --state, DIR, %s, {who}, F1, 12h
function fixed(word) {
	return word ~ /[%{]/ || word ~ /^[[(]*--?[a-z]/ || word ~ /^F?[0-9]+[a-z]?[^a-z]*$/ ||
		word ~ /^[^a-z]*[A-Z][A-Z][^a-z]*$/
}

function translated(word,    rest, made) {
	while (match(word, /[A-Za-z]+/)) {
		rest = substr(word, RSTART + RLENGTH)
		made = made substr(word, 1, RSTART - 1) longer(substr(word, RSTART, RLENGTH))
		word = rest
	}
	return made word
}

# From its name on to the next stop, a command is one.
function text(line,    word, rest, made, command) {
	while (match(line, /[^ ]+/)) {
		word = substr(line, RSTART, RLENGTH)
		rest = substr(line, RSTART + RLENGTH)
		made = made substr(line, 1, RSTART - 1)
		command = command || word ~ /^provconsole/
		made = made (command || fixed(word) ? word : translated(word))
		command = command && word !~ /[.,:;]$/
		line = rest
	}
	return made line
}

{
	print text($0)
}
