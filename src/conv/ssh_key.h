/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSH keys in words: one's own, or another person's. */
#ifndef CONV_SSH_KEY_H
#define CONV_SSH_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/wire.h"

enum { SSH_WORDS = 1024 };

/* Whose keys are shown. */
struct ssh_whose {
	char user[TEXT_NAME_SIZE]; /* "": one's own */
	enum role role;		   /* of that person */
};

/* A name as it is shown; the one that nobody chose is translated. */
void
ssh_name_put(const char *name, char *buf, size_t size);

/* "Ed25519, knocks only, added today 15:03, never used", translated. */
void
ssh_facts_put(const struct ssh_whose *whose, const struct wire_ssh_key *key, int64_t now, char *buf,
    size_t size);

/* What it does, a sentence, translated. */
const char *
ssh_does(const struct ssh_whose *whose, const struct wire_ssh_key *key);

/* What a key is for, translated: above the list. */
const char *
ssh_purpose(const struct ssh_whose *whose);

/* Takes what was typed or pasted for a key; *ret_name: what it may be called, translated. Errors as
 * ssh_key_read(). */
MUST_CHECK enum err
ssh_suggest(const char *typed, char ret_name[TEXT_LABEL_SIZE]);

/* What is asked before one is added, or removed: translated. */
void
ssh_add_question(const struct ssh_whose *whose, const char *name, char *buf, size_t size);

void
ssh_remove_question(const struct ssh_whose *whose, const struct wire_ssh_key *key, char *buf,
    size_t size);

/* The requests, all but their proof. */
void
ssh_list_request(const struct ssh_whose *whose, struct wire_request *ret_request);

void
ssh_add_request(const struct ssh_whose *whose, const char *key, const char *name,
    struct wire_request *ret_request);

void
ssh_remove_request(const struct ssh_whose *whose, const struct wire_ssh_key *key,
    struct wire_request *ret_request);

void
ssh_rename_request(const struct wire_ssh_key *key, const char *name,
    struct wire_request *ret_request);

/* What is told after the answer to the second: "Laptop was added: SHA256:...". */
void
ssh_added_put(const struct wire_ssh_add_reply *reply, char *buf, size_t size);

/* Whether that is the answer to one of these. */
bool
ssh_is_list(const struct wire_reply *reply);

#endif
