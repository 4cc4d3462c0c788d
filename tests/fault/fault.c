/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fault FAULTS-LIBRARY log
 * fault FAULTS-LIBRARY STATE none | FAULT ERROR once|lasting AT [PROGRAM]
 *
 * Writes the page of faults.h for programs that a script starts: from now on the AT-th call fails,
 * in PROGRAM alone where one is named. Or prints what the system's log was told last.
 */
#include "faulty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../client/client.h"

int
main(int argc, char **argv)
{
	struct faults *page;
	struct fault *fault;

	if (argc == 3 && strcmp(argv[2], "log") == 0) {
		(void)puts(faulty_map(argv[1])->log);
		return EXIT_SUCCESS;
	}
	if (argc != 4 && argc != 7 && argc != 8)
		client_die(
		    "Usage: fault FAULTS-LIBRARY STATE none | disk|open|read|memory|sqlite ERROR "
		    "once|lasting AT [PROGRAM]");
	page = faulty_map(argv[1]);
	faulty_clear(page, argv[2]);
	page->told = 0;
	if (argc > 4) {
		(void)snprintf(page->only, sizeof page->only, "%s", argc == 8 ? argv[7] : "");
		fault = faulty_named(page, argv[3]);
		fault->number = faulty_number(argv[4]);
		fault->lasting = strcmp(argv[5], "lasting") == 0;
		faulty_arm(fault, strtoull(argv[6], NULL, 10));
	}
	return EXIT_SUCCESS;
}
