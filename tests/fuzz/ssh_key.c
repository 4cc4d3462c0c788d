/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of an SSH public key: what is taken is whole, is written as one spelling, and that is read
 * as the same. */
#include "fuzz.h"

#include <string.h>

#include "core/ssh_key.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ssh_key key, again;
	char text[SSH_KEY_TEXT_SIZE], *line = fuzz_string(data, size);
	unsigned char hash[SSH_KEY_HASH_SIZE];
	char print[SSH_KEY_PRINT_SIZE];
	enum err err = ssh_key_read((const char *)data, size, &key);

	MUST(err < ERR_COUNT);
	if (err == ERR_OK) {
		MUST(ssh_key_check(key.blob, key.length, key.type) == ERR_OK);
		MUST(strlen(key.name) < sizeof key.name);
		ssh_key_write(key.type, key.blob, key.length, text);
		MUST(ssh_key_read(text, strlen(text), &again) == ERR_OK);
		MUST(strcmp(again.type, key.type) == 0 && again.length == key.length &&
		    memcmp(again.blob, key.blob, key.length) == 0 && again.name[0] == '\0');
	}
	if (ssh_print_read(line, hash) == ERR_OK) {
		ssh_print_show(hash, print);
		MUST(strcmp(print, line) == 0);
	}
	free(line);
	return 0;
}
