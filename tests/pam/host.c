/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * host DIRECTORY SERVICE USER WORD...
 *
 * A program that asks PAM, as sshd, sudo and login do: services stand in DIRECTORY. The words, in
 * their order:
 *
 *   rhost=TEXT tty=TEXT env=NAME=VALUE   what the program tells PAM
 *   answer=TEXT     to the next question; several wait in a row; without one there is no answer
 *   answer:null     a reply without text; answer:none no reply; answer:fail the conversation fails;
 *   answer:SIZE     so many letters; answer:big another that was never asked for
 *   mute            from here on there is no conversation at all
 *   kill=PID stop=PID   SIGKILL, SIGSTOP to that process before the next answer is given
 *   silent          PAM_SILENT from here on
 *   auth setcred account open close      each prints "WORD: RESULT", and what has changed
 *   memory          prints the resident memory, KiB
 *   ticket          prints how PROVCONSOLE_TICKET looks in PAM's environment
 *
 * What the person sees is a line each: "off: TEXT" a question without echo, "on:", "error:",
 * "info:"; "several: N" where more came at once. "late: WORD" for what took longer than it may.
 */
#include <locale.h>
#include <signal.h>
#include <security/pam_appl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>

#include "untouched.h"

enum { ANSWERS = 16, LATE = 3300 /* ms */ };

/* Who sits before it. */
struct person {
	const char *answers[ANSWERS];
	int count, next;
	int signal;	  /* 0: none */
	pid_t victim;	  /* of it */
	int64_t thinking; /* ms that were not the module's */
};

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static char *
letters(const char *size)
{
	size_t length = strtoul(size, NULL, 10);
	char *text = calloc(1, length + 1);

	return text == NULL ? NULL : memset(text, 'A', length);
}

static int
reply(struct person *person, struct pam_response **ret_response)
{
	const char *answer = person->next < person->count ? person->answers[person->next++]
							  : ":none";
	struct pam_response *response = NULL;

	if (strcmp(answer, ":fail") == 0)
		return PAM_CONV_ERR;
	*ret_response = NULL;
	if (strcmp(answer, ":none") == 0)
		return PAM_SUCCESS;
	response = calloc(2, sizeof *response);
	if (response == NULL)
		return PAM_BUF_ERR;
	*ret_response = response;
	if (strcmp(answer, ":null") == 0)
		return PAM_SUCCESS;
	response->resp = answer[0] == ':' ? letters(answer + 1) : strdup(answer + 1);
	return response->resp == NULL ? PAM_BUF_ERR : PAM_SUCCESS;
}

static int
converse(int count, const struct pam_message **messages, struct pam_response **ret_response,
    void *data)
{
	static const char *const styles[] = { [PAM_PROMPT_ECHO_OFF] = "off",
		[PAM_PROMPT_ECHO_ON] = "on",
		[PAM_ERROR_MSG] = "error",
		[PAM_TEXT_INFO] = "info" };
	struct person *person = data;
	int style = messages[0]->msg_style;
	int64_t began = now_ms();
	int result;

	if (count != 1)
		(void)printf("several: %d\n", count);
	(void)printf("%s: %s\n", styles[style], messages[0]->msg);
	(void)fflush(stdout);
	if (style != PAM_PROMPT_ECHO_OFF && style != PAM_PROMPT_ECHO_ON)
		return PAM_SUCCESS;
	if (person->signal != 0 && kill(person->victim, person->signal) != 0)
		(void)printf("failed: kill %d\n", (int)person->victim);
	person->signal = 0;
	result = reply(person, ret_response);
	person->thinking += now_ms() - began;
	return result;
}

static const struct {
	const char *word;
	int (*call)(pam_handle_t *pamh, int flags);
} steps[] = {
	{ "auth", pam_authenticate },
	{ "account", pam_acct_mgmt },
	{ "open", pam_open_session },
	{ "close", pam_close_session },
};

static int
establish(pam_handle_t *pamh, int flags)
{
	return pam_setcred(pamh, flags | (int)PAM_ESTABLISH_CRED);
}

/* Whether the word is a step; then it was done. */
static bool
step(pam_handle_t *pamh, const char *word, int flags, struct person *person)
{
	static struct untouched before;
	int (*call)(pam_handle_t *, int) = strcmp(word, "setcred") == 0 ? establish : NULL;
	int64_t began;
	int result;

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		if (strcmp(word, steps[i].word) == 0)
			call = steps[i].call;
	if (call == NULL)
		return false;
	untouched_look(&before);
	person->thinking = 0;
	began = now_ms();
	result = call(pamh, flags);
	if (now_ms() - began - person->thinking > LATE)
		(void)printf("late: %s\n", word);
	(void)printf("%s: %s\n", word, pam_strerror(pamh, result));
	(void)untouched_compare(&before);
	(void)fflush(stdout);
	return true;
}

static void
ticket(pam_handle_t *pamh)
{
	const char *text = pam_getenv(pamh, "PROVCONSOLE_TICKET");

	if (text == NULL)
		(void)puts("ticket: none");
	else
		(void)printf("ticket: %zu of %zu digits\n", strspn(text, "0123456789abcdef"),
		    strlen(text));
}

static void
memory(void)
{
	char line[128];
	FILE *rollup = fopen("/proc/self/smaps_rollup", "re");

	while (rollup != NULL && fgets(line, sizeof line, rollup) != NULL)
		if (strncmp(line, "Rss:", 4) == 0)
			(void)printf("memory: %ld\n", strtol(line + 4, NULL, 10));
	if (rollup != NULL)
		(void)fclose(rollup);
}

/* The part behind a beginning; NULL if the word begins otherwise. */
static const char *
behind(const char *word, const char *beginning)
{
	size_t length = strlen(beginning);

	return strncmp(word, beginning, length) == 0 ? word + length : NULL;
}

static bool
told(pam_handle_t *pamh, const char *word)
{
	const char *value;

	if ((value = behind(word, "rhost=")) != NULL)
		return pam_set_item(pamh, PAM_RHOST, value) == PAM_SUCCESS;
	if ((value = behind(word, "tty=")) != NULL)
		return pam_set_item(pamh, PAM_TTY, value) == PAM_SUCCESS;
	if ((value = behind(word, "env=")) != NULL)
		return pam_putenv(pamh, value) == PAM_SUCCESS;
	return false;
}

static void
aim(struct person *person, int number, const char *pid)
{
	person->signal = number;
	person->victim = (pid_t)strtol(pid, NULL, 10);
}

/* One word; false for one that is not known. */
static bool
obey(pam_handle_t *pamh, const char *word, int *flags, struct person *person)
{
	static const struct pam_conv mute = { NULL, NULL };
	const char *value;

	if ((value = behind(word, "answer")) != NULL && person->count < ANSWERS)
		person->answers[person->count++] = value;
	else if ((value = behind(word, "kill=")) != NULL)
		aim(person, SIGKILL, value);
	else if ((value = behind(word, "stop=")) != NULL)
		aim(person, SIGSTOP, value);
	else if (strcmp(word, "silent") == 0)
		*flags |= (int)PAM_SILENT;
	else if (strcmp(word, "mute") == 0)
		return pam_set_item(pamh, PAM_CONV, &mute) == PAM_SUCCESS;
	else if (strcmp(word, "ticket") == 0)
		ticket(pamh);
	else if (strcmp(word, "memory") == 0)
		memory();
	else
		return told(pamh, word) || step(pamh, word, *flags, person);
	return true;
}

int
main(int argc, char **argv)
{
	struct person person = { .count = 0 };
	const struct pam_conv conversation = { converse, &person };
	pam_handle_t *pamh = NULL;
	int flags = 0;

	if (argc < 4) {
		(void)fputs("usage: host DIRECTORY SERVICE USER WORD...\n", stderr);
		return 2;
	}
	(void)setlocale(LC_ALL, "");
	/* syslog(3) keeps a descriptor of its own. */
	openlog("host", LOG_NDELAY, LOG_AUTHPRIV);
	if (pam_start_confdir(argv[2], argv[3], &conversation, argv[1], &pamh) != PAM_SUCCESS)
		return 1;
	for (int i = 4; i < argc; i++)
		if (!obey(pamh, argv[i], &flags, &person)) {
			(void)fprintf(stderr, "host: %s\n", argv[i]);
			return 2;
		}
	return pam_end(pamh, PAM_SUCCESS) == PAM_SUCCESS ? 0 : 1;
}
