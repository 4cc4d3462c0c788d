/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UTF-8 text that people type (names, passwords, labels), and what may be shown on a terminal. All
 * by libunistring: the locale never decides whether two names are equal. Sizes are bytes, with the
 * terminating NUL, unless said otherwise.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum {
	TEXT_NAME_POINTS = 64,	   /* code points in a user name, at most */
	TEXT_NAME_SIZE = 257,	   /* 64 code points of 4 bytes, and NUL */
	TEXT_FOLD_SIZE = 1025,	   /* NFKC casefold can grow */
	TEXT_PASSWORD_MIN = 12,	   /* code points */
	TEXT_PASSWORD_MAX = 256,   /* code points */
	TEXT_PASSWORD_SIZE = 1025, /* 1,024 bytes, and NUL */
	TEXT_LABEL_SIZE = 257,	   /* console name, device name, source, terminal */
	TEXT_REASON_SIZE = 513
};

/* Whether these bytes are UTF-8. */
bool
text_is_utf8(const char *text, size_t length);

/*
 * A user name as typed (length bytes, no NUL needed) -> as stored (NFC) and as
 * compared (NFKC casefold, unique). 1 to 64 code points of letters, marks,
 * digits, '.', '_', '-', '@'. Blanks around it, which a paste often brings along, are
 * dropped: no name can hold one. ret_fold may be NULL.
 * Errors: ERR_NAME_EMPTY, _LONG, _CHARACTERS, ERR_FIELD_UTF8, ERR_MEMORY.
 */
MUST_CHECK enum err
text_name(const char *typed, size_t length, char ret_name[TEXT_NAME_SIZE],
    char ret_fold[TEXT_FOLD_SIZE]);

/*
 * Whether a name, as text_name() gave it, may be added: its letters come from one script, so that
 * it was not made to look like another name (Unicode UTS 39, 5.1). Han goes with Hiragana and
 * Katakana, and with Hangul; marks and signs of no script go with each. ERR_NAME_SCRIPTS. Existing
 * names are not asked about: they still sign in.
 */
MUST_CHECK enum err
text_name_scripts(const char *name);

/*
 * What a sign-in attempt's name is counted under, whatever was typed: the fold
 * of a valid name, else the bytes themselves without the blanks around them, cut at
 * TEXT_FOLD_SIZE - 1.
 * Never fails; returns whether the name is one that can exist.
 */
bool
text_name_or_bytes(const char *typed, size_t length, char ret_fold[TEXT_FOLD_SIZE]);

/*
 * A password as typed -> NFC, for hashing. No rules but the encoding and the
 * size: ERR_FIELD_UTF8, ERR_PASSWORD_LONG, ERR_PASSWORD_CONTROL (NUL and other
 * controls), ERR_MEMORY. *ret_length is bytes without the NUL; the caller wipes.
 */
MUST_CHECK enum err
text_password(const char *typed, size_t length, char ret_password[TEXT_PASSWORD_SIZE],
    size_t *ret_length);

/*
 * Whether a normalised password may be chosen: 12 to 256 code points, not the
 * user's name (NFKC casefold), not one of the commonest (data/common-passwords.txt).
 * NIST SP 800-63B 5.1.1.2. Errors: ERR_PASSWORD_SHORT, _LONG, _COMMON, _IS_NAME.
 */
MUST_CHECK enum err
text_password_good(const char *password, size_t length, const char *name);

/*
 * A label (console name, device name, reason): valid UTF-8, NFC, no control, format,
 * bidirectional or zero-width characters, not blank, 1 to points code points.
 * Errors: ERR_FIELD_EMPTY, _LONG, _CONTROL, _UTF8, ERR_MEMORY.
 */
MUST_CHECK enum err
text_label(const char *typed, size_t length, size_t points, size_t size, char *ret_label);

/* Whether two labels are the same to whoever reads them (NFKC casefold). For want of memory they
 * are. */
bool
text_label_same(const char *one, const char *other);

/* Whether a text of at most TEXT_FOLD_SIZE - 1 bytes holds another one, however both are written
 * (NFKC casefold); "" is in each. Of what is longer, or for want of memory, the bytes are compared.
 */
bool
text_holds(const char *text, const char *part);

/*
 * Any bytes -> what may be shown on a terminal: valid UTF-8; every control,
 * format, bidirectional, zero-width, private or unassigned character and every
 * bad byte becomes '?'. Always terminates; cuts on a character's boundary.
 * Returns the bytes written, without the NUL.
 */
size_t
text_show(const char *bytes, size_t length, char *buf, size_t size);

/* Whether one code point may be typed into a field and shown: none of the above. */
bool
text_visible(uint32_t point);

/* Whether it is nothing to look at and no blank: a format, bidirectional or zero-width character,
 * as they come along when a code is copied. */
bool
text_unseen(uint32_t point);

/* Whether it is a blank of any width (category Zs). */
bool
text_blank(uint32_t point);

/* What a decimal digit of any script is worth (full-width, Arabic, Devanagari ...), 0 to 9; -1 if
 * it is none. */
int
text_digit(uint32_t point);

/* Whether it is an ASCII letter. */
bool
text_letter(uint32_t point);

/* Whether it is a dash that a copied code may have: ASCII's, hyphens, en and em dash, minus,
 * full-width. */
bool
text_dash(uint32_t point);

/* A digit or letter of a code as ASCII has it: any script's digit, a full-width letter; else the
 * point itself. */
uint32_t
text_code_point(uint32_t point);

/*
 * The first code point of text (length bytes, 1 or more). Returns its bytes; 0 if they are not
 * valid UTF-8, and then *ret_point is untouched.
 */
size_t
text_point(const char *text, size_t length, uint32_t *ret_point);

/* Bytes of the first character of valid UTF-8 text that is not empty. */
size_t
text_step(const char *text);

/* What text_json() writes of so many bytes at most: "\\u0001" for each. */
#define TEXT_JSON_MOST(bytes) (6 * (bytes))

/*
 * The beginning of text (length bytes) as it stands in JSON, without the quotation marks: whole
 * characters, of `most` bytes at most (4 or more). What may not be shown is escaped, and a byte
 * that is no UTF-8 becomes U+FFFD. buf has room for TEXT_JSON_MOST(most). Returns the bytes
 * written; *ret_used: how many of the text they stand for.
 */
size_t
text_json(const char *text, size_t length, size_t most, char *buf, size_t *ret_used);

/* Columns of valid UTF-8 text of length bytes on a terminal (East Asian wide: 2; marks: 0). */
size_t
text_columns(const char *text, size_t length);

/* Bytes of the longest start of text (length bytes) that fits in columns. */
size_t
text_fit(const char *text, size_t length, size_t columns);

/* Code points in valid UTF-8 text of length bytes. */
size_t
text_points(const char *text, size_t length);

#endif
