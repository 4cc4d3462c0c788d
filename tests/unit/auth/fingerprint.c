/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fingerprint of a key is the one that ssh-keygen shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "auth/auth.h"
#include "auth/fingerprint.h"
#include "core/ssh_key.h"

/* A new key, and what ssh-keygen -l says of it. */
static void
make(const char *options, char line[4096], char shown[256])
{
	char command[512];
	FILE *output;

	(void)snprintf(command, sizeof command,
	    "d=$(mktemp -d) && ssh-keygen -q -N '' -f \"$d/k\" %s >/dev/null && cat \"$d/k.pub\" &&"
	    " ssh-keygen -l -f \"$d/k.pub\" | cut -d' ' -f2; rm -rf \"$d\"",
	    options);
	output = popen(command, "r");
	assert_non_null(output);
	assert_non_null(fgets(line, 4096, output));
	assert_non_null(fgets(shown, 256, output));
	assert_int_equal(pclose(output), 0);
	shown[strcspn(shown, "\n")] = '\0';
}

static void
it_is_what_ssh_keygen_shows(void **state)
{
	static const char *const kinds[] = { "-t ed25519", "-t rsa -b 3072", "-t ecdsa -b 521" };

	(void)state;
	assert_int_equal(auth_start(), ERR_OK);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		char line[4096], shown[256], text[SSH_KEY_PRINT_SIZE];
		unsigned char hash[FINGERPRINT_SIZE];
		struct ssh_key key;

		make(kinds[i], line, shown);
		assert_int_equal(ssh_key_read(line, strlen(line), &key), ERR_OK);
		fingerprint(key.blob, key.length, hash);
		ssh_print_show(hash, text);
		assert_string_equal(text, shown);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(it_is_what_ssh_keygen_shows) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
