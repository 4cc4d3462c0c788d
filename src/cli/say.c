/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/say.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/wrap.h"
#include "client/sentence.h"
#include "client/versions.h"
#include "core/text.h"

enum { SAY_SIZE = 512 };

void
say_text(const char *text)
{
	char line[4 * SAY_SIZE];
	size_t columns = wrap_terminal(stderr);

	if (columns == 0) {
		(void)fprintf(stderr, "provconsole: %s\n", text);
		return;
	}
	(void)snprintf(line, sizeof line, "provconsole: %s", text);
	wrap_put(stderr, line, 0, columns);
}

void
say_sentence(const char *sentence)
{
	say_text(_(sentence));
}

void
say_error(enum err err, int64_t wait)
{
	char sentence[SAY_SIZE];

	sentence_fill(err, wait, (int64_t)time(NULL), sentence, sizeof sentence);
	say_text(sentence);
}

void
say_no_keeper(enum err err, int64_t wait, const struct versions *versions)
{
	char sentence[SAY_SIZE];

	if (err != ERR_VERSION) {
		say_error(err, wait);
		return;
	}
	versions_sentence(versions, sentence, sizeof sentence);
	say_text(sentence);
}

int
say_usage(const char *sentence, const char *word, const char *where)
{
	char shown[SAY_SIZE] = "", see[SAY_SIZE], line[3 * SAY_SIZE];

	if (word != NULL)
		(void)text_show(word, strlen(word), shown, sizeof shown);
	(void)snprintf(see, sizeof see, _("See: %s"), "provconsole");
	(void)snprintf(line, sizeof line, "%s%s%s. %s%s%s --help", _(sentence),
	    word != NULL ? _(": ") : "", shown, see, *where != '\0' ? " " : "", where);
	say_text(line);
	return SAY_USAGE;
}

enum err
say_flush(enum err err)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return err;
	if (err == ERR_OK)
		say_sentence(N_(
		    "Not everything could be written to standard output. Check its destination."));
	return ERR_FAILED;
}
