/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/fault.h"

#include <inttypes.h>
#include <syslog.h>

#include "store/inspect.h"

/* What an administrator is woken up for; the words are those of the log. */
static const struct {
	enum err err;
	const char *word;
} kinds[] = {
	{ ERR_STORE_IO, "io" },
	{ ERR_STORE_UNSURE, "not-known-whether-saved" },
	{ ERR_STORE_FULL, "disk-full" },
	{ ERR_STORE_READONLY, "read-only" },
	{ ERR_STORE_SUSPECT, "unreadable" },
	{ ERR_STORE_CORRUPT, "damaged" },
	{ ERR_STORE_BUSY, "held-by-another-program" },
	{ ERR_STORE_NEWER, "newer-version" },
	{ ERR_STORE_FOREIGN, "of-others" },
	{ ERR_AUDIT_BROKEN, "audit-broken" },
	{ ERR_FILES, "too-many-files" },
	{ ERR_MEMORY, "no-memory" },
	{ ERR_CRYPTO, "cryptography" },
	{ ERR_SYSTEM, "system" },
	{ ERR_FAILED, "failed" },
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

_Static_assert((int)KINDS <= (int)FAULT_KINDS, "a tally for each kind");

bool
fault_is(enum err err)
{
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].err == err)
			return true;
	return false;
}

enum err
fault_name(struct fault *fault, int directory, enum err err, int64_t boot)
{
	if (err != ERR_STORE_SUSPECT)
		return err;
	if (fault->look == ERR_STORE_CORRUPT ||
	    (fault->look != ERR_OK && boot - fault->looked < FAULT_LOOK_INTERVAL))
		return fault->look;
	fault->look = store_look_again(directory, FAULT_LOOK_MS);
	fault->looked = boot;
	return fault->look;
}

bool
fault_due(struct fault_tally *tally, int64_t boot, int64_t *ret_more)
{
	if (tally->told != 0 && boot - tally->told < FAULT_INTERVAL) {
		tally->more++;
		return false;
	}
	*ret_more = tally->more;
	tally->told = boot == 0 ? 1 : boot;
	tally->more = 0;
	return true;
}

static void
tell(struct fault_tally *tally, const char *word, enum err err, int64_t boot)
{
	int64_t more = 0;

	if (fault_due(tally, boot, &more))
		syslog(LOG_DAEMON | LOG_ERR, "store-fault kind=%s more=%" PRId64 " said=\"%s\"",
		    word, more, err_sentence(err));
}

void
fault_note(struct fault *fault, enum err err, int64_t boot)
{
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].err == err) {
			fault->wrong = fault->fresh = true;
			tell(&fault->tally[i], kinds[i].word, err, boot);
		}
}

void
fault_settle(struct fault *fault, enum err err, int64_t boot)
{
	fault_note(fault, err, boot);
	if (fault->wrong && !fault->fresh) {
		syslog(LOG_DAEMON | LOG_NOTICE, "store-works");
		fault->wrong = false;
	}
	fault->fresh = false;
}
