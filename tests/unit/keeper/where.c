/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keeper.conf: what it may say, and whose it may be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keeper/where.h"

static enum err
heard(const char *text, struct where *where)
{
	return where_read(text, strlen(text), where);
}

static void
nothing_means_this_directory(void **state)
{
	struct where where;

	(void)state;
	assert_int_equal(heard("", &where), ERR_OK);
	assert_string_equal(where.conninfo, "");
	assert_string_equal(where.node, "");
	assert_int_equal(heard("# nothing\n\n  \n#node x", &where), ERR_OK);
	assert_string_equal(where.conninfo, "");
}

static void
it_names_a_database_and_a_node(void **state)
{
	struct where where;

	(void)state;
	assert_int_equal(heard("# two hosts\nstore postgresql:host=a,b target_session_attrs=primary"
			       "\r\n\nnode bastion-1  \n",
			     &where),
	    ERR_OK);
	assert_string_equal(where.conninfo, "host=a,b target_session_attrs=primary");
	assert_string_equal(where.node, "bastion-1");
	assert_int_equal(where.line, 0);
	assert_int_equal(heard("node n\nstore postgresql://u@h/db?sslmode=verify-full", &where),
	    ERR_OK);
	assert_string_equal(where.conninfo, "postgresql://u@h/db?sslmode=verify-full");
}

static void
what_it_does_not_know_is_told_by_its_line(void **state)
{
	static const struct {
		const char *text;
		int line;
	} wrong[] = {
		{ "stor postgresql:host=a\nnode n\n", 1 },
		{ "node n\nstore mysql:host=a\n", 2 },
		{ "node n\nstore postgresql:\n", 2 },
		{ "store postgresql:host=a\n\nnode two words\n", 3 },
		{ "store postgresql:host=a\nnode n\nnode m\n", 3 },
		{ "store postgresql:host=a\nstore postgresql:host=b\nnode n\n", 2 },
		{ "store postgresql:host=a\nnode \n", 2 },
		{ "store postgresql:host=a\nnode ../x\n", 2 },
		{ "store postgresql:host=a\nnode abcdefghijklmnopqrstuvwxyz1234567\n", 2 },
	};
	struct where where;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(heard(wrong[i].text, &where), ERR_CONFIG);
		assert_int_equal(where.line, wrong[i].line);
	}
	assert_int_equal(where_read("node n\0m\n", 9, &where), ERR_CONFIG);
}

/* A name without a database is a mistake, and so is a database for a host without a name. */
static void
one_does_not_go_without_the_other(void **state)
{
	struct where where;

	(void)state;
	assert_int_equal(heard("node n\n", &where), ERR_CONFIG);
	assert_int_equal(heard("store postgresql:host=a\n", &where), ERR_CONFIG);
}

static void
a_file_that_others_may_write_is_not_believed(void **state)
{
	static const char text[] = "store postgresql:host=a\nnode n\n";
	char path[] = "/tmp/provconsole-where-XXXXXX";
	struct where where;
	int directory, fd;

	(void)state;
	assert_non_null(mkdtemp(path));
	directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(where_of(directory, &where), ERR_OK);
	assert_null(where.at.backend);
	assert_int_equal(where.at.dirfd, directory);
	fd = openat(directory, "keeper.conf", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
	/* This program is not linked with libpq. */
	assert_int_equal(where_of(directory, &where), ERR_STORE_ELSEWHERE);
	assert_int_equal(fchmod(fd, 0644), 0);
	assert_int_equal(where_of(directory, &where), ERR_STORE_ELSEWHERE);
	assert_int_equal(fchmod(fd, 0664), 0);
	assert_int_equal(where_of(directory, &where), ERR_CONFIG);
	assert_int_equal(fchmod(fd, 0646), 0);
	assert_int_equal(where_of(directory, &where), ERR_CONFIG);
	close(fd);
	assert_int_equal(unlinkat(directory, "keeper.conf", 0), 0);
	assert_int_equal(symlinkat("/dev/null", directory, "keeper.conf"), 0);
	assert_int_equal(where_of(directory, &where), ERR_CONFIG);
	assert_int_equal(unlinkat(directory, "keeper.conf", 0), 0);
	close(directory);
	assert_int_equal(rmdir(path), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_means_this_directory),
		cmocka_unit_test(it_names_a_database_and_a_node),
		cmocka_unit_test(what_it_does_not_know_is_told_by_its_line),
		cmocka_unit_test(one_does_not_go_without_the_other),
		cmocka_unit_test(a_file_that_others_may_write_is_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
