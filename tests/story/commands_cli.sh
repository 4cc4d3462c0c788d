#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What root lets people run, by the command line: the two examples word for word as README has them,
# every way in which a command is refused, and files that an editor, an enemy or a full disk has
# left. On a host of its own, so that this machine's /etc is never changed.
. "${top_srcdir:-.}/tests/host.bash" || exit 1
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
need useradd runuser setpriv ssh-keygen sudo visudo
host_open || give_up "No host of its own can be made: overlay file systems are missing."
trap 'host_close; clean_up' EXIT
install -D "$PROVCONSOLE" "$HOST/usr/bin/provconsole" && mkdir -p "$HOST/run/provconsole" ||
	give_up "The console cannot be put there."
DIR=/etc/provconsole/commands.d

# pcon ARGUMENT…: the command line on that host, as root
pcon() {
	OUT=$("${HOST_RUN[@]}" /usr/bin/provconsole "$@" 2>"$WORK/err")
	STATUS=$?
	ERR=$(cat "$WORK/err")
}

# did WHAT STATUS [PATTERN of standard error]
did() {
	is "$1" "$STATUS" "$2" || said "$OUT" "$ERR"
	[ $# -lt 3 ] || like "$1: says why" "$(tr '\n' ' ' <<<"$ERR")" "$3"
}

# --- nothing yet -----------------------------------------------------------------------

pcon command list
did "where nothing was added the list is empty" 0
is "and has its titles" "$(wc -l <<<"$OUT")" 1
pcon command list --json
is "as JSON too" "$OUT" "[]"
pcon command show db1
did "there is nothing to show" 1 'no such command.*command list'
pcon command remove db1
did "nor to remove" 1 'no such command'
[ ! -e "$HOST/etc/provconsole/commands.d" ]
ok $? "looking makes nothing"

# --- the examples, as README has them ------------------------------------------------------

for example in inner-hosts restart-units; do
	file=$top_srcdir/data/examples/$example.sh
	is "README has each line of $example" "$(grep -vE '^(#|set|$)' "$file" |
		while IFS= read -r line; do
			grep -qF -- "    $line" "$top_srcdir/README.md" || echo "$line"
		done)" ""
	OUT=$(on_host sh -s <"$file" 2>&1)
	is "$example does what it says" "$?" 0 || said "$OUT"
	like "$example: what --as means is said" "$(tr '\n' ' ' <<<"$OUT")" 'can see, change and end one another'
done
pcon command list
did "they are listed" 0
like "each with its title" "$OUT" '^db1 +Log in to db1 +administrator +jump +nothing +yes'
like "and whom it asks for what" "$OUT" '^restart-db +Restart the database +operator +webmaster +code, yes +no'
like "in their order" "$(cut -d' ' -f1 <<<"$OUT" | tr '\n' ' ')" 'db1 restart-db restart-nginx web1'
pcon command show web1 --json
is "one is shown" "$(json '[j["roles"], j["as"], j["record"], j["code"], j["program"], j["arguments"]]' <<<"$OUT")" \
	'[["operator", "administrator"], "jump", true, false, "/usr/bin/ssh", ["-t", "operator@web1.example.net"]]'
pcon command show web1
like "to people too" "$(tr -s ' \n' ' ' <<<"$OUT")" 'Program /usr/bin/ssh Argument -t Argument operator@web1.example.net'
is "the files are root's, and for all to read" \
	"$(stat -c '%a %u' "$HOST$DIR" "$HOST$DIR"/* | sort | uniq -c | tr -s ' \n' ' ')" " 4 644 0 1 755 0 "
is "sudo lets that user do these two things alone" \
	"$(on_host sudo -l -U webmaster | grep -c 'NOPASSWD: /usr/bin/systemctl restart nginx.service, /usr/bin/systemctl restart postgresql.service$')" 1

# --- what is refused, in one sentence each, and writes nothing ---------------------------------

T=/usr/local/lib/t
mkdir -p "$HOST$T/open"
printf '#!/bin/sh\necho hello\n' | tee "$HOST$T/script" "$HOST$T/writable" "$HOST$T/open/script" \
	"$HOST$T/foreign" >"$HOST$T/mode"
echo 'echo hello' >"$HOST$T/bare"
printf '#!/no/such\n' >"$HOST$T/lost"
chmod 755 "$HOST$T"/{script,bare,lost,foreign,open/script}
chmod 777 "$HOST$T"/{writable,open}
chown 12345 "$HOST$T/foreign"
on_host useradd --non-unique --uid 0 --no-create-home toor
before=$(ls -A "$HOST$DIR")

# refused WHAT PATTERN ARGUMENT…: of add
refused() {
	pcon command add "${@:3}"
	did "refused: $1" 1 "$2"
	is "refused: $1: in one line" "$(wc -l <<<"$ERR")" 1
}
long=$(head -c 102400 /dev/zero | tr '\0' x)
good=(--title A --role operator)
for name in . .. ../x /x .x 'a b' "a'b" 'a"b' '*' $'a\nb' $'a\tb' é "$(head -c 65 <<<"$long")" ''; do
	refused "the name $(printf %q "$name")" 'No command can have that name' \
		"${good[@]}" -- "$name" /bin/true
done
refused "100 kB" 'too long' x "${good[@]}" -- /bin/true "$long"
refused "a line's end" 'cannot be seen' x "${good[@]}" -- /bin/true $'a\nb'
refused "a line's end that would be a word" 'cannot be seen' x "${good[@]}" -- /bin/true $'a\nas root'
refused "a tab" 'cannot be seen' x "${good[@]}" -- /bin/true $'a\tb'
refused "no UTF-8" 'no UTF-8' x "${good[@]}" -- /bin/true $'\xff'
refused "65 arguments" 'too long' x "${good[@]}" -- /bin/true {1..65}
refused "a title of 129 bytes" 'longer than 128' x --title "${long:0:129}" --role operator -- /bin/true
refused "a title with a line's end" 'cannot be seen' x --title $'A\nconfirm' --role operator -- /bin/true
refused "an empty title" 'title is missing' x --title '' --role operator -- /bin/true
refused "no role of ours" 'role' x --title A --role root -- /bin/true
refused "one of ours and one that is none" 'role' x --title A --role boss --role operator -- /bin/true
refused "a program by its name alone" 'whole path' x "${good[@]}" -- true
refused "a program that is not there" 'no such program' x "${good[@]}" -- /no/such
refused "a directory" 'directory' x "${good[@]}" -- /bin
refused "a device" 'directory or a device' x "${good[@]}" -- /dev/null
refused "what nobody may execute" 'execute' x "${good[@]}" -- $T/mode
refused "a script without #!" '#!' x "${good[@]}" -- $T/bare
refused "a script whose program is gone" 'not there' x "${good[@]}" -- $T/lost
refused "what others may write" 'Others.*may write' x "${good[@]}" -- $T/writable
refused "what stands where everybody may write" 'directory above' x "${good[@]}" -- $T/open/script
refused "another's program" 'belongs to somebody' x "${good[@]}" -- $T/foreign
refused "a UNIX user that is not there" 'no such UNIX user' x "${good[@]}" --as nobody-at-all -- /bin/true
refused "root under another name" 'root under another name' x "${good[@]}" --as toor -- /bin/true
refused "a UNIX user by a number" 'cannot be the name' x "${good[@]}" --as 0 -- /bin/true
refused "an empty UNIX user" 'cannot be the name' x "${good[@]}" --as '' -- /bin/true
refused "a name that is taken" 'already.*--replace' db1 "${good[@]}" -- /bin/true
pcon command add x --title A -- /bin/true
did "without a role it is wrong usage" 2 '--role'
pcon command add x --role operator -- /bin/true
did "without a title too" 2 '--title'
pcon command add x "${good[@]}"
did "and without a program" 2 'PROGRAM'
OUT=$("${HOST_RUN[@]}" setpriv --reuid 65534 --regid 65534 --clear-groups \
	/usr/bin/provconsole command add x "${good[@]}" -- /bin/true 2>&1)
is "nobody but root adds one" "$?" 1 || said "$OUT"
like "which is said" "$OUT" 'Only root'
is "nothing of this has written a file" "$(ls -A "$HOST$DIR")" "$before"

# --- what is passed on as it is -----------------------------------------------------------------

odd=('two  blanks ' '' '$(reboot)' '`id`' "it's" '"quoted"' '*' 'back\slash' '# no comment' '漢字' -- --title -x)
pcon command add odd "${good[@]}" -- /bin/true "${odd[@]}"
did "arguments may be anything that is to be seen" 0
pcon command show odd --json
is "and are kept as they are" "$(json '"\n".join(j["arguments"])' <<<"$OUT")" \
	"$(printf '%s\n' "${odd[@]}")"
pcon command add odd "${good[@]}" --replace --as root -- /bin/true
did "--as root is root, which is said" 0 'It runs as root.*whole host'
pcon command remove odd
did "one is removed" 0

# --- what an editor, an enemy or a full disk leaves --------------------------------------------

# bad WHAT FILE PATTERN: list says it of that file, and hides no other
bad() {
	pcon command list
	did "$1: told by list" 1 "(^| )$2(,|:).*$3"
	is "$1: no other is hidden" "$(grep -cE '^(db1|restart-db|restart-nginx|web1) ' <<<"$OUT")" 4
	pcon command show "$2"
	did "$1: told by show" 1
	on_host /usr/bin/provconsole doctor >"$WORK/doctor" 2>&1
	like "$1: told by doctor" "$(cat "$WORK/doctor")" "^wrong +commands +$2(,|:).*$3"
	rm -rf "${HOST:?}$DIR/$2"
}
printf 'title A\nrole operator\nprogram /bin/true\n' >"$WORK/good"
put() {
	cp "$WORK/good" "$HOST$DIR/$1"
}
put x && echo 'shell yes' >>"$HOST$DIR/x"
bad "a word that is none" x 'line 4: .*none of the words'
put x && sed -i 's/$/\r/' "$HOST$DIR/x"
bad "an editor of another system" x 'line 1: .*carriage return'
: >"$HOST$DIR/x"
bad "an empty file" x 'title is missing'
put x && chmod 664 "$HOST$DIR/x"
bad "a file that others may write" x 'may write it'
put x && chown 12345 "$HOST$DIR/x"
bad "another's file" x 'another user'
put y && mv "$HOST$DIR/y" "$HOST/root/y" && ln -s /root/y "$HOST$DIR/x"
bad "a symbolic link" x 'symbolic link'
cp "$WORK/good" "$HOST/etc/provconsole/y" && ln "$HOST/etc/provconsole/y" "$HOST$DIR/x"
bad "a hard link" x 'second name'
mkfifo "$HOST$DIR/x"
bad "a pipe" x 'not what should stand there'
mkdir "$HOST$DIR/x"
bad "a directory" x 'not what should stand there'
pcon command list --json
is "with all of that gone the list is in order again" "$STATUS $(json 'len(j)' <<<"$OUT")" "0 4"
put x && echo 'shell yes' >>"$HOST$DIR/x"
pcon command list --json
is "as JSON a bad one has its line" "$STATUS $(json '[c["line"] for c in j if not c["ok"]]' <<<"$OUT")" "1 [4]"
rm "$HOST$DIR/x"
for directory in /etc/provconsole/commands.d /etc/provconsole /etc; do
	chmod g+w "$HOST$directory"
	pcon command list
	did "$directory that others may write is believed nothing" 1 "$directory: .*may write it"
	pcon command add x "${good[@]}" -- /bin/true
	did "and nothing is added there" 1 "$directory: .*may write it"
	chmod g-w "$HOST$directory"
done
on_host userdel webmaster && chmod -x "$HOST/usr/bin/ssh"
on_host /usr/bin/provconsole doctor >"$WORK/doctor" 2>&1
like "a user that has gone is told by doctor" "$(cat "$WORK/doctor")" '^wrong +commands +restart-db: webmaster .*no such UNIX user'
like "and a program that cannot be run" "$(cat "$WORK/doctor")" '^wrong +commands +db1: /usr/bin/ssh .*execute'
like "and that nobody runs them" "$(cat "$WORK/doctor")" '^wrong +runner .*no runner'

# A disk that is full keeps the old file; ended at any moment, one is whole.
cp -a "$HOST$DIR" "$WORK/kept"
mount -t tmpfs -o size=24k,mode=755 none "$HOST$DIR" || give_up "tmpfs cannot be mounted."
pcon command add x --title before --role operator -- /bin/true
did "where there is room a command is added" 0
head -c 1M /dev/zero >"$HOST$DIR/.ballast" 2>/dev/null
pcon command add x --title behind --role operator --replace -- /bin/true
did "on a full disk none is" 1
pcon command show x
like "and the old one stays" "$(tr -s ' ' <<<"$OUT")" '^Title before'
is "with nothing beside" "$(ls -A "$HOST$DIR" | tr '\n' ' ')" ".ballast x "
umount "$HOST$DIR"

# --- a console that one starts oneself ---------------------------------------------------------

mkdir -m 700 "$HOST/own" && chown 65534:65534 "$HOST/own"
own=(setpriv --reuid 65534 --regid 65534 --clear-groups /usr/bin/provconsole --state /own)
OUT=$(on_host "${own[@]}" command add hello --title Hello --role operator -- /bin/echo hello 2>&1)
is "its owner adds a command" "$? $OUT" "0 "
is "which is the owner's alone" "$(stat -c '%a %u' "$HOST/own/commands.d" "$HOST/own/commands.d/hello" | tr '\n' ' ')" \
	"700 65534 600 65534 "
like "and listed" "$(on_host "${own[@]}" command list)" '^hello +Hello'
OUT=$(on_host "${own[@]}" command add x --title x --role operator --as daemon -- /bin/true 2>&1)
is "as nobody else" "$?" 1
like "which is said" "$OUT" 'as its owner'
pcon --state /own command add by-root --title x --role operator -- /bin/true
did "root adds one for its owner" 0
is "who owns it" "$(stat -c %u "$HOST/own/commands.d/by-root")" 65534
OUT=$(on_host setpriv --reuid 1 --regid 1 --clear-groups /usr/bin/provconsole --state /own \
	command add x --title x --role operator -- /bin/true 2>&1)
is "and no other" "$?" 1

finish
