# SPDX-License-Identifier: GPL-3.0-or-later
# The console line by line, in a terminal that only writes on (expect). Sourced after lib.sh.
#
#   line NAME [ARGUMENT…]  a console in a terminal of its own, of the type $TYPE; from then on all
#                          words below are about that one
#   enter TEXT             a line is typed
#   press TEXT             as it is, with Tcl's escapes
#   reads WHAT TEXT…       a test: these are written, one after the other
#   leaves WHAT STATUS     a test: the console ends with that status
#   written                all that was written, without carriage returns
TYPE=xterm-256color
LINE=

cat >"$WORK/typewriter" <<'END'
dir=$1
shift
# What is typed sends signals to all that is here.
trap '' INT QUIT TSTP
stty -g >"$dir/stty.before"
env --default-signal=INT,QUIT,TSTP "$BASH" -c 'echo $$ >"$0/pid"; exec "$@"' "$dir" "$@" 2>"$dir/stderr"
echo $? >"$dir/status.new"
stty -g >"$dir/stty.after"
mv "$dir/status.new" "$dir/status"
END

line() {
	local environment dir=$WORK/line.$1

	LINE=$1
	shift
	rm -rf "$dir"
	mkdir "$dir"
	mkfifo "$dir/to" "$dir/from"
	mapfile -t environment < <(environment)
	expect "$top_srcdir/tests/story/line.exp" "$dir/raw" "$DEADLINE" env "BASH=$BASH" \
		"$BASH" "$WORK/typewriter" "$dir" env -i ${TYPE:+"TERM=$TYPE"} "${environment[@]}" \
		"${LINE_COMMAND[@]:-$PROVCONSOLE}" --state "$STATE" "$@" \
		<"$dir/to" >"$dir/from" 2>"$dir/expect" &
	EXPECT_PID=$!
	exec {LINE_TO}>"$dir/to" {LINE_FROM}<"$dir/from"
}

# told COMMAND: what expect answers
told() {
	local answer

	printf '%s\n' "$1" >&"$LINE_TO"
	read -r answer <&"$LINE_FROM" || answer="expect is gone: $(cat "$WORK/line.$LINE/expect")"
	echo "$answer"
}

enter() {
	[ "$(told "type $1")" = ok ]
}

press() {
	[ "$(told "keys $1")" = ok ]
}

written() {
	tr -d '\r' <"$WORK/line.$LINE/raw"
}

reads() {
	local text answer

	for text in "${@:2}"; do
		answer=$(told "wait $text")
		[ "$answer" = ok ] && continue
		ok 1 "$1"
		said "wanted: $text
got: $answer"
		sed 's/^/#   |/' <<<"$(written | tail -n 30)"
		sed 's/^/#   2>/' "$WORK/line.$LINE/stderr"
		give_up "The story ends here."
	done
	ok 0 "$1"
}

line_ended() {
	test -e "$WORK/line.$LINE/status"
}

leaves() {
	told end >/dev/null
	until_ok line_ended || give_up "The console does not end."
	is "$1" "$(cat "$WORK/line.$LINE/status")" "$2"
	exec {LINE_TO}>&- {LINE_FROM}<&-
	wait "$EXPECT_PID" 2>/dev/null
}

complaint() {
	cat "$WORK/line.$LINE/stderr"
}

# echo_back WHAT: a test: the modes of the terminal are as they were
echo_back() {
	is "$1" "$(cat "$WORK/line.$LINE/stty.after")" "$(cat "$WORK/line.$LINE/stty.before")"
}

# no_escapes WHAT: a test: only text was ever written
no_escapes() {
	is "$1" "$(LC_ALL=C grep -ac $'[\001-\006\010\013-\014\016-\037\177]' \
		"$WORK/line.$LINE/raw")" 0
}
