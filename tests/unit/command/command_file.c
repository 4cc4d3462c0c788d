/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as root, an editor, or an enemy leaves them: one is read as it stands, or refused for what
 * it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/socket.h>
#include <sys/un.h>

#include "place.h"

static void
reads(const char *name, enum err want, enum command_trust trust, enum command_fault fault,
    size_t line)
{
	static struct command command, before;
	struct command_dir dir = place_open();
	struct command_wrong wrong;

	memset(&command, 0x5a, sizeof command);
	memcpy(&before, &command, sizeof before);
	assert_int_equal(command_file_read(&dir, name, &command, &wrong), want);
	assert_int_equal(wrong.trust, trust);
	assert_int_equal(wrong.fault, fault);
	assert_int_equal(wrong.line, line);
	assert_string_equal(wrong.where, "");
	if (want == ERR_OK) {
		assert_string_equal(command.name, name);
		assert_string_equal(command.program, "/bin/true");
	} else {
		assert_memory_equal(&command, &before, sizeof command);
	}
	command_dir_close(&dir);
}

static void
distrusted(const char *name, enum command_trust trust)
{
	reads(name, ERR_COMMAND_FILE, trust, COMMAND_FINE, 0);
}

static void
a_good_one_is_read(void **state)
{
	(void)state;
	place_put("commands.d/good", GOOD);
	reads("good", ERR_OK, COMMAND_TRUSTED, COMMAND_FINE, 0);
	reads("no", ERR_COMMAND_NONE, COMMAND_TRUSTED, COMMAND_FINE, 0);
}

static void
a_bad_one_is_told_with_its_line(void **state)
{
	(void)state;
	place_put("commands.d/bad", "# x\ntitle A\nshell yes\n");
	reads("bad", ERR_COMMAND_FILE, COMMAND_TRUSTED, COMMAND_WORD, 3);
	place_put("commands.d/empty", "");
	reads("empty", ERR_COMMAND_FILE, COMMAND_TRUSTED, COMMAND_TITLE_NONE, 0);
}

/* Nothing outside of the directory, and nothing hidden, whatever the name says. */
static void
names_lead_nowhere_else(void **state)
{
	static const char *const names[] = { "", ".", "..", "../outside", "/etc/passwd", ".hidden",
		"a b", "a\n", "*", "-", "good/", "./good" };

	(void)state;
	place_put("outside", GOOD);
	place_put("commands.d/good", GOOD);
	place_put("commands.d/.hidden", GOOD);
	place_put("commands.d/a b", GOOD);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		reads(names[i], ERR_COMMAND_NONE, COMMAND_NAMED, COMMAND_FINE, 0);
}

static void
what_is_no_plain_file_is_refused_at_once(void **state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "commands.d/socket" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	place_put("outside", GOOD);
	assert_int_equal(symlink("../outside", "commands.d/link"), 0);
	assert_int_equal(symlink("nowhere", "commands.d/dangling"), 0);
	assert_int_equal(mkfifo("commands.d/pipe", 0600), 0);
	assert_int_equal(mkdir("commands.d/directory", 0755), 0);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
	(void)alarm(10); /* a pipe would be waited for without end */
	distrusted("link", COMMAND_SYMLINK);
	distrusted("dangling", COMMAND_SYMLINK);
	distrusted("pipe", COMMAND_KIND);
	distrusted("directory", COMMAND_KIND);
	distrusted("socket", COMMAND_KIND);
	(void)alarm(0);
	close(fd);
}

static void
what_others_could_have_written_is_refused(void **state)
{
	(void)state;
	place_put("commands.d/file", GOOD);
	for (mode_t bit = 020;; bit = 002) {
		assert_int_equal(chmod("commands.d/file", 0644 | bit), 0);
		distrusted("file", COMMAND_WRITABLE);
		assert_int_equal(chmod("commands.d/file", 01644 | bit), 0);
		distrusted("file", COMMAND_WRITABLE);
		if (bit == 002)
			break;
	}
	assert_int_equal(chmod("commands.d/file", 0600), 0);
	reads("file", ERR_OK, COMMAND_TRUSTED, COMMAND_FINE, 0);
	assert_int_equal(link("commands.d/file", "elsewhere"), 0);
	distrusted("file", COMMAND_LINKS);
	assert_int_equal(unlink("elsewhere"), 0);
	if (geteuid() == 0) {
		assert_int_equal(chown("commands.d/file", 12345, 0), 0);
		distrusted("file", COMMAND_FOREIGN);
	} else {
		assert_int_equal(chmod("commands.d/file", 0200), 0);
		distrusted("file", COMMAND_CLOSED);
	}
}

static void
a_file_of_100_kB_is_not_read_to_its_end(void **state)
{
	FILE *file = fopen("commands.d/long", "w");

	(void)state;
	assert_non_null(file);
	(void)fputs(GOOD "argument ", file);
	for (int i = 0; i < 100 * 1024; i++)
		(void)fputc('x', file);
	assert_int_equal(fclose(file), 0);
	reads("long", ERR_COMMAND_FILE, COMMAND_TRUSTED, COMMAND_LONG, 0);
}

/* What was looked at is what is read: another file under the name changes nothing of it, and the
 * whole of it is in memory when the look is over. */
static void
a_directory_that_is_swapped_stays_the_one_that_was_looked_at(void **state)
{
	static struct command command;
	struct command_dir dir;
	struct command_wrong wrong;

	(void)state;
	place_put("commands.d/x", GOOD);
	dir = place_open();
	assert_int_equal(rename("commands.d", "before"), 0);
	assert_int_equal(mkdir("commands.d", 0777), 0);
	place_put("commands.d/x", "title B\nrole operator\nprogram /bin/false\n");
	assert_int_equal(command_file_read(&dir, "x", &command, &wrong), ERR_OK);
	assert_string_equal(command.program, "/bin/true");
	command_dir_close(&dir);
}

/* Between the look and what comes before it the enemy is quickest. */
static bool swap_next;

int
__real_fstat(int fd, struct stat *st);
int
__wrap_fstat(int fd, struct stat *st);

int
__wrap_fstat(int fd, struct stat *st)
{
	if (swap_next) {
		swap_next = false;
		assert_int_equal(rename("enemy", "commands.d/x"), 0);
	}
	return __real_fstat(fd, st);
}

/* Root replaces a file while it is opened: the one that was opened is read, whole. An enemy who
 * could put another there at that moment is looked at with the next reading. */
static void
a_file_that_is_swapped_is_the_one_that_was_opened(void **state)
{
	static struct command command;
	struct command_dir dir = place_open();
	struct command_wrong wrong;

	(void)state;
	place_put("commands.d/x", GOOD);
	place_put("enemy", "title B\nrole operator\nprogram /bin/false\n");
	assert_int_equal(chmod("enemy", 0666), 0);
	swap_next = true;
	assert_int_equal(command_file_read(&dir, "x", &command, &wrong), ERR_OK);
	assert_false(swap_next);
	assert_string_equal(command.program, "/bin/true");
	assert_int_equal(command_file_read(&dir, "x", &command, &wrong), ERR_COMMAND_FILE);
	assert_int_equal(wrong.trust, COMMAND_WRITABLE);
	command_dir_close(&dir);
}

static void
names_are_sorted_and_a_bad_one_hides_none(void **state)
{
	struct command_dir dir = place_open();
	struct command_names names;
	struct command_wrong wrong;
	static const char *const want[] = { "B", "a", "b b", "c" };

	(void)state;
	place_put("commands.d/c", GOOD);
	place_put("commands.d/B", "nonsense");
	place_put("commands.d/.hidden", GOOD);
	place_put("commands.d/b b", GOOD);
	assert_int_equal(mkfifo("commands.d/a", 0600), 0);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(command_file_names(&dir, &names, &wrong), ERR_OK);
		assert_int_equal(names.count, 4);
		for (size_t i = 0; i < 4; i++)
			assert_string_equal(names.name[i], want[i]);
		command_names_free(&names);
		assert_null(names.name);
	}
	command_dir_close(&dir);
}

static void
there_is_an_end_to_how_many(void **state)
{
	struct command_dir dir = place_open();
	struct command_names names;
	struct command_wrong wrong;
	char path[64];

	(void)state;
	for (int i = 0; i < COMMAND_FILES_MAX; i++) {
		(void)snprintf(path, sizeof path, "commands.d/%03d", i);
		place_put(path, GOOD);
	}
	assert_int_equal(command_file_names(&dir, &names, &wrong), ERR_OK);
	assert_int_equal(names.count, COMMAND_FILES_MAX);
	command_names_free(&names);
	place_put("commands.d/more", GOOD);
	assert_int_equal(command_file_names(&dir, &names, &wrong), ERR_COMMAND_FILE);
	assert_int_equal(wrong.trust, COMMAND_MANY);
	command_names_free(&names);
	command_dir_close(&dir);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, place_make, place_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLACED(a_good_one_is_read),
		PLACED(a_bad_one_is_told_with_its_line),
		PLACED(names_lead_nowhere_else),
		PLACED(what_is_no_plain_file_is_refused_at_once),
		PLACED(what_others_could_have_written_is_refused),
		PLACED(a_file_of_100_kB_is_not_read_to_its_end),
		PLACED(a_directory_that_is_swapped_stays_the_one_that_was_looked_at),
		PLACED(a_file_that_is_swapped_is_the_one_that_was_opened),
		PLACED(names_are_sorted_and_a_bad_one_hides_none),
		PLACED(there_is_an_end_to_how_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
