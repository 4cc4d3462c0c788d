/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into pamtester: services come from the directory that BENCH_PAM names, so that nothing
 * of the host's is touched. */
#include <dlfcn.h>
#include <stdlib.h>

int
pam_start(const char *service, const char *user, const void *conversation, void **handle);

int
pam_start(const char *service, const char *user, const void *conversation, void **handle)
{
	int (*start)(const char *, const char *, const void *, const char *, void **);

	start = (int (*)(const char *, const char *, const void *, const char *,
	    void **))dlsym(RTLD_NEXT, "pam_start_confdir");
	return start == NULL ? 4 /* PAM_SYSTEM_ERR */
			     : start(service, user, conversation, getenv("BENCH_PAM"), handle);
}
