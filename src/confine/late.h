/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the C library loads only when it is first needed, and could not load behind the walls. */
#ifndef CONFINE_LATE_H
#define CONFINE_LATE_H

/* Catalogue, time zone and conversions, once locale and text domain are set. */
void
late_load_console(void);

/* Time zone, and the modules of nsswitch.conf(5) that know users. */
void
late_load_keeper(void);

#endif
