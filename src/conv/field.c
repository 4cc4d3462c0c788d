/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions of a row, and what can be typed instead of an answer. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "conv/inside.h"
#include "core/words.h"

char *
field_place(struct run *run, const struct row_field *field)
{
	switch (field->place) {
	case ROW_REQUEST:
		return (char *)run_request(run) + field->offset;
	case ROW_PROOF:
		return (char *)wire_request_proof(run_request(run)) + field->offset;
	case ROW_NOWHERE:
		break;
	}
	return NULL;
}

/* --- what can be typed instead of an answer ---------------------------------------- */

static bool
offered(const struct run *run, const struct row_choice *choice)
{
	if (choice->letter == '\0' || (choice->refused && !run->refused))
		return false;
	if (choice->does == ROW_LEAVES)
		return run->conv->optional && run->conv->door == DOOR_CONFIGURE;
	return choice->does != ROW_DRAWS || run->conv->face.draw != NULL;
}

/* At a field that has one before it, `b` goes there. */
static const char *
back_help(const struct row *row, size_t index)
{
	if (index > 0)
		return N_("Goes back to the question before.");
	switch (row->back) {
	case ROW_STAYS:
		break;
	case ROW_BACK_TO_NAME:
		return N_("Goes back to name and password.");
	case ROW_BACK_TO_CODE:
		return N_("Goes back to the 6-digit code.");
	case ROW_GIVES_UP:
		return N_("Goes back and changes nothing.");
	}
	return NULL;
}

static void
add_help(char *buf, size_t size, char letter, const char *help)
{
	size_t used = strlen(buf);

	used += (size_t)snprintf(buf + used, size - used, "\n");
	if (used < size)
		(void)snprintf(buf + used, size - used, _("%c: %s"), letter, _(help));
}

/* What the question is for, and what else can be typed. */
static void
put_help(const struct run *run, size_t index, char *buf, size_t size)
{
	const struct row_field *field = &run->row->field[index];

	err_fill(_(field->help), run->conv->password_least, buf, size);
	if (!take_spares_letters(field->take))
		return;
	for (size_t i = 0; i < ROW_CHOICES; i++)
		if (offered(run, &run->row->choice[i]))
			add_help(buf, size, run->row->choice[i].letter, run->row->choice[i].help);
	if (back_help(run->row, index) != NULL)
		add_help(buf, size, 'b', back_help(run->row, index));
}

/* At home the doors have nothing to go back to: what was begun there is left. */
static enum err
back(struct run *run)
{
	struct wire_reply reply;

	run->over = true;
	if (run->row->back == ROW_BACK_TO_CODE)
		run->conv->go = run->row->other;
	if (run->row->back == ROW_BACK_TO_NAME && run->conv->door != DOOR_HOME)
		return conv_get(run->conv, WIRE_BACK, &reply);
	run->gave_up = true;
	return ERR_OK;
}

/* Where it is required again meanwhile, that is told, and the question stays. */
static enum err
leave(struct run *run)
{
	struct wire_reply reply;
	enum err err = conv_get(run->conv, WIRE_CONFIGURE_LATER, &reply);

	if (err != ERR_OK)
		return err;
	if (reply.err != ERR_OK)
		conv_tell_err(run->conv, (enum err)reply.err, reply.wait);
	run->over = run->conv->door != DOOR_CONFIGURE;
	return ERR_OK;
}

static enum err
choose(struct run *run, const struct row_choice *choice)
{
	switch (choice->does) {
	case ROW_GOES:
		run->over = true;
		run->conv->go = choice->to;
		break;
	case ROW_SPELLS:
		show_spelled(run->conv, run_shown(run));
		break;
	case ROW_DRAWS:
		show_drawn(run->conv, run_shown(run));
		break;
	case ROW_LEAVES:
		return leave(run);
	}
	return ERR_OK;
}

/* Whether the answer was a letter that means something here; then it was done. */
static bool
took_letter(struct run *run, size_t index, const char *answer, enum err *ret_err)
{
	char letter = (char)tolower((unsigned char)answer[0]);

	if (answer[0] == '\0' || answer[1] != '\0' ||
	    !take_spares_letters(run->row->field[index].take))
		return false;
	if (letter == 'b' && back_help(run->row, index) != NULL) {
		if (index == 0)
			*ret_err = back(run);
		else
			run->again[index - 1] = true;
		return true;
	}
	for (size_t i = 0; i < ROW_CHOICES; i++)
		if (letter == run->row->choice[i].letter && offered(run, &run->row->choice[i])) {
			*ret_err = choose(run, &run->row->choice[i]);
			return true;
		}
	return false;
}

/* --- the questions ------------------------------------------------------------------ */

/* A code that is spent says when the next one comes. */
static void
put_question(const struct run *run, const struct row_field *field, char *buf, size_t size)
{
	char left[128];
	int64_t wait = run->conv->next_code - (int64_t)time(NULL);

	(void)snprintf(buf, size, "%s", _(field->question));
	if (field->take != TAKE_CODE || !run->conv->inside || wait <= 0)
		return;
	(void)snprintf(left, sizeof left, _("next code in %2d s"), (int)wait);
	(void)snprintf(buf, size, "%s (%s)", _(field->question), left);
}

/* Whether it is the answer of the field before. */
static bool
repeats(struct run *run, size_t index, const char *taken)
{
	const char *first = field_place(run, &run->row->field[index - 1]);

	return first != NULL && strcmp(taken, first) == 0;
}

/* What is sent has zeros behind its end (wire.h), whatever stood there before. */
static enum err
check(struct run *run, size_t index, const char *answer)
{
	const struct row_field *field = &run->row->field[index];
	char taken[CONV_ANSWER_SIZE], *place = field_place(run, field);
	enum err err = take_answer(field->take, answer, taken,
	    place != NULL ? field->size : sizeof taken);

	if (err == ERR_OK && field->take == TAKE_REPEAT && !repeats(run, index, taken))
		err = ERR_PASSWORD_DIFFERS;
	if (err == ERR_OK && field->take == TAKE_KEEP)
		run_request(run)->u.judge.keep = taken[0] == 'k';
	if (err == ERR_OK && place != NULL)
		wire_put(place, field->size, taken);
	secret_wipe(taken, sizeof taken);
	return err;
}

/* What is none of a few words needs no other reason than the question's own. */
static void
tell_refusal(struct run *run, const struct row_field *field, enum err refusal)
{
	if (field->take == TAKE_YES || field->take == TAKE_KEEP)
		conv_tell(run->conv, CONV_WRONG, _(field->help));
	else
		conv_tell_err(run->conv, refusal, 0);
}

/* Asks one field until it has an answer, or a letter leads elsewhere. */
static enum err
ask_field(struct run *run, size_t index)
{
	const struct row_field *field = &run->row->field[index];
	char answer[CONV_ANSWER_SIZE], prompt[256], help[CONV_TEXT_SIZE];
	struct conv_question question = { .prompt = prompt,
		.help = help,
		.hidden = take_hidden(field->take),
		.kept = field->take == TAKE_NAME ? field_place(run, field) : NULL };
	enum err err;

	put_question(run, field, prompt, sizeof prompt);
	put_help(run, index, help, sizeof help);
	err = conv_question(run->conv, &question, answer);
	if (err != ERR_OK)
		goto out;
	if (answer[0] == '\0' && question.kept != NULL && question.kept[0] != '\0') {
		run->again[index] = false;
		goto out;
	}
	if (took_letter(run, index, answer, &err))
		goto out;
	enum err refusal = check(run, index, answer);
	run->again[index] = refusal != ERR_OK;
	if (refusal != ERR_OK)
		tell_refusal(run, field, refusal);
out:
	secret_wipe(answer, sizeof answer);
	return err;
}

/* The first field that is still to be asked; ROW_FIELDS: none. */
static size_t
next_field(const struct run *run)
{
	for (size_t i = 0; i < row_fields(run->row); i++)
		if (run->again[i] && (!run->row->field[i].with_2fa || run->conv->has_2fa))
			return i;
	return ROW_FIELDS;
}

enum err
field_ask_all(struct run *run)
{
	enum err err = ERR_OK;
	size_t index;

	while (err == ERR_OK && !run->over && (index = next_field(run)) < ROW_FIELDS)
		err = ask_field(run, index);
	return err;
}
