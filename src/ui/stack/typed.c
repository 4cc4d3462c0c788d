/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/typed.h"

#include <string.h>

#include "core/secret.h"

enum { DROP_MAX = 65536 };

void
ui_forget(struct ui *ui)
{
	secret_wipe(ui->kept, sizeof ui->kept);
	ui->kept_count = 0;
}

void
ui_drop_typed(struct ui *ui)
{
	struct event event = { .type = EVENT_NONE };

	ui_forget(ui);
	for (size_t i = 0; i < DROP_MAX; i++) {
		if (terminal_read(ui->terminal, &event) != ERR_OK || event.type == EVENT_NONE)
			return;
		if (event.type == EVENT_KEY && event.key == KEY_INTERRUPT)
			ui_leave(ui);
	}
}

void
ui_keep(struct ui *ui, const struct event *event)
{
	if (ui->kept_count < UI_KEPT)
		ui->kept[ui->kept_count++] = *event;
}

bool
ui_take_kept(struct ui *ui, struct event *ret_event)
{
	if (ui->kept_count == 0)
		return false;
	*ret_event = ui->kept[0];
	ui->kept_count--;
	memmove(&ui->kept[0], &ui->kept[1], ui->kept_count * sizeof ui->kept[0]);
	secret_wipe(&ui->kept[ui->kept_count], sizeof ui->kept[0]);
	return true;
}
