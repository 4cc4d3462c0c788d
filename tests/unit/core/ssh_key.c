/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of a public key: made by the ssh-keygen that is installed, then spoilt in each way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ssh_key.h"

enum { LINE_SIZE = 16384 };

static enum err
read_line(const char *line, struct ssh_key *ret_key)
{
	return ssh_key_read(line, strlen(line), ret_key);
}

static enum err
verdict(const char *line)
{
	struct ssh_key key;

	return read_line(line, &key);
}

/* The public key that ssh-keygen makes of these options, as its file has it. */
static void
make(const char *options, char line[LINE_SIZE])
{
	char command[512];
	FILE *output;
	size_t length;

	(void)snprintf(command, sizeof command,
	    "d=$(mktemp -d) && ssh-keygen -q -N '' -f \"$d/k\" %s >/dev/null && cat \"$d/k.pub\";"
	    " rm -rf \"$d\"",
	    options);
	output = popen(command, "r");
	assert_non_null(output);
	length = fread(line, 1, LINE_SIZE - 1, output);
	line[length] = '\0';
	assert_int_equal(pclose(output), 0);
	assert_true(length > 50);
}

/* A form with each '#' replaced by a key. */
static void
fill(const char *form, const char *key, char text[LINE_SIZE])
{
	size_t used = 0;

	for (; *form != '\0'; form++) {
		const char one[2] = { *form, '\0' };
		const char *part = *form == '#' ? key : one;

		assert_true(used + strlen(part) < LINE_SIZE);
		memcpy(text + used, part, strlen(part));
		used += strlen(part);
	}
	text[used] = '\0';
}

/* Changes one byte of the blob, and writes the line anew. */
static enum err
verdict_changed(const struct ssh_key *key, size_t length, size_t at, unsigned char value)
{
	struct ssh_key changed = *key;
	char text[SSH_KEY_TEXT_SIZE];

	changed.blob[at] = value;
	ssh_key_write(key->type, changed.blob, length, text);
	return verdict(text);
}

static void
what_ssh_keygen_makes_is_taken(void **state)
{
	static const struct {
		const char *options, *type, *kind;
	} rows[] = {
		{ "-t ed25519 -C alice@laptop", "ssh-ed25519", "Ed25519" },
		{ "-t ecdsa -b 256 -C alice@laptop", "ecdsa-sha2-nistp256", "ECDSA 256" },
		{ "-t ecdsa -b 384 -C alice@laptop", "ecdsa-sha2-nistp384", "ECDSA 384" },
		{ "-t ecdsa -b 521 -C alice@laptop", "ecdsa-sha2-nistp521", "ECDSA 521" },
		{ "-t rsa -b 2048 -C alice@laptop", "ssh-rsa", "RSA" },
		{ "-t rsa -b 4096 -C alice@laptop", "ssh-rsa", "RSA" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char line[LINE_SIZE], text[SSH_KEY_TEXT_SIZE];
		struct ssh_key key;

		make(rows[i].options, line);
		assert_int_equal(read_line(line, &key), ERR_OK);
		assert_string_equal(key.type, rows[i].type);
		assert_string_equal(key.name, "alice@laptop");
		assert_string_equal(ssh_key_kind(key.type), rows[i].kind);
		assert_false(ssh_key_is_hardware(key.type));
		/* It comes back as it was. */
		ssh_key_write(key.type, key.blob, key.length, text);
		assert_memory_equal(line, text, strlen(text));
		assert_string_equal(line + strlen(text), " alice@laptop\n");
	}
}

/* No test machine has a FIDO device: these are as OpenSSH's PROTOCOL.u2f says. */
static void
keys_of_a_device_are_taken_and_marked(void **state)
{
	struct ssh_key key, made;
	char line[LINE_SIZE], text[SSH_KEY_TEXT_SIZE];
	unsigned char blob[200] = { 0, 0, 0, 26 };

	(void)state;
	memcpy(blob + 4, "sk-ssh-ed25519@openssh.com", 26);
	blob[33] = 32;
	memset(blob + 34, 7, 32);
	blob[69] = 4;
	memcpy(blob + 70, "ssh:", 4);
	ssh_key_write("sk-ssh-ed25519@openssh.com", blob, 74, text);
	assert_int_equal(read_line(text, &key), ERR_OK);
	assert_true(ssh_key_is_hardware(key.type));
	assert_string_equal(key.name, "");
	assert_int_equal(verdict_changed(&key, 70, 69, 0), ERR_SSH_KEY_DAMAGED);
	assert_int_equal(verdict_changed(&key, 66, 0, 0), ERR_SSH_KEY_DAMAGED);

	make("-t ecdsa -b 256", line);
	assert_int_equal(read_line(line, &made), ERR_OK);
	memset(blob, 0, sizeof blob);
	blob[3] = 34;
	memcpy(blob + 4, "sk-ecdsa-sha2-nistp256@openssh.com", 34);
	memcpy(blob + 38, made.blob + 23, made.length - 23);
	memcpy(blob + 38 + made.length - 23, "\0\0\0\4ssh:", 8);
	ssh_key_write("sk-ecdsa-sha2-nistp256@openssh.com", blob, 38 + made.length - 23 + 8, text);
	assert_int_equal(read_line(text, &key), ERR_OK);
	assert_true(ssh_key_is_hardware(key.type));
}

/* However it was copied. */
static void
blanks_around_and_comments_do_not_matter(void **state)
{
	static const char *const forms[] = { "#", "#\n", "  #  ", "\n\n\t#\r\n\n", "# two words",
		"# ssh-rsa of mine", "# \xff\xfe", "# \x1b[31mred" };
	static const char *const names[] = { "", "", "", "", "two words", "ssh-rsa of mine", "",
		"" };
	char line[LINE_SIZE], key_text[SSH_KEY_TEXT_SIZE], text[LINE_SIZE];
	struct ssh_key made, key;

	(void)state;
	make("-t ed25519 -C ''", line);
	assert_int_equal(read_line(line, &made), ERR_OK);
	ssh_key_write(made.type, made.blob, made.length, key_text);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		fill(forms[i], key_text, text);
		assert_int_equal(read_line(text, &key), ERR_OK);
		assert_string_equal(key.name, names[i]);
		assert_memory_equal(key.blob, made.blob, made.length);
	}
	/* 60 letters: the first 40 are the name. */
	(void)snprintf(text, sizeof text, "%s %060d", key_text, 0);
	assert_int_equal(read_line(text, &key), ERR_OK);
	assert_int_equal(strlen(key.name), SSH_KEY_NAME_POINTS);
}

static void
each_other_thing_is_refused_by_its_own_name(void **state)
{
	static const struct {
		const char *form; /* #: a good key */
		enum err err;
	} rows[] = {
		{ "", ERR_FIELD_EMPTY },
		{ " \n\t ", ERR_FIELD_EMPTY },
		{ "restrict,pty #", ERR_SSH_KEY_OPTIONS },
		{ "command=\"rm -rf /\",no-pty # me", ERR_SSH_KEY_OPTIONS },
		{ "from=\"ssh-rsa AAAA\" x", ERR_SSH_KEY_FORMAT },
		{ "#\n#", ERR_SSH_KEY_LINES },
		{ "# #", ERR_SSH_KEY_TWO },
		{ "# me #", ERR_SSH_KEY_TWO },
		{ "ssh-ed25519-cert-v01@openssh.com AAAAC3NzaC1lZDI1NTE5",
		    ERR_SSH_KEY_CERTIFICATE },
		{ "ssh-dss AAAAB3NzaC1kc3MAAACB", ERR_SSH_KEY_DSA },
		{ "ssh-xmss@openssh.com AAAA", ERR_SSH_KEY_TYPE },
		{ "ssh-ed448 AAAACXNzaC1lZDQ0OA==", ERR_SSH_KEY_TYPE },
		{ "ecdsa-sha2-nistp224 AAAA", ERR_SSH_KEY_TYPE },
		{ "SSH-ED25519 AAAA", ERR_SSH_KEY_FORMAT },
		{ "AAAAC3NzaC1lZDI1NTE5AAAAI", ERR_SSH_KEY_FORMAT },
		{ "hello", ERR_SSH_KEY_FORMAT },
		{ "1024 35 1234567890", ERR_SSH_KEY_FORMAT },
		{ "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn\n", ERR_SSH_KEY_PRIVATE },
		{ "-----BEGIN OPENSSH PRIVATE KEY-----b3Blbn", ERR_SSH_KEY_PRIVATE },
		{ "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none", ERR_SSH_KEY_PRIVATE },
		{ "ssh-ed25519", ERR_SSH_KEY_DAMAGED },
		{ "ssh-ed25519 !!!!", ERR_SSH_KEY_DAMAGED },
		{ "ssh-ed25519 AAAA=", ERR_SSH_KEY_DAMAGED },
		{ "ssh-ed25519 ====", ERR_SSH_KEY_DAMAGED },
		{ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", ERR_SSH_KEY_DAMAGED },
		{ "ssh-rsa /////w==", ERR_SSH_KEY_DAMAGED },
	};
	char line[LINE_SIZE], text[LINE_SIZE], good[SSH_KEY_TEXT_SIZE];
	struct ssh_key key;

	(void)state;
	make("-t ed25519", line);
	assert_int_equal(read_line(line, &key), ERR_OK);
	ssh_key_write(key.type, key.blob, key.length, good);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fill(rows[i].form, good, text);
		if (verdict(text) != rows[i].err)
			fail_msg("%s: %s", rows[i].form, err_sentence(verdict(text)));
	}
	/* NUL inside. */
	(void)snprintf(text, sizeof text, "%s", good);
	text[30] = '\0';
	assert_int_equal(ssh_key_read(text, strlen(good), &key), ERR_SSH_KEY_DAMAGED);
}

static void
a_blob_that_does_not_fit_is_refused(void **state)
{
	char line[LINE_SIZE], text[SSH_KEY_TEXT_SIZE];
	struct ssh_key ed, rsa, ec;
	size_t at;

	(void)state;
	make("-t ed25519", line);
	assert_int_equal(read_line(line, &ed), ERR_OK);
	make("-t ecdsa -b 384", line);
	assert_int_equal(read_line(line, &ec), ERR_OK);
	make("-t rsa -b 2048", line);
	assert_int_equal(read_line(line, &rsa), ERR_OK);

	/* Another type inside; more at the end; cut off at each byte. */
	ssh_key_write("ssh-rsa", ed.blob, ed.length, text);
	assert_int_equal(verdict(text), ERR_SSH_KEY_DIFFERS);
	ssh_key_write("ecdsa-sha2-nistp256", ec.blob, ec.length, text);
	assert_int_equal(verdict(text), ERR_SSH_KEY_DIFFERS);
	assert_int_equal(verdict_changed(&ed, ed.length + 1, ed.length, 0), ERR_SSH_KEY_MORE);
	assert_int_equal(verdict_changed(&rsa, rsa.length + 5, rsa.length, 0), ERR_SSH_KEY_MORE);
	for (at = 0; at < rsa.length; at++)
		assert_int_equal(verdict_changed(&rsa, at, 0, 0), ERR_SSH_KEY_DAMAGED);
	/* Lengths of 4 GiB and of one too many. */
	assert_int_equal(verdict_changed(&ed, ed.length, 15, 255), ERR_SSH_KEY_DAMAGED);
	assert_int_equal(verdict_changed(&ed, ed.length, 18, 33), ERR_SSH_KEY_DAMAGED);
	/* Another curve's name, a compressed point. */
	assert_int_equal(verdict_changed(&ec, ec.length, 32, '2'), ERR_SSH_KEY_DAMAGED);
	assert_int_equal(verdict_changed(&ec, ec.length, ec.length - 97, 2), ERR_SSH_KEY_DAMAGED);
	/* An even modulus, a negative one, an exponent of 1. */
	assert_int_equal(verdict_changed(&rsa, rsa.length, rsa.length - 1, 4), ERR_SSH_KEY_DAMAGED);
	assert_int_equal(verdict_changed(&rsa, rsa.length, rsa.length - 257, 0x80),
	    ERR_SSH_KEY_DAMAGED);
	at = 4 + 7 + 4;
	assert_int_equal(verdict_changed(&rsa, rsa.length, at + 2, 0), ERR_SSH_KEY_DAMAGED);
}

static void
short_rsa_and_dsa_are_refused(void **state)
{
	char line[LINE_SIZE];

	(void)state;
	make("-t rsa -b 1024", line);
	assert_int_equal(verdict(line), ERR_SSH_KEY_WEAK);
	make("-t rsa -b 2047", line);
	assert_int_equal(verdict(line), ERR_SSH_KEY_WEAK);
}

static void
a_hundred_thousand_bytes_are_too_long(void **state)
{
	char *line = malloc(100001);

	(void)state;
	assert_non_null(line);
	memset(line, 'A', 100000);
	line[100000] = '\0';
	assert_int_equal(verdict(line), ERR_SSH_KEY_LONG);
	memcpy(line, "ssh-rsa ", 8);
	assert_int_equal(verdict(line), ERR_SSH_KEY_LONG);
	line[8000] = '\0';
	assert_int_equal(verdict(line), ERR_SSH_KEY_LONG);
	free(line);
}

static void
a_fingerprint_is_written_as_openssh_does(void **state)
{
	static const char *const others[] = { "", "SHA256", "SHA256:", "SHA256:AAAA",
		"sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
		"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
		"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV",
		"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA",
		"MD5:d4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e" };
	/* SHA-256 of nothing. */
	static const char *const text = "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU";
	unsigned char hash[SSH_KEY_HASH_SIZE];
	char shown[SSH_KEY_PRINT_SIZE];

	(void)state;
	assert_int_equal(ssh_print_read(text, hash), ERR_OK);
	assert_int_equal(hash[0], 0xe3);
	assert_int_equal(hash[31], 0x55);
	ssh_print_show(hash, shown);
	assert_string_equal(shown, text);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_int_equal(ssh_print_read(others[i], hash), ERR_SSH_PRINT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_ssh_keygen_makes_is_taken),
		cmocka_unit_test(keys_of_a_device_are_taken_and_marked),
		cmocka_unit_test(blanks_around_and_comments_do_not_matter),
		cmocka_unit_test(each_other_thing_is_refused_by_its_own_name),
		cmocka_unit_test(a_blob_that_does_not_fit_is_refused),
		cmocka_unit_test(short_rsa_and_dsa_are_refused),
		cmocka_unit_test(a_hundred_thousand_bytes_are_too_long),
		cmocka_unit_test(a_fingerprint_is_written_as_openssh_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
