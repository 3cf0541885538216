# SPDX-License-Identifier: MIT
# kith.fish - completion for fish. Commands, options, accounts and settings are asked of kith itself.

function __kith_commands
    kith --help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\)   *\(.*\)$/\1\t\2/p'
end

# The command that stands on the line already, if any.
function __kith_command
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip -eq 1
            set skip 0
        else if contains -- $word --data-dir --config --set
            set skip 1
        else if not string match -q -- '-*' $word
            echo $word
            return
        end
    end
end

function __kith_options
    set -l command (__kith_command)
    begin
        kith --help
        test -n "$command"; and kith $command --help
    end 2>/dev/null | string match -ra -- '--[a-z][a-z-]*' | sort -u
end

function __kith_accounts
    kith accounts --json 2>/dev/null | string match -ra '"name":"[^"\\\\]*"' | string replace -r '"name":"(.*)"' '$1'
end

function __kith_keys
    kith config list --json 2>/dev/null | string match -ra '"key":"[^"\\\\]*"' | string replace -r '"key":"(.*)"' '$1'
end

function __kith_before
    contains -- (commandline -opc)[-1] $argv
end

complete -c kith -f
complete -c kith -n 'test -z (__kith_command)' -a '(__kith_commands)'
complete -c kith -n 'string match -q -- "-*" (commandline -ct)' -a '(__kith_options)'
complete -c kith -n '__kith_before --account --again' -a '(__kith_accounts)'
complete -c kith -n '__kith_before --format' -a 'vcard4 vcard3 csv json'
complete -c kith -n '__kith_before --data-dir' -a '(__fish_complete_directories)'
complete -c kith -n '__kith_before --config -o --output' -F
complete -c kith -n 'contains -- sign-in (__kith_command)' -a 'microsoft google'
complete -c kith -n 'contains -- (__kith_command) sign-out import refresh' -a '(__kith_accounts)'
complete -c kith -n 'contains -- outlook (__kith_command); and __kith_before outlook' -a 'add sync remove'
complete -c kith -n 'contains -- outlook (__kith_command); and contains -- add (commandline -opc)' -F
complete -c kith -n 'contains -- outlook (__kith_command); and __kith_before sync remove' -a '(__kith_accounts)'
complete -c kith -n 'contains -- config (__kith_command); and __kith_before config' -a 'list get set'
complete -c kith -n 'contains -- config (__kith_command); and __kith_before get set' -a '(__kith_keys)'
