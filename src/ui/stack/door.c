/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/door.h"

#include "ui/stack/say.h"
#include "ui/widget/draw.h"
#include "ui/widget/page.h"

/* The rows of a door without a message, so that nothing moves when one is said. */
static int
door_rows(const struct ui *ui, const struct ui_slot *slot, struct rect area, bool tight)
{
	struct page page = page_block(NULL, area, (struct note){ .text = NULL });

	page.tight = page.tight || tight;
	slot->screen->fill(ui, slot->state, &page);
	return page.rest.y - area.y;
}

/* Of the welcome text, with the line under it. */
static int
welcome_rows(const struct ui *ui, struct rect area)
{
	struct page page = page_block(NULL, area, (struct note){ .text = NULL });

	if (ui->facts.welcome[0] == '\0')
		return 0;
	return (int)draw_wrap(ui->facts.welcome, (size_t)page.rest.width, NULL, 0);
}

/* Above a door: the console's name, and the welcome text where there is room for all of it. */
static void
draw_head(const struct ui *ui, struct page *page, bool welcome)
{
	page_line(page, STYLE_BOLD, 0, ui->facts.console_name);
	if (welcome)
		page_line(page, STYLE_PLAIN, 0, ui->facts.welcome);
	page_gap(page);
}

bool
ui_draw_door(const struct ui *ui, const struct ui_slot *slot, struct rect area)
{
	enum { HEAD = 2, THIRD = 3, USUAL = 14 /* rows; so that a hint more moves nothing */ };
	int rows = door_rows(ui, slot, area, false);
	bool tight = rows + paint_note_rows(&(struct note){ .text = ui->message }, area.width) >
	    area.height;
	int above = welcome_rows(ui, area);
	struct page page;
	int free;

	if (tight)
		rows = door_rows(ui, slot, area, true);
	if (area.height - rows - HEAD - above <= 0)
		above = 0;
	free = area.height - rows - HEAD - above;
	if (free > 0) {
		int usual = area.height > USUAL ? area.height - USUAL : 0;
		int top = (free < usual ? free : usual) / THIRD;

		area.y += top;
		area.height -= top;
	}
	page = page_block(ui->terminal, area, ui_note(ui));
	page.tight = page.tight || tight;
	if (free > 0)
		draw_head(ui, &page, above > 0);
	slot->screen->fill(ui, slot->state, &page);
	return page.noted;
}
