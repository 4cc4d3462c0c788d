/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A state directory that is made, and synced with what is above it; no keeper starts here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/place.h"

enum { NOBODY = 65534 };

struct scene {
	char scratch[PATH_MAX];	  /* all may enter it */
	char above[PATH_MAX + 8]; /* in it */
	char here[PATH_MAX + 16]; /* is made in that */
};

static unsigned syncs, fails; /* of directories; the one that fails */

int
fsync(int fd)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) && ++syncs == fails) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

static int
make_scene(void **state)
{
	struct scene *scene = calloc(1, sizeof *scene);

	if (scene == NULL)
		return 1;
	(void)snprintf(scene->scratch, sizeof scene->scratch, "%s/made.XXXXXX",
	    getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
	if (mkdtemp(scene->scratch) == NULL || chmod(scene->scratch, 0711) != 0)
		return 1;
	(void)snprintf(scene->above, sizeof scene->above, "%s/above", scene->scratch);
	(void)snprintf(scene->here, sizeof scene->here, "%s/here", scene->above);
	*state = scene;
	return mkdir(scene->above, 0700);
}

static int
remove_scene(void **state)
{
	struct scene *scene = *state;
	bool removed = chmod(scene->above, 0700) == 0 && rmdir(scene->here) == 0 &&
	    rmdir(scene->above) == 0 && rmdir(scene->scratch) == 0;

	free(scene);
	return removed ? 0 : 1;
}

/* What becomes of a keeper that is nowhere: ERR_KEEPER_START once the directory is there. */
static enum err
connect_to(const char *directory)
{
	struct place place;
	enum err err;
	int fd = -1;

	if (place_find(NULL, directory, &place) != ERR_OK)
		return ERR_FAILED;
	place.may_make = true;
	syncs = 0;
	err = place_connect(&place, "/nowhere/provconsole-keeper", &fd);
	place_free(&place);
	return err;
}

/* Every one above it; and again, while nobody has been there, for whoever made it may not have come
 * so far. */
static void
test_what_is_above_is_synced(void **state)
{
	const struct scene *scene = *state;
	unsigned first;

	assert_int_equal(connect_to(scene->here), ERR_KEEPER_START);
	first = syncs;
	assert_true(first >= 3);
	assert_int_equal(connect_to(scene->here), ERR_KEEPER_START);
	assert_int_equal(syncs, first);
	for (fails = 1; fails <= first; fails++)
		assert_int_equal(connect_to(scene->here), ERR_STORE_IO);
	fails = 0;
}

static int
make_in(const struct scene *scene)
{
	return chmod(scene->above, 0300) == 0 && connect_to(scene->here) == ERR_KEEPER_START &&
	    access(scene->here, W_OK) == 0;
}

/* Whoever may make a directory, and not read the one above it, as root always may: somebody else
 * tries. */
static void
test_it_is_made_where_nobody_may_look(void **state)
{
	const struct scene *scene = *state;
	int status = -1;
	pid_t child;

	if (geteuid() == 0)
		assert_int_equal(chown(scene->above, NOBODY, NOBODY), 0);
	child = fork();
	if (child == 0) {
		if (geteuid() == 0 && setresuid(NOBODY, NOBODY, NOBODY) != 0)
			_exit(1);
		_exit(!make_in(scene));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_what_is_above_is_synced, make_scene,
		    remove_scene),
		cmocka_unit_test_setup_teardown(test_it_is_made_where_nobody_may_look, make_scene,
		    remove_scene),
	};

	return cmocka_run_group_tests_name("place made", tests, NULL, NULL);
}
