# SPDX-License-Identifier: GPL-3.0-or-later
# A guarded host of its own (tests/host.bash): a keeper as the user provconsole, and the runner that
# root started for it. Sourced after host.bash and lib.sh.
#
#   guard                   both run; operator and administrator are there
#   keep, runner [WORD...]  starts one of them; KEEPS, RUNS are their pids
#   command_ NAME WORD...   root adds a command
#   at NAME WORD...         as somebody at home (commander.c); what came in OUT
#   till_then WHAT COMMAND...  a test: it comes true within 2 s
#   ended NAME              rows of that command's end in the trail, a line each
LIBEXEC=/usr/libexec/provconsole
GUARDED=/var/lib/provconsole	# the state
RUNNER=/run/provconsole-runner/socket
KEEPS=
RUNS=

end_guarded() {
	local pid

	for pid in $KEEPS $RUNS ${KILLS:-}; do
		kill -9 "$pid" 2>/dev/null
	done
	host_close
	clean_up
}
trap end_guarded EXIT

gcon() {
	on_host "$LIBEXEC/provconsole" --state "$GUARDED" "$@"
}

command_() {
	on_host "$LIBEXEC/provconsole" command add "$@" >"$WORK/added" 2>&1 ||
		give_up "A command cannot be added: $* $(cat "$WORK/added")"
}

there() {
	[ -S "$HOST$1" ]
}

keep() {
	rm -f "$HOST$GUARDED/socket"
	"${HOST_RUN[@]}" setpriv --reuid provconsole --regid provconsole --clear-groups \
		"$LIBEXEC/provconsole-keeper" --state "$GUARDED" --console root --runner "$RUNNER" \
		2>"$WORK/keeper" &
	KEEPS=$!
	disown
	until_ok there "$GUARDED/socket" || give_up "No keeper starts: $(cat "$WORK/keeper")"
}

runner() {
	rm -f "$HOST$RUNNER"
	"${HOST_RUN[@]}" env LEAK=inherited "$LIBEXEC/provconsole-runner" --listen "$RUNNER" \
		--for provconsole --keeper "$GUARDED/socket" "$@" 2>"$WORK/runner" 7<"$WORK/added" &
	RUNS=$!
	disown
	until_ok there "$RUNNER" || give_up "No runner starts: $(cat "$WORK/runner")"
}

guard() {
	local role

	host_open || give_up "No host of its own can be made: overlay file systems are missing."
	install -D -t "$HOST$LIBEXEC" "$PROVCONSOLE"
	install -D -t "$HOST$LIBEXEC" "$KEEPER" "${KEEPER%/*}/provconsole-runner" \
		"$top_builddir"/tests/client/{commander,orderer,reporter}
	on_host useradd --system --user-group --no-create-home --home-dir / provconsole ||
		give_up "There is no user for the keeper."
	install -d -m 755 "$HOST/run/provconsole" "$HOST/run/provconsole-runner" \
		"$HOST/usr/local/lib/t"
	gcon init --user super --password-stdin <<<"$PASSWORD" 2>"$WORK/init" ||
		give_up "There is no state: $(cat "$WORK/init")"
	gcon settings set require-2fa no >"$WORK/added"
	for role in operator administrator; do
		gcon user add "$role" --role "$role" --password-stdin <<<"$PASSWORD" >/dev/null ||
			give_up "There is no $role."
	done
	echo "$PASSWORD" >"$HOST/root/password"
	until_ok left_alone || give_up "The first keeper does not leave."
	on_host chown -R provconsole:provconsole "$GUARDED"
	keep
	runner
}

left_alone() {
	[ ! -e "$HOST$GUARDED/socket" ]
}

at() {
	local name=$1

	shift
	OUT=$(timeout 60 "${HOST_RUN[@]}" "$LIBEXEC/commander" "$GUARDED" "$name" /root/password "$@" \
		</dev/null 2>&1 | tr -d '\r')
}

till_then() {
	local what=$1

	shift
	DEADLINE=2 until_ok "$@"
	ok $? "$what" || said "$(ps -eo pid,ppid,uid,stat,args | grep -aFf "$WORK/mark")"
}

# Whoever has the mark in its command line; the one who looks has it in a file
marked() {
	echo "$MARK" >"$WORK/mark"
	grep -alsFf "$WORK/mark" /proc/[0-9]*/cmdline
}

none_marked() {
	[ -z "$(marked)" ]
}

trail() {
	gcon audit list --json --action "$1" | json '"\n".join(r["who"] + ": " + r["result"] + ": " + r["detail"] for r in j)'
}

ended() {
	trail command-end | grep -F ": $1, run"
}
