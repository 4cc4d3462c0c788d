# SPDX-License-Identifier: GPL-3.0-or-later
# What goes over the line to a terminal, in bytes, beside other programs of full screens. Sourced by
# bench.sh.
TRAFFIC_PEERS=(dialog whiptail nano htop)

# on_line NAME WORD STEPS COMMAND…: a line for traffic, if that is installed
on_line() {
	command -v "$4" >/dev/null || return 0
	(IFS=$'\t'; echo "$*")
}

# (dialog's --pause counts seconds; htop looks anew each 1.5 s, and its first such picture is no tick.)
traffic_programs() {
	local console=("$PROVCONSOLE" --state "$WORK/state")

	on_line console Help 'key|tab|resize' "${console[@]}"
	on_line code Help ">u1|>correct horse battery|?6-digit code|tick" "${console[@]}"
	on_line dialog Name 'key|tab|resize' dialog --inputbox Name 8 40
	on_line pause Name tick dialog --pause Name 10 40 20
	on_line whiptail Name 'key|tab|resize' whiptail --inputbox Name 8 40
	on_line nano Help 'key|down|resize' nano
	on_line htop Help 'tick|down|resize' htop
	on_line again Help 'tick|tick' htop
}

# others WHAT: "NAME BYTES" of each that is there, a line each
others() {
	local name

	for name in "${TRAFFIC_PEERS[@]}"; do
		[ -z "${F[traffic.$name.$1]-}" ] || echo "$name ${F[traffic.$name.$1]}"
	done
}

# bytes WHAT FIGURE GOAL [LEAST]: ours within the goal; and, where LEAST is said, against the least
bytes() {
	local ours=${F[traffic.console.$2]} least

	row "$1" "$ours bytes" "$(others "$2" | paste -s -d , | sed 's/,/, /g') bytes" "$ours" \
		"<= $3"
	[ -n "${4-}" ] || return 0
	least=$(others "$2" | sort -k 2 -g | sed -n '1s/.* //p')
	[ -z "$least" ] || row "the same, against the least" "$ours bytes" "$least bytes" \
		"$(calc "$ours / $least")" '<= 1'
}

traffic() {
	say "bytes on the line"
	keeper_start "$WORK/state"
	figures traffic. "$BENCH/traffic" 5 < <(traffic_programs)
	keeper_stop
	# Each has its own word for what is compared.
	F[traffic.console.tick]=${F[traffic.code.tick]}
	F[traffic.console.focus]=${F[traffic.console.tab]}
	[ -z "${F[traffic.dialog.tab]-}" ] || F[traffic.dialog.focus]=${F[traffic.dialog.tab]}
	[ -z "${F[traffic.whiptail.tab]-}" ] || F[traffic.whiptail.focus]=${F[traffic.whiptail.tab]}
	[ -z "${F[traffic.pause.tick]-}" ] || F[traffic.dialog.tick]=${F[traffic.pause.tick]}
	[ -z "${F[traffic.htop.down]-}" ] || F[traffic.htop.focus]=${F[traffic.htop.down]}
	[ -z "${F[traffic.again.tick]-}" ] || F[traffic.htop.tick]=${F[traffic.again.tick]}
	bytes "a first picture, key bar and questions included" first 500 least
	row "what the answers to its questions add" "${F[traffic.console.answered]} bytes" '' - -
	bytes "one key in a field" key 16 least
	bytes "a tick of what counts or looks anew" tick 16 least
	bytes "the focus moves on" focus 200
	bytes "the window becomes 100x30" resize 500 least
}
