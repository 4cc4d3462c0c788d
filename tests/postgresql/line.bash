# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced after cluster.bash: a line through the network to a database, which line.py makes.
#
#   line_to CLUSTER      LINE_PORT of 127.0.0.1 leads to its socket
#   line_conninfo        what a keeper says to reach it there
#   line_mood WORDS      what the line does from now on: see line.py
#   line_now             what it does
#   line_end             ends it
LINE=

line_to() {
	line_mood pass
	"$PYTHON" -IS "$top_srcdir/tests/postgresql/line.py" \
		"$pg_root/.s.PGSQL.$(cat "$pg_root/$1.port")" "$WORK/mood" \
		>"$WORK/line.port" 2>"$WORK/line" &
	LINE=$!
	until_ok test -s "$WORK/line.port" || give_up "No line: $(cat "$WORK/line")"
	LINE_PORT=$(cat "$WORK/line.port")
}

line_conninfo() {
	echo "host=127.0.0.1 port=$LINE_PORT dbname=postgres user=$pg_user sslmode=disable" \
		gssencmode=disable
}

line_mood() {
	echo "$1" >"$WORK/mood.new" && mv "$WORK/mood.new" "$WORK/mood"
}

line_now() {
	cat "$WORK/mood"
}

line_end() {
	[ -z "$LINE" ] || kill "$LINE" 2>/dev/null
}
