import { MAX_FILE_BYTES } from "../host-files.ts";

/**
 * What is run on a host to look at its files and change them. Written for any POSIX shell, with the programs of
 * coreutils and findutils by absolute path; paths and modes come in as arguments and never as text of a script.
 * What goes wrong is told by standard error, in the C locale, and a code that is not 0.
 */

/** `$1`: path, links followed. Prints `mode uid gid mtime major minor` in one line, then the content of a regular file. */
export const READ: string = `
/usr/bin/stat -L -c '%f %u %g %.3Y %t %T' -- "$1" || exit 1
[ -f "$1" ] || exit 0
exec /usr/bin/head -c ${MAX_FILE_BYTES + 1} -- "$1"`;

/** `$1`: path, of which a link itself is looked at. Prints `mode uid gid mtime`. */
export const STAT: string = `exec /usr/bin/stat -c '%f %u %g %.3Y' -- "$1"`;

/** `$1`: directory. Prints the paths of all it holds but directories, each ended by a NUL. */
export const LIST: string = `exec /usr/bin/find "$1/" -maxdepth 1 -mindepth 1 ! -type d -print0`;

/** Where `$1` leads to, as `$t`, with the directory `$d` and the name `$n`; a file may be missing, a directory not. */
const PLACE = `
set -u
t=$(/usr/bin/realpath -e -- "$1" 2>&1) || case $t in
  *": No such file or directory") t=$1 ;;
  *) printf '%s\\n' "$t" >&2; exit 1 ;;
esac
n=\${t##*/}
d=\${t%/*}
d=$(/usr/bin/realpath -e -- "\${d:-/}") || exit 1
w=$d/.$n.compline-new
t=$d/$n`;

/** Nothing but a regular file is replaced or removed. */
const REGULAR = `
if [ -e "$t" ] && [ ! -f "$t" ]; then echo 'Is a directory' >&2; exit 1; fi`;

/** Of missing folders only one for drop-in files is made. */
const DROP_IN_FOLDER = `
p=\${1%/*}
case $p in *.d)
  if [ ! -e "$p" ]; then /bin/mkdir -m 0755 -- "$p" && /bin/sync -- "\${p%/*}" || exit 1; fi ;;
esac`;

/**
 * `$1`: path, `$2`: mode, `$3`: length; content on standard input. A connection that breaks in the middle shortens the
 * content, so its length is compared before anything is replaced.
 */
export const WRITE: string = `${DROP_IN_FOLDER}${PLACE}${REGULAR}
o=
if [ -e "$t" ]; then o=$(/usr/bin/stat -c %u:%g -- "$t") || exit 1; fi
/bin/rm -f -- "$w" || exit 1
trap '/bin/rm -f -- "$w"' EXIT
umask 077
set -C
/bin/cat > "$w" || exit 1
[ "$(/usr/bin/stat -c %s -- "$w")" = "$3" ] || exit 1
if [ -n "$o" ]; then /bin/chown -- "$o" "$w" || exit 1; fi
/bin/chmod -- "$2" "$w" || exit 1
/bin/sync -- "$w" || exit 1
/bin/mv -T -- "$w" "$t" || exit 1
/bin/sync -- "$d"`;

/** `$1`: path, links followed; `$2`: mode. */
export const SET_MODE: string = `exec /bin/chmod -- "$2" "$1"`;

/** `$1`: path. Nothing there is success. */
export const REMOVE: string = `${PLACE}${REGULAR}
/bin/rm -f -- "$t" || exit 1
/bin/sync -- "$d"`;

/** `$1`: path. Removes what a write that was cut short left beside it. */
export const SWEEP: string = `${PLACE}
exec /bin/rm -f -- "$w"`;
