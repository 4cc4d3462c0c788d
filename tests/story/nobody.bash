# SPDX-License-Identifier: GPL-3.0-or-later
# For what binds everybody but root. Sourced before lib.sh.

# as_nobody FILE…: where root runs this script, it is run by nobody instead, with copies that nobody
# can read: of the programs, of itself, of what scripts share, and of these files of the build, or
# else of the tree.
as_nobody() {
	local bin file from status folder

	[ "$(id -u)" -eq 0 ] || return 0
	bin=$(mktemp -d /tmp/provconsole-test.XXXXXX) || exit 1
	folder=$(basename "$(dirname "$0")")
	mkdir -p "$bin"/tests/{client,fault,story}
	cp "$PROVCONSOLE" "$KEEPER" "$bin"
	cp "$top_srcdir"/tests/story/*.{sh,bash} "$bin/tests/story"
	cp "$top_srcdir"/tests/fault/*.bash "$bin/tests/fault"
	cp "$0" "$bin/tests/$folder"
	for file; do
		from=$top_builddir
		[ -e "$from/$file" ] || from=$top_srcdir
		cp -r "$from/$file" "$bin/$file"
	done
	chmod -R go+rX "$bin"
	setpriv --reuid 65534 --regid 65534 --clear-groups env HOME="$bin" \
		PROVCONSOLE="$bin/${PROVCONSOLE##*/}" KEEPER="$bin/${KEEPER##*/}" \
		top_srcdir="$bin" top_builddir="$bin" bash "$bin/tests/$folder/${0##*/}"
	status=$?
	rm -rf "$bin"
	exit $status
}
