/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key and the recovery codes, told in words. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "conv/device.h"
#include "conv/inside.h"
#include "core/words.h"
#include "core/text.h"

enum { GROUP = 4, SPELLED_SIZE = 3 * WIRE_KEY_SIZE };

/* "JBSWY3DP" -> "JBSW Y3DP" */
static void
put_groups(const char *key, char *buf, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; key[i] != '\0' && used + 2 < size; i++) {
		if (i > 0 && i % GROUP == 0)
			buf[used++] = ' ';
		buf[used++] = key[i];
	}
	buf[used] = '\0';
}

static void
tell_applications(struct conv *conv)
{
	char shown[POLICY_VALUE_SIZE];

	(void)text_show(conv->applications, strlen(conv->applications), shown, sizeof shown);
	if (shown[0] == '\0')
		conv_tell(conv, CONV_TEXT, _("Any TOTP application."));
	else
		conv_tellf(conv, CONV_TEXT, _("%s, or any other TOTP application."), shown);
}

static void
tell_account(struct conv *conv, const struct wire_enrol_reply *enrol)
{
	char issuer[POLICY_NAME_SIZE], account[TEXT_NAME_SIZE];

	(void)text_show(enrol->issuer, strlen(enrol->issuer), issuer, sizeof issuer);
	(void)text_show(enrol->account, strlen(enrol->account), account, sizeof account);
	conv_tellf(conv, CONV_TEXT, _("Account %s: %s"), issuer, account);
	conv_tell(conv, CONV_TEXT, _("Type: time-based"));
}

static void
tell_key(struct conv *conv, const struct wire_enrol_reply *enrol)
{
	char groups[2 * WIRE_KEY_SIZE];

	put_groups(enrol->key, groups, sizeof groups);
	conv_tell(conv, CONV_SECRET, groups);
	secret_wipe(groups, sizeof groups);
}

static void
tell_enrol(struct conv *conv, const struct wire_enrol_reply *enrol)
{
	conv_tell(conv, CONV_TITLE, _("1 Choose an application"));
	tell_applications(conv);
	conv_tell(conv, CONV_TITLE, _("2 Add an account, with this key"));
	if (enrol->replaced)
		conv_tell(conv, CONV_TEXT, _("Delete the entry that you scanned earlier."));
	tell_key(conv, enrol);
	tell_account(conv, enrol);
	conv_tell(conv, CONV_TEXT,
	    conv->face.draw != NULL
		? _("Type s to have the key spelled, or q for a QR code to scan.")
		: _("Type s to have the key spelled."));
	conv_tell(conv, CONV_TITLE, _("3 Generate a PIN code"));
	conv_tell(conv, CONV_TEXT, _("6 digits, new every 30 seconds."));
	conv_tell(conv, CONV_TITLE, _("4 Validate the configuration"));
}

static void
tell_codes(struct conv *conv, const struct wire_codes_reply *codes)
{
	for (size_t i = 0; i < ACCOUNT_RECOVERY_CODES; i++)
		conv_tell(conv, CONV_SECRET, codes->code[i]);
	conv_tell(conv, CONV_TEXT,
	    _("They stay where you read them now: clear that once they are saved."));
}

/* Whatever the key is for. */
static bool
has_key(const struct wire_reply *reply)
{
	return reply->op == WIRE_ENROL || reply->op == WIRE_DEVICE_ADD ||
	    reply->op == WIRE_DEVICE_REPLACE;
}

/* The first of those that are in doubt. */
static void
tell_doubted(struct conv *conv, const struct wire_device *device)
{
	char name[TEXT_LABEL_SIZE], times[CONV_TEXT_SIZE];

	device_name_put(device->name, name, sizeof name);
	device_times_put(device, (int64_t)time(NULL), times, sizeof times);
	conv_tellf(conv, CONV_TEXT, "%s, %s: %s", device->ssh ? _("SSH key") : _("Authenticator"),
	    name, times);
}

void
show_reply(struct conv *conv, const struct wire_reply *reply)
{
	if (reply->op == WIRE_DOUBTED && reply->u.devices.count > 0)
		tell_doubted(conv, &reply->u.devices.device[0]);
	if (has_key(reply))
		tell_enrol(conv, &reply->u.enrol);
	if (reply->op == WIRE_CODES)
		tell_codes(conv, &reply->u.codes);
}

/* --- letter by letter -------------------------------------------------------------- */

/* length characters from text on, with what a reader pauses at between them. */
static void
put_spelled(const char *text, size_t length, char *buf, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < length && used + 4 < size; i++) {
		if (i > 0) {
			buf[used++] = ',';
			buf[used++] = ' ';
		}
		buf[used++] = text[i];
	}
	buf[used] = '\0';
}

static void
spell_key(struct conv *conv, const char *key)
{
	size_t length = strlen(key), groups = (length + GROUP - 1) / GROUP;
	char spelled[SPELLED_SIZE];

	for (size_t i = 0; i < groups; i++) {
		size_t left = length - i * GROUP;

		put_spelled(key + i * GROUP, left < GROUP ? left : GROUP, spelled, sizeof spelled);
		conv_tellf(conv, CONV_SECRET, _("Group %u of %u: %s"), (unsigned)i + 1,
		    (unsigned)groups, spelled);
	}
	secret_wipe(spelled, sizeof spelled);
}

/* A group of a code a line, for it is written down from there. */
static void
spell_code(struct conv *conv, size_t number, const char *code)
{
	char spelled[SPELLED_SIZE];
	size_t length;

	conv_tellf(conv, CONV_TEXT, _("Code %u of %u"), (unsigned)number + 1,
	    (unsigned)ACCOUNT_RECOVERY_CODES);
	while (*code != '\0') {
		length = strcspn(code, "-");
		put_spelled(code, length, spelled, sizeof spelled);
		conv_tell(conv, CONV_SECRET, spelled);
		code += length + (code[length] == '-');
	}
	secret_wipe(spelled, sizeof spelled);
}

void
show_spelled(struct conv *conv, const struct wire_reply *reply)
{
	if (has_key(reply))
		spell_key(conv, reply->u.enrol.key);
	if (reply->op == WIRE_CODES)
		for (size_t i = 0; i < ACCOUNT_RECOVERY_CODES; i++)
			spell_code(conv, i, reply->u.codes.code[i]);
}

void
show_drawn(struct conv *conv, const struct wire_reply *reply)
{
	if (has_key(reply) && conv->face.draw != NULL)
		conv->face.draw(conv->face.self, reply->u.enrol.uri, reply->u.enrol.uri_short);
}
