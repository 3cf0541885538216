# SPDX-License-Identifier: MIT
# kith.bash - completion for bash. Commands, options, accounts and settings are asked of kith itself.

_kith_commands() {
    kith --help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p'
}

_kith_options() {
    { kith --help; [ -z "$1" ] || kith "$1" --help; } 2>/dev/null | grep -o -e '--[a-z][a-z-]*' | sort -u
}

_kith_accounts() {
    kith accounts --json 2>/dev/null | grep -o '"name":"[^"\\]*"' | sed 's/^"name":"//; s/"$//'
}

_kith_keys() {
    kith config list --json 2>/dev/null | grep -o '"key":"[^"\\]*"' | sed 's/^"key":"//; s/"$//'
}

# Each line of the first argument that begins with the word; names with blanks are quoted for the command line.
_kith_reply() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        [ -n "$line" ] && [[ $line == "$2"* ]] && COMPREPLY+=("$(printf '%q' "$line")")
    done <<<"$1"
}

_kith() {
    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD - 1]}" command="" i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "${COMP_WORDS[i]}" in
        --data-dir | --config | --set) i=$((i + 1)) ;;
        -*) ;;
        *)
            command="${COMP_WORDS[i]}"
            break
            ;;
        esac
    done
    case "$before" in
    --account | --again) _kith_reply "$(_kith_accounts)" "$word"; return ;;
    --format) _kith_reply "$(printf '%s\n' vcard4 vcard3 csv json)" "$word"; return ;;
    --set) _kith_reply "$(_kith_keys | sed 's/$/=/')" "$word"; compopt -o nospace 2>/dev/null; return ;;
    --data-dir) compopt -o dirnames 2>/dev/null; return ;;
    --config | -o | --output) compopt -o default 2>/dev/null; return ;;
    --limit | --after | --port | --name | --if-older-than) return ;;
    esac
    case "$word" in
    -*) _kith_reply "$(_kith_options "$command")" "$word"; return ;;
    esac
    case "$command" in
    "") _kith_reply "$(_kith_commands)" "$word" ;;
    sign-in) _kith_reply "$(printf '%s\n' microsoft google)" "$word" ;;
    sign-out | import | refresh) _kith_reply "$(_kith_accounts)" "$word" ;;
    outlook)
        if [ "$before" = outlook ]; then
            _kith_reply "$(printf '%s\n' add sync remove)" "$word"
        elif [[ " ${COMP_WORDS[*]} " == *" add "* ]]; then
            compopt -o default 2>/dev/null
        else
            _kith_reply "$(_kith_accounts)" "$word"
        fi
        ;;
    config)
        if [ "$before" = config ]; then
            _kith_reply "$(printf '%s\n' list get set)" "$word"
        else
            _kith_reply "$(_kith_keys)" "$word"
        fi
        ;;
    esac
}

complete -F _kith kith
