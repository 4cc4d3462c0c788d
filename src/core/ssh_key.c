/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/ssh_key.h"

#include <stdint.h>
#include <string.h>

enum { RSA_BITS_LEAST = 2048, RSA_BITS_MOST = 16384, LENGTH_BYTES = 4 };

/* What follows the type in a blob, each a string with its length before it (RFC 4251 5). */
enum part {
	PART_END,
	PART_ED25519, /* 32 bytes */
	PART_CURVE,   /* the curve's name */
	PART_POINT,   /* a point of that curve, uncompressed (SEC 1 2.3.3) */
	PART_EXPONENT,
	PART_MODULUS,
	PART_APPLICATION /* what a FIDO device made it for: "ssh:" */
};

struct type {
	const char *name;
	const char *kind;
	bool hardware;
	enum part parts[4];
	const char *curve;
	size_t point;
};

/* clang-format off */
static const struct type types[] = {
	{ "ssh-ed25519", "Ed25519", false, { PART_ED25519 }, NULL, 0 },
	{ "ecdsa-sha2-nistp256", "ECDSA 256", false, { PART_CURVE, PART_POINT }, "nistp256", 65 },
	{ "ecdsa-sha2-nistp384", "ECDSA 384", false, { PART_CURVE, PART_POINT }, "nistp384", 97 },
	{ "ecdsa-sha2-nistp521", "ECDSA 521", false, { PART_CURVE, PART_POINT }, "nistp521", 133 },
	{ "ssh-rsa", "RSA", false, { PART_EXPONENT, PART_MODULUS }, NULL, 0 },
	{ "sk-ssh-ed25519@openssh.com", N_("security key, Ed25519"), true,
	  { PART_ED25519, PART_APPLICATION }, NULL, 0 },
	{ "sk-ecdsa-sha2-nistp256@openssh.com", N_("security key, ECDSA"), true,
	  { PART_CURVE, PART_POINT, PART_APPLICATION }, "nistp256", 65 },
};
/* clang-format on */

/* A stretch of text or bytes; nothing is copied. */
struct span {
	const char *at;
	size_t length;
};

static bool
span_is(struct span span, const char *text)
{
	return span.length == strlen(text) && memcmp(span.at, text, span.length) == 0;
}

static bool
span_begins(struct span span, const char *text)
{
	return span.length >= strlen(text) && memcmp(span.at, text, strlen(text)) == 0;
}

static bool
span_ends(struct span span, const char *text)
{
	size_t length = strlen(text);

	return span.length >= length && memcmp(span.at + span.length - length, text, length) == 0;
}

static const struct type *
find(struct span name)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (span_is(name, types[i].name))
			return &types[i];
	return NULL;
}

static const struct type *
find_text(const char *name)
{
	return find((struct span){ name, strlen(name) });
}

/* --- the blob -------------------------------------------------------------------------------- */

/* Takes a string off the front. False where it is cut off. */
static bool
take(struct span *io_rest, struct span *ret_string)
{
	const unsigned char *at = (const unsigned char *)io_rest->at;
	size_t length;

	if (io_rest->length < LENGTH_BYTES)
		return false;
	length = (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
	if (length > io_rest->length - LENGTH_BYTES)
		return false;
	*ret_string = (struct span){ io_rest->at + LENGTH_BYTES, length };
	io_rest->at += LENGTH_BYTES + length;
	io_rest->length -= LENGTH_BYTES + length;
	return true;
}

/* The bits of an odd number above 1 in its one spelling (RFC 4251 5, mpint); 0 for any other. */
static size_t
odd_bits(struct span number)
{
	const unsigned char *at = (const unsigned char *)number.at;
	size_t length = number.length, bits;

	if (length == 0 || (at[0] & 0x80) != 0 || (at[length - 1] & 1) == 0)
		return 0;
	if (at[0] == 0) {
		if (length == 1 || (at[1] & 0x80) == 0)
			return 0;
		at++;
		length--;
	}
	bits = length * 8;
	for (unsigned char first = *at; (first & 0x80) == 0; first = (unsigned char)(first << 1))
		bits--;
	return bits > 1 ? bits : 0;
}

static enum err
check_modulus(struct span number)
{
	size_t bits = odd_bits(number);

	if (bits == 0)
		return ERR_SSH_KEY_DAMAGED;
	if (bits < RSA_BITS_LEAST)
		return ERR_SSH_KEY_WEAK;
	return bits > RSA_BITS_MOST ? ERR_SSH_KEY_LONG : ERR_OK;
}

static enum err
check_part(const struct type *type, enum part part, struct span string)
{
	bool good = false;

	switch (part) {
	case PART_ED25519:
		good = string.length == 32;
		break;
	case PART_CURVE:
		good = span_is(string, type->curve);
		break;
	case PART_POINT:
		good = string.length == type->point && string.at[0] == 4;
		break;
	case PART_EXPONENT:
		good = odd_bits(string) != 0;
		break;
	case PART_MODULUS:
		return check_modulus(string);
	case PART_APPLICATION:
		good = string.length > 0;
		break;
	case PART_END:
		break;
	}
	return good ? ERR_OK : ERR_SSH_KEY_DAMAGED;
}

enum err
ssh_key_check(const unsigned char *blob, size_t length, const char *name)
{
	const struct type *type = find_text(name);
	struct span rest = { (const char *)blob, length }, string;
	enum err err = ERR_OK;

	if (type == NULL)
		return ERR_SSH_KEY_TYPE;
	if (!take(&rest, &string))
		return ERR_SSH_KEY_DAMAGED;
	if (!span_is(string, type->name))
		return ERR_SSH_KEY_DIFFERS;
	for (size_t i = 0; err == ERR_OK && i < sizeof type->parts / sizeof *type->parts &&
	     type->parts[i] != PART_END;
	     i++)
		err = take(&rest, &string) ? check_part(type, type->parts[i], string)
					   : ERR_SSH_KEY_DAMAGED;
	return err == ERR_OK && rest.length != 0 ? ERR_SSH_KEY_MORE : err;
}

/* --- the line -------------------------------------------------------------------------------- */

static bool
is_blank(char character)
{
	return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

static struct span
trim(struct span text)
{
	while (text.length > 0 && is_blank(text.at[0])) {
		text.at++;
		text.length--;
	}
	while (text.length > 0 && is_blank(text.at[text.length - 1]))
		text.length--;
	return text;
}

/* Takes a word off the front, and the blanks behind it. */
static struct span
take_word(struct span *io_rest)
{
	struct span word = { io_rest->at, 0 };

	while (word.length < io_rest->length && !is_blank(word.at[word.length]))
		word.length++;
	io_rest->at += word.length;
	io_rest->length -= word.length;
	*io_rest = trim(*io_rest);
	return word;
}

/* Whether a word could be a key's type, ours or not. */
static bool
is_type(struct span word)
{
	static const char *const begins[] = { "ssh-", "ecdsa-", "sk-", "rsa-sha2-", "webauthn-" };

	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (span_begins(word, begins[i]))
			return true;
	return false;
}

/* Whether a key begins in it: a type, and what each blob's Base64 begins with, since its first
 * length is below 65,536. */
static bool
has_key(struct span text)
{
	struct span rest = trim(text);

	while (rest.length > 0) {
		struct span word = take_word(&rest);

		if (is_type(word) && span_begins(rest, "AAAA"))
			return true;
	}
	return false;
}

/* Why the first word is no type of ours. */
static enum err
why_not(struct span word, struct span rest)
{
	if (span_ends(word, "-cert-v01@openssh.com"))
		return ERR_SSH_KEY_CERTIFICATE;
	if (span_is(word, "ssh-dss"))
		return ERR_SSH_KEY_DSA;
	if (is_type(word))
		return ERR_SSH_KEY_TYPE;
	return has_key(rest) ? ERR_SSH_KEY_OPTIONS : ERR_SSH_KEY_FORMAT;
}

/* The beginning of a comment, where it may be a name. */
static void
suggest(struct span comment, char ret_name[TEXT_LABEL_SIZE])
{
	size_t end = 0, points = 0;
	uint32_t point;

	while (end < comment.length && points++ < SSH_KEY_NAME_POINTS) {
		size_t step = text_point(comment.at + end, comment.length - end, &point);

		if (step == 0)
			break;
		end += step;
	}
	comment = trim((struct span){ comment.at, end });
	memset(ret_name, 0, TEXT_LABEL_SIZE);
	if (text_label(comment.at, comment.length, SSH_KEY_NAME_POINTS, TEXT_LABEL_SIZE,
		ret_name) != ERR_OK)
		memset(ret_name, 0, TEXT_LABEL_SIZE);
}

/* What is no single line of a key is told by its shape, whatever it says. */
static enum err
check_line(struct span line)
{
	if (line.length == 0)
		return ERR_FIELD_EMPTY;
	if (span_begins(line, "-----BEGIN") || span_begins(line, "PuTTY-User-Key-File"))
		return ERR_SSH_KEY_PRIVATE;
	if (memchr(line.at, '\n', line.length) != NULL)
		return ERR_SSH_KEY_LINES;
	return line.length >= SSH_KEY_LINE_SIZE ? ERR_SSH_KEY_LONG : ERR_OK;
}

static enum err
read_blob(struct span word, struct ssh_key *key)
{
	if (word.length > BASE64_PADDED(sizeof key->blob))
		return ERR_SSH_KEY_LONG;
	if (!base64_read(word.at, word.length, true, key->blob, sizeof key->blob, &key->length))
		return ERR_SSH_KEY_DAMAGED;
	return ssh_key_check(key->blob, key->length, key->type);
}

enum err
ssh_key_read(const char *line, size_t length, struct ssh_key *ret_key)
{
	struct span rest = trim((struct span){ line, length }), word;
	struct ssh_key key = { .length = 0 };
	const struct type *type;
	enum err err = check_line(rest);

	if (err != ERR_OK)
		return err;
	word = take_word(&rest);
	type = find(word);
	if (type == NULL)
		return why_not(word, rest);
	memcpy(key.type, type->name, strlen(type->name));
	word = take_word(&rest);
	if (has_key(rest))
		return ERR_SSH_KEY_TWO;
	err = read_blob(word, &key);
	if (err != ERR_OK)
		return err;
	suggest(rest, key.name);
	*ret_key = key;
	return ERR_OK;
}

void
ssh_key_write(const char *type, const unsigned char *blob, size_t length,
    char text[SSH_KEY_TEXT_SIZE])
{
	size_t used = strnlen(type, SSH_KEY_TYPE_SIZE - 1);

	memset(text, 0, SSH_KEY_TEXT_SIZE);
	memcpy(text, type, used);
	text[used++] = ' ';
	if (length <= SSH_KEY_BLOB_SIZE)
		(void)base64_write(blob, length, true, text + used);
}

/* --- words ----------------------------------------------------------------------------------- */

bool
ssh_key_is_hardware(const char *name)
{
	const struct type *type = find_text(name);

	return type != NULL && type->hardware;
}

const char *
ssh_key_kind(const char *name)
{
	const struct type *type = find_text(name);

	return type == NULL ? "?" : type->kind;
}

#define PRINT_BEGINS "SHA256:"

void
ssh_print_show(const unsigned char hash[SSH_KEY_HASH_SIZE], char text[SSH_KEY_PRINT_SIZE])
{
	size_t length = strlen(PRINT_BEGINS);

	memcpy(text, PRINT_BEGINS, length);
	(void)base64_write(hash, SSH_KEY_HASH_SIZE, false, text + length);
}

enum err
ssh_print_read(const char *text, unsigned char ret_hash[SSH_KEY_HASH_SIZE])
{
	size_t length = strlen(PRINT_BEGINS), bytes = 0;
	unsigned char hash[SSH_KEY_HASH_SIZE];

	if (strncmp(text, PRINT_BEGINS, length) != 0 ||
	    !base64_read(text + length, strnlen(text + length, SSH_KEY_PRINT_SIZE), false, hash,
		sizeof hash, &bytes) ||
	    bytes != sizeof hash)
		return ERR_SSH_PRINT;
	memcpy(ret_hash, hash, sizeof hash);
	return ERR_OK;
}
