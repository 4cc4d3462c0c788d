/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "english.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { WORD_LEAST = 4 /* letters */ };

/* What the scenes type, and what their keeper answers: the same in every language. */
static const char data[] =
    "claire claire.of.the.operators.of.the.second.line.by.night@example.org alice ProVconnect "
    "TheOperatorsOfTheSecondLine Authy Google Microsoft LastPass Authenticator Aegis FreeOTP "
    "the operators of lost dana root Night shift the phone fell into the lake "
    "Work phone A tablet that lies in the safe, room "
    "bruno dana host:root unknown name local xterm lost phone needle Operator require color feaa "
    "chloe Erik Larsen alize person "
    "claire@laptop Laptop mallory@host 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU Qpj "
    "Fz4a6DXnNBToEbVyOV2QMwhKNGcYvZbVsNNJkw== AQEBAQEBAQEBAQEBAQEBAQEBAQEB b3BlbnNzaC1rZXktdjE "
    "BlbnNzaC rZXktdjE "
    "Datenbank Protokoll des Webservers protokoll Neustart neustart-web Dienst Nummer dienst "
    "nichts "
    "provconsole user reset-2fa --reason English Français";

/* A part of it, where a field or a line shows no more. */
static bool
is_data(const char *word, size_t length)
{
	for (const char *at = strchr(data, *word); at != NULL; at = strchr(at + 1, *word))
		if (strncmp(at, word, length) == 0)
			return true;
	return false;
}

/* Capitals alone are a key, a recovery code, or a place for a name. */
static bool
is_english(const char *word, size_t length)
{
	bool capitals = true;

	for (size_t i = 0; i < length; i++)
		capitals = capitals && isupper((unsigned char)word[i]);
	return length >= WORD_LEAST && !capitals && !is_data(word, length);
}

static size_t
letters(const char *text)
{
	size_t length = 0;

	while (isalpha((unsigned char)text[length]))
		length++;
	return length;
}

const char *
english_word(const char *text, size_t *ret_length)
{
	while (*text != '\0') {
		size_t length = letters(text);

		*ret_length = length;
		if (is_english(text, length))
			return text;
		text += length > 0 ? length : 1;
	}
	return NULL;
}
