#!/bin/sh
# A third client of the PeaceSync protocol: one replica in one folder, with curl and what a POSIX shell brings (and
# sha256sum). Numbers in brackets, as in (4.7), are sections of Protocol/README.md.
#
#   sh curl_client.sh FOLDER join URL MEMBER INVITE      a new replica joins (7.9)
#   sh curl_client.sh FOLDER create KIND FIELD VALUE...  writes a record, offline, and prints its id
#   sh curl_client.sh FOLDER put RECORD FIELD VALUE      writes a plain field, offline; resolves a conflict there too
#   sh curl_client.sh FOLDER sync                        sends what is pending, and reads the feed to its end
#   sh curl_client.sh FOLDER verify                      syncs, and prints the digest if the hub has the same (9.3)
#
# Values are canonical JSON (3.3). It merges nothing itself: of each record it keeps the state as the hub last sent it,
# asks for that of each record of which it reads a change, and shows own changes only after they were sent. It has no
# answer to a hub with another history, or to a copied folder: such a sync ends with curl's words and without a change.
set -eu
export LC_ALL=C
folder=$1 command=$2
shift 2
[ "$command" = join ] || cd "$folder"

# The members of an object as "key":value, or the elements of a list, one a line: the hub's JSON has no line feeds.
parts() {
  awk '{ text = text $0 }
    END {
      start = 2
      for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (quoted) { if (c == "\\") i++; else if (c == "\"") quoted = 0 }
        else if (c == "\"") quoted = 1
        else if (c == "[" || c == "{") depth++
        else if (c == "," && depth == 1 || (c == "]" || c == "}") && --depth == 0) {
          if (i > start) print substr(text, start, i - start)
          start = i + 1
        }
      }
    }'
}

# One member of an object; a text without its quotes.
member() { parts | sed -n "s/^\"$1\"://p"; }
text() { member "$1" | sed 's/^"\(.*\)"$/\1/'; }
hash_of() { sha256sum | cut -c1-64; }

# The sum of hashes, one a line, mod 2^256 (9.1): sixteen digits of base 65536, the last one first.
sum() {
  awk '{ carry = 0
         for (i = 16; i >= 1; i--) {
           digit = 0
           for (j = 4 * i - 3; j <= 4 * i; j++) digit = 16 * digit + index("123456789abcdef", substr($0, j, 1))
           digit += total[i] + carry
           carry = digit >= 65536
           total[i] = digit % 65536
         } }
    END { for (i = 1; i <= 16; i++) printf "%04x", total[i]; print "" }'
}

fail() { echo "$@" >&2 && exit 1; }

# ask FILE PATH [QUESTION]: one request with our token. Of all but success it tells what the hub says of it, and ends.
ask() {
  answer=$1 path=$2
  shift 2
  [ $# -eq 0 ] || set -- -H 'Content-Type: application/json' --data-binary "@$1"
  curl -sS --fail-with-body --retry 5 --max-time 60 -o "$answer" -H "Authorization: Bearer $(cat token)" "$@" \
    "$(cat url)$path" || fail "$(cat "$answer")"
  [ "$(text hub <"$answer")" = "$(cat hub)" ] || fail "another hub"
}

# A file takes another's place whole.
store() { cat >"$1.new" && mv "$1.new" "$1"; }

join() {
  mkdir -p "$folder/pending" "$folder/states"
  cd "$folder"
  printf %s "$1" >url
  tail=$(od -An -N5 -tu1 /dev/urandom |
    awk '{ for (i = 1; i <= NF; i++) printf "%s", substr("0123456789abcdefghjkmnpqrstvwxyz", $i % 32 + 1, 1) }')
  printf %s "$2-$tail" >replica
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >token
  printf 0 >written
  : >acknowledged
  printf '{"protocol":1,"replica":"%s","token":"%s","invite":"%s"}' \
    "$(cat replica)" "$(hash_of <token)" "$3" >question
  curl -sS --fail-with-body -H 'Content-Type: application/json' --data-binary @question "$1/v1/join" >answer ||
    fail "$(cat answer)"
  text hub <answer | store hub
}

# The names that a put at a field replaces (4.7): its live cells, and our own pending puts with all that they name.
over() {
  state=states/$1
  [ ! -e "$state" ] || member cells <"$state" | parts | sed -n "s/^\[\"$2\",null,\([0-9]*\),.*/\1/p" |
    while read -r index; do
      member names <"$state" | parts | sed -n "$((index + 1))p" |
        sed 's/^\["\([^"]*\)",\([0-9]*\),"\([^"]*\)".*/\1:\2:\3/'
    done
  for file in pending/*; do
    [ -e "$file" ] && grep -qF "\"record\":\"$1\"" "$file" && grep -qF "\"put\":[\"$2\"]" "$file" || continue
    name_of "$file"
    member ops <"$file" | parts | member over | parts | tr -d '"'
  done
}

name_of() { printf '%s:%s:%s\n' "$(cat replica)" "$(text n <"$1")" "$(hash_of <"$1" | cut -c1-16)"; }

# write RECORD KIND OPERATIONS: the next own change, as its canonical bytes.
write() {
  n=$(($(cat written) + 1))
  printf '{"at":%s000,"kind":"%s","n":%s,"ops":[%s],"record":"%s","replica":"%s"}' \
    "$(date +%s)" "$2" "$n" "$3" "$1" "$(cat replica)" | store "pending/$(printf %09d "$n")"
  printf %s "$n" | store written
}

create() {
  kind=$1 ops='{"put":["owner"],"value":"'$(sed 's/-.....$//' replica)'"}'
  shift
  while [ $# -gt 0 ]; do
    ops="$ops,{\"put\":[\"$1\"],\"value\":$2}"
    shift 2
  done
  record=$(printf '%012x%s' "$(date +%s)000" "$(od -An -N10 -tx1 /dev/urandom | tr -d ' \n')" |
    sed 's/^\(.\{8\}\)\(.\{4\}\).\(...\).\(...\)/\1-\2-7\3-8\4-/')
  write "$record" "$kind" "$ops"
  echo "$record"
}

put() {
  names=$(over "$1" "$2" | sort -u | sed 's/.*/"&"/' | paste -sd, -)
  write "$1" "$(text kind <"states/$1")" "{${names:+\"over\":[$names],}\"put\":[\"$2\"],\"value\":$3}"
}

# Sends what is pending; what the hub acknowledges is written down with its seq. Its cursor is not taken (8).
push() {
  set -- pending/*
  [ -e "$1" ] || return 0
  { printf '{"changes":['; cat "$1"; shift; for file; do printf ,; cat "$file"; done; printf ']}'; } >question
  ask answer /v1/changes question
  member results <answer | parts | while read -r result; do
    n=$(printf %s "$result" | member n)
    file=pending/$(printf %09d "$n")
    fate=$(printf %s "$result" | text fate)
    [ "$fate" = applied ] || fail "change $n is not applied: $result"
    echo "$(name_of "$file") $(printf %s "$result" | member seq) $(text record <"$file")" >>acknowledged
    rm "$file"
  done
}

# Takes the states and erasures among some entries, one a line; prints their records, and those of the changes.
keep() {
  while IFS= read -r entry; do
    for what in state erasure change own; do
      value=$(printf %s "$entry" | member $what)
      [ -n "$value" ] || continue
      case $what in
        own) record=$(grep "^$(cat replica):$(printf %s "$value" | member n):" acknowledged | cut -d' ' -f3) ;;
        *) record=$(printf %s "$value" | text record) ;;
      esac
      case $what in
        state) printf %s "$value" | store "states/$record" && echo "kept $record" ;;
        erasure) printf '{"erased":true,%s' "${value#?}" | store "states/$record" && echo "kept $record" ;;
        *) echo "changed $record" ;;
      esac
    done
  done
}

# Reads the feed to its end. The cursor moves only when all that the page speaks of is here.
pull() {
  more=true
  while [ "$more" = true ]; do
    ask page "/v1/changes?limit=200&since=$(cat cursor 2>/dev/null || :)"
    member entries <page | parts | keep >read
    sed -n 's/^changed //p' read | sort -u >wanted
    while [ -s wanted ]; do
      printf '{"records":[%s]}' "$(sed 's/.*/"&"/' wanted | paste -sd, -)" >question
      ask answer /v1/states question
      # A page may be full before all have come.
      member entries <answer | parts | keep | sed -n 's/^kept //p' | sort -u >came
      [ -s came ] || fail "not the states that were asked for"
      comm -23 wanted came | store wanted
    done
    text cursor <page | store cursor
    more=$(member more <page)
  done
}

# The digest of the states that are here (9.1).
digest() { for file in states/*; do [ ! -e "$file" ] || hash_of <"$file"; done | sum; }

verify() {
  for attempt in 1 2 3 4 5; do
    push
    pull
    ask answer /v1/digest
    # Where somebody wrote meanwhile, there is nothing to compare yet.
    [ "$(text head <answer)" = "$(cat cursor)" ] || continue
    ours=$(digest)
    [ "$(text digest <answer)" = "$ours" ] && echo "$ours" && return
    break
  done
  fail "what is here is not what is at the hub"
}

case $command in
  sync) push; pull ;;
  join | create | put | verify) "$command" "$@" ;;
  *) fail "there is no command '$command'" ;;
esac
