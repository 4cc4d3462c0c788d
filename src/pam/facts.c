/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pam/facts.h"

#include <string.h>

#include "core/source.h"

void
facts_source(const char *rhost, const char *connection, char ret_source[WIRE_SOURCE_SIZE])
{
	struct source source;
	char word[SOURCE_TEXT_SIZE];
	size_t length = connection != NULL ? strcspn(connection, " ") : 0;

	source_parse(rhost, &source);
	if (source.kind == SOURCE_LOCAL && length > 0 && length < sizeof word) {
		memcpy(word, connection, length);
		word[length] = '\0';
		source_parse(word, &source);
	}
	memset(ret_source, 0, WIRE_SOURCE_SIZE);
	source_show(&source, ret_source);
}

void
facts_key(const char *auth_info, char ret_key[SSH_KEY_TEXT_SIZE])
{
	static const char method[] = "publickey ";
	size_t length;

	memset(ret_key, 0, SSH_KEY_TEXT_SIZE);
	for (const char *line = auth_info; line != NULL && *line != '\0';
	     line += strcspn(line, "\n"), line += *line == '\n') {
		if (strncmp(line, method, sizeof method - 1) != 0)
			continue;
		line += sizeof method - 1;
		length = strcspn(line, " \n");
		if (line[length] != ' ')
			continue;
		length += 1 + strcspn(line + length + 1, " \n");
		if (length < SSH_KEY_TEXT_SIZE)
			memcpy(ret_key, line, length);
		return;
	}
}

/* An item that is text; "" without one. */
static const char *
facts_item(pam_handle_t *pamh, int which)
{
	const void *item = NULL;

	return pam_get_item(pamh, which, &item) == PAM_SUCCESS && item != NULL ? item : "";
}

int
facts_gather(pam_handle_t *pamh, const struct option *option, struct facts *ret_facts)
{
	const char *user = NULL;
	int result = pam_get_user(pamh, &user, NULL);

	if (result != PAM_SUCCESS)
		return result;
	/* A name that was cut could be somebody else's. */
	if (user == NULL || *user == '\0' || strlen(user) >= sizeof ret_facts->account)
		return PAM_USER_UNKNOWN;
	wire_put(ret_facts->account, sizeof ret_facts->account, user);
	wire_put(ret_facts->service, sizeof ret_facts->service,
	    option->service != NULL ? option->service : facts_item(pamh, PAM_SERVICE));
	wire_put(ret_facts->terminal, sizeof ret_facts->terminal, facts_item(pamh, PAM_TTY));
	facts_source(facts_item(pamh, PAM_RHOST), pam_getenv(pamh, "SSH_CONNECTION"),
	    ret_facts->source);
	facts_key(pam_getenv(pamh, "SSH_AUTH_INFO_0"), ret_facts->key);
	return PAM_SUCCESS;
}
