/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line of an OpenSSH public key: "TYPE BASE64 COMMENT" (sshd(8), AUTHORIZED_KEYS FILE FORMAT),
 * and what the Base64 holds: RFC 4253 6.6, RFC 5656 3.1, RFC 8709 4, and OpenSSH's PROTOCOL.u2f.
 */
#ifndef CORE_SSH_KEY_H
#define CORE_SSH_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base64.h"
#include "core/err.h"
#include "core/text.h"

enum {
	SSH_KEYS_MAX = 10,	  /* of a person */
	SSH_KEY_NAME_POINTS = 40, /* code points of its name, at most */
	SSH_KEY_TYPE_SIZE = 40,	  /* "sk-ecdsa-sha2-nistp256@openssh.com" is the longest */
	SSH_KEY_BLOB_SIZE = 3000, /* an RSA key of 16,384 bits, the longest sshd takes, is 2,076 */
	SSH_KEY_TEXT_SIZE = 4096, /* "TYPE BASE64" */
	SSH_KEY_LINE_SIZE = 8192, /* with its comment; what is longer is none */
	SSH_KEY_HASH_SIZE = 32,	  /* SHA-256 of the blob */
	SSH_KEY_PRINT_SIZE = 51	  /* "SHA256:", 43 digits of Base64 without padding, NUL */
};

/* The name of a key that has no comment: a word, which screens translate. */
#define SSH_KEY_NAME "SSH key"

struct ssh_key {
	char type[SSH_KEY_TYPE_SIZE];
	char name[TEXT_LABEL_SIZE]; /* its comment, where that may be a name; else "" */
	size_t length;
	unsigned char blob[SSH_KEY_BLOB_SIZE];
};

/*
 * Reads a line, with or without a line feed, blanks and empty lines around it. length bytes, no
 * NUL needed. One error for each reason why it is none: ERR_FIELD_EMPTY, ERR_SSH_KEY_...
 */
MUST_CHECK enum err
ssh_key_read(const char *line, size_t length, struct ssh_key *ret_key);

/* Whether a blob is a whole key of the type that stands in it, and which one. The same errors. */
MUST_CHECK enum err
ssh_key_check(const unsigned char *blob, size_t length, const char *type);

/* "TYPE BASE64", as sshd reads it. */
void
ssh_key_write(const char *type, const unsigned char *blob, size_t length,
    char text[SSH_KEY_TEXT_SIZE]);

/* Whether a key of that type is in a device that can ask for its owner (FIDO). */
bool
ssh_key_is_hardware(const char *type);

/* The type in a word or two: "Ed25519", "RSA", "Ed25519, security key"; "?" for no type of ours. */
const char *
ssh_key_kind(const char *type);

/* A fingerprint as OpenSSH shows it. */
void
ssh_print_show(const unsigned char hash[SSH_KEY_HASH_SIZE], char text[SSH_KEY_PRINT_SIZE]);

/* ERR_SSH_PRINT for what is none. */
MUST_CHECK enum err
ssh_print_read(const char *text, unsigned char ret_hash[SSH_KEY_HASH_SIZE]);

#endif
