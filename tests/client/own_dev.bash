# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced first: the script begins anew in a mount namespace of its own, with OWN_DEV set, where one
# can be made. (Where / is no mount point, as in a chroot, the propagation of /dev alone can be
# ended.)
if [ -z "${OWN_DEV:-}" ] && unshare --mount true 2>/dev/null; then
	exec env OWN_DEV=yes unshare --mount -- "$BASH" "$0"
elif [ -z "${OWN_DEV:-}" ] && unshare --mount --propagation unchanged \
	mount --make-rprivate /dev 2>/dev/null; then
	exec env OWN_DEV=yes unshare --mount --propagation unchanged -- "$BASH" "$0"
fi
