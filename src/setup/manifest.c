/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup/manifest.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/sum.h"
#include "core/words.h"
#include "setup/file.h"
#include "setup/mark.h"
#include "setup/program.h"

static const char manifest_path[] = "/etc/provconsole/setup.manifest";

/* A line that was read: what and more point into text. */
struct entry {
	char text[MANIFEST_LINE_SIZE];
	enum manifest_kind kind;
	const char *what, *more;
	long at; /* where it begins in the file */
};

static bool
undo_directory(struct setup *setup, const struct entry *entry)
{
	(void)setup;
	/* What is in it by now is not ours to remove. */
	return rmdir(entry->what) == 0 || errno == ENOENT || errno == ENOTEMPTY ||
	    errno == EEXIST || errno == EBUSY;
}

/* What a run that was killed left beside. */
static void
clear_beside(const struct entry *entry)
{
	char beside[PATH_MAX];

	if (file_beside(entry->what, beside, sizeof beside))
		(void)unlink(beside);
}

/* Whether a file has changed since it was written. */
static bool
was_changed(const struct entry *entry)
{
	char *text = file_read(entry->what);
	bool changed = text == NULL || sum_text(text) != strtoull(entry->more, NULL, 16);

	free(text);
	return changed;
}

/* sshd reads no name but *.conf there. */
static bool
undo_file(struct setup *setup, const struct entry *entry)
{
	char aside[PATH_MAX];
	struct stat st;

	setup->reload = true;
	clear_beside(entry);
	if (lstat(entry->what, &st) != 0)
		return errno == ENOENT;
	if (!was_changed(entry))
		return unlink(entry->what) == 0;
	(void)snprintf(aside, sizeof aside, "%s.old", entry->what);
	return rename(entry->what, aside) == 0;
}

static bool
undo_kept(struct setup *setup, const struct entry *entry)
{
	struct stat st;

	(void)setup;
	clear_beside(entry);
	if (lstat(entry->what, &st) != 0)
		return errno == ENOENT;
	return was_changed(entry) || unlink(entry->what) == 0;
}

static bool
undo_replaced(struct setup *setup, const struct entry *entry)
{
	char before[PATH_MAX];

	setup->reload = true;
	(void)snprintf(before, sizeof before, "%s.before-provconsole", entry->what);
	return rename(before, entry->what) == 0 || errno == ENOENT;
}

static bool
undo_lines(struct setup *setup, const struct entry *entry)
{
	(void)setup;
	clear_beside(entry);
	return mark_remove(entry->what);
}

/* A program that takes something back; what it said goes into why if it could not. */
static bool
undo_run(struct setup *setup, const char *const *argv)
{
	char said[512];

	if (program_run(argv, said, sizeof said) == 0)
		return true;
	(void)snprintf(setup->why, sizeof setup->why, "%s", program_last_line(said));
	return false;
}

/* What is in it stays when setup is taken back. */
static bool
is_owner_of(const char *path, uid_t uid)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_uid == uid;
}

/* The owner of what stays has to stay too: its number may not become somebody else's. */
static bool
undo_user(struct setup *setup, const struct entry *entry)
{
	const char *const argv[] = { "userdel", entry->what, NULL };
	const struct passwd *user = getpwnam(entry->what);

	if (user == NULL || is_owner_of(setup_state, user->pw_uid) ||
	    is_owner_of(setup_recordings, user->pw_uid))
		return true;
	return undo_run(setup, argv);
}

static bool
undo_shell(struct setup *setup, const struct entry *entry)
{
	const char *const argv[] = { "usermod", "--shell", entry->more, entry->what, NULL };

	return getpwnam(entry->what) == NULL || undo_run(setup, argv);
}

/* The keeper ends with its socket; a command ends with its session. A unit whose package is gone
 * is not there to be stopped. */
static bool
undo_unit(struct setup *setup, const struct entry *entry)
{
	const bool keeper = strcmp(entry->what, setup_unit) == 0;
	const char *const known[] = { "systemctl", "cat", entry->what, NULL };
	const char *const argv[] = { "systemctl", "disable", "--now", entry->what,
		keeper ? "provconsole-keeper.service" : NULL, NULL };
	char said[4096];

	return !setup->systemd || program_run(known, said, sizeof said) != 0 ||
	    undo_run(setup, argv);
}

static const struct {
	const char *word, *says; /* a message id with one %s: what */
	bool (*undo)(struct setup *setup, const struct entry *entry);
} kinds[MANIFEST_KINDS] = {
	[MANIFEST_DIRECTORY] = { "directory", N_("Remove the directory %s, if it is empty."),
	    undo_directory },
	[MANIFEST_FILE] = { "file", N_("Remove %s, or rename it to .old if it was changed."),
	    undo_file },
	[MANIFEST_KEPT] = { "kept", N_("Remove %s, unless it was changed."), undo_kept },
	[MANIFEST_REPLACED] = { "replaced", N_("Put back what %s was before."), undo_replaced },
	[MANIFEST_LINES] = { "lines", N_("Take our lines out of %s."), undo_lines },
	[MANIFEST_USER] = { "user", N_("Remove the UNIX account %s, unless a state is its own."),
	    undo_user },
	[MANIFEST_SHELL] = { "shell", N_("Give the UNIX account %s its former shell."),
	    undo_shell },
	[MANIFEST_UNIT] = { "unit", N_("Stop and disable the service: %s."), undo_unit },
};

/* --- writing -------------------------------------------------------------------------- */

enum err
manifest_open(struct setup *setup)
{
	bool made = mkdir(setup_directory, 0755) == 0;
	enum err err;

	if ((!made && errno != EEXIST) || (made && chmod(setup_directory, 0755) != 0) ||
	    (setup->manifest = fopen(manifest_path, "a+e")) == NULL ||
	    fseek(setup->manifest, 0, SEEK_END) != 0) {
		err = setup_fail(setup,
		    _("%s cannot be written (%s). Nothing was changed on this host."),
		    setup_directory, strerror(errno));
		if (made)
			(void)rmdir(setup_directory);
		return err;
	}
	setup->before = ftell(setup->manifest);
	file_sync_directory(manifest_path);
	return made ? manifest_add(setup, MANIFEST_DIRECTORY, setup_directory, NULL) : ERR_OK;
}

enum err
manifest_add(struct setup *setup, enum manifest_kind kind, const char *what, const char *more)
{
	if (fprintf(setup->manifest, "%s\t%s%s%s\n", kinds[kind].word, what,
		more != NULL ? "\t" : "", more != NULL ? more : "") > 0 &&
	    fflush(setup->manifest) == 0 && fsync(fileno(setup->manifest)) == 0)
		return ERR_OK;
	return setup_fail(setup, _("%s cannot be written (%s)."), manifest_path, strerror(errno));
}

enum err
manifest_put_file(struct setup *setup, enum manifest_kind kind, const char *path, const char *text)
{
	char sum[24];
	enum err err;

	(void)snprintf(sum, sizeof sum, "%016" PRIx64, sum_text(text));
	err = manifest_add(setup, kind, path, sum);
	if (err == ERR_OK && !file_put(path, text, 0644))
		err = setup_fail(setup, _("%s cannot be written (%s)."), path, strerror(errno));
	return err;
}

/* --- reading -------------------------------------------------------------------------- */

static bool
parse(struct entry *entry)
{
	char *tab = strchr(entry->text, '\t'), *more;

	entry->text[strcspn(entry->text, "\n")] = '\0';
	if (tab == NULL)
		return false;
	*tab = '\0';
	entry->what = tab + 1;
	more = strchr(tab + 1, '\t');
	if (more != NULL)
		*more++ = '\0';
	entry->more = more != NULL ? more : "";
	for (unsigned kind = 0; kind < MANIFEST_KINDS; kind++)
		if (strcmp(kinds[kind].word, entry->text) == 0) {
			entry->kind = (enum manifest_kind)kind;
			return true;
		}
	return false;
}

/* The last line that begins at `from` or behind it, before `end`. A line that was cut off by a
 * crash has done nothing, for it comes first: it is passed over. */
static bool
last_before(FILE *manifest, long from, long end, struct entry *ret_entry)
{
	struct entry entry;
	bool found = false;

	if (fseek(manifest, from, SEEK_SET) != 0)
		return false;
	entry.at = from;
	while (entry.at < end && fgets(entry.text, sizeof entry.text, manifest) != NULL) {
		if (parse(&entry)) {
			*ret_entry = entry;
			/* Pointers into the copy. */
			ret_entry->what = ret_entry->text + (entry.what - entry.text);
			if (*entry.more != '\0')
				ret_entry->more = ret_entry->text + (entry.more - entry.text);
			found = true;
		}
		entry.at = ftell(manifest);
	}
	return found;
}

/* One line: undone, then cut off. */
static enum err
take_back_one(struct setup *setup, const struct entry *entry)
{
	char detail[SETUP_WHY_SIZE];

	*setup->why = '\0';
	errno = 0;
	if (!kinds[entry->kind].undo(setup, entry)) {
		(void)snprintf(detail, sizeof detail, "%.300s",
		    *setup->why != '\0' ? setup->why : strerror(errno));
		return setup_fail(setup,
		    _("Not all could be taken back: %s (%s). Mend that, then run: provconsole "
		      "setup --undo"),
		    entry->what, detail);
	}
	if (ftruncate(fileno(setup->manifest), entry->at) == 0)
		return ERR_OK;
	return setup_fail(setup, _("%s cannot be written (%s)."), manifest_path, strerror(errno));
}

enum err
manifest_take_back(struct setup *setup, long from)
{
	struct entry entry;
	long end = LONG_MAX;
	enum err err = ERR_OK;

	while (err == ERR_OK && last_before(setup->manifest, from, end, &entry)) {
		err = take_back_one(setup, &entry);
		end = entry.at;
	}
	if (err == ERR_OK && from == 0) {
		(void)unlink(manifest_path);
		(void)rmdir(setup_directory);
	}
	return err;
}

void
manifest_tell(FILE *manifest, void (*tell)(const char *line))
{
	char said[MANIFEST_LINE_SIZE + 256];
	struct entry entry;
	long end = LONG_MAX;

	while (last_before(manifest, 0, end, &entry)) {
		err_fill_text(_(kinds[entry.kind].says), entry.what, said, sizeof said);
		tell(said);
		end = entry.at;
	}
}

FILE *
manifest_read(void)
{
	return fopen(manifest_path, "re");
}
