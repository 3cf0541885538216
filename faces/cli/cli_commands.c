/* SPDX-License-Identifier: MIT */
/* cli_commands.c - the commands as a table: what `kith --help` says and what runs. */
#include <string.h>

#include "cli.h"

const struct cli_command cli_commands[] = {
    {"sign-in", "microsoft | google | --again ACCOUNT", "sign in and import the contacts",
     "Opens the provider's page in your browser and imports the contacts when you accept there.\n"
     "Without a browser here, open the printed address on any machine, and paste the address\n"
     "of the page at which that browser ends; or, at Microsoft, type a code on any device.\n\n"
     "  --name NAME      short name for the account (default: work, personal or home)\n"
     "  --again ACCOUNT  sign in to this account again; its contacts stay\n"
     "  --no-browser     only print the address; the answer's address can be pasted\n"
     "  --device-code    print an address and a code to type there; Microsoft only\n"
     "  --no-import      sign in, import later\n",
     "  kith sign-in microsoft\n  kith sign-in microsoft --device-code\n"
     "  kith sign-in google --name home --no-browser\n  kith sign-in --again work\n",
     "name again no-browser device-code no-import", 0, 1, true, cli_signin},
    {"sign-out", "ACCOUNT", "forget a sign-in and remove its contacts from this device",
     "  --keep-contacts  the contacts stay here and are no longer refreshed\n",
     "  kith sign-out work\n  kith sign-out work --keep-contacts\n", "keep-contacts", 1, 1, false, cli_signout},
    {"accounts", "", "linked accounts with their state and numbers", "", "  kith accounts\n  kith accounts --json\n",
     "", 0, 0, false, cli_accounts},
    {"import", "ACCOUNT...", "the complete import again",
     "Counts, fetches everything and replaces what was there in one step.\n",
     "  kith import work\n  kith --set import.limit=0 import work\n", "", 1, -1, true, cli_import},
    {"refresh", "[ACCOUNT...]", "bring linked accounts up to date, all when none is named",
     "A refresh that would remove more than a fifth of an account's contacts (and more than 50) updates everything\n"
     "else and holds the removals back until you allow them.\n\n"
     "  --if-older-than TIME  leave accounts alone that are younger: 30m, 4h, 2d\n"
     "  --allow-removals      remove what is gone there, however many\n",
     "  kith refresh\n  kith refresh work\n  kith refresh --if-older-than 4h -q\n", "if-older-than allow-removals", 0,
     -1, true, cli_refresh},
    {"outlook", "add PATH... | sync [NAME...] | remove NAME", "contacts of the Outlook app: files instead of a sign-in",
     "Data files (.pst, .ost), a CSV export, vCards (.vcf), or folders of these. What is added together is one\n"
     "account. `sync` reads again what changed, of all such accounts when none is named; `remove` takes the contacts\n"
     "off this device and leaves the files alone.\n\n"
     "  --name NAME       short name for the account (default: outlook)\n"
     "  --report          say what became of each file and of each kind of field in it\n"
     "  --allow-removals  of sync: remove what is gone from the files, however many\n",
     "  kith outlook add ~/Documents/archive.pst\n  kith outlook add contacts.csv cards/ --name home --report\n"
     "  kith outlook sync\n  kith outlook remove home\n",
     "name report allow-removals", 1, -1, true, cli_outlook},
    {"list", "", "all contacts, sorted as your language sorts",
     "  --account A  only this account's\n  --limit N    at most N (0 = all, the default)\n"
     "  --after ID   go on after this contact\n",
     "  kith list\n  kith list --account work --limit 50\n  kith list --json | jq '.contacts[].shown'\n",
     "account limit after", 0, 0, false, cli_list},
    {"find", "TEXT...", "find by any part of name, company, e-mail or number",
     "Words may be unfinished and in any order, without accents, in Latin letters for other scripts.\n\n"
     "  --limit N  at most N (default 20, 0 = all)\n",
     "  kith find maria\n  kith find bau mar\n  kith find 5550100\n", "limit", 1, -1, false, cli_find},
    {"who", "NUMBER", "who has this number; exit code 44 when nobody",
     "The number may be written in any form: +1 408 555 0100, (408) 555-0100, 0014085550100, tel:+1-408-555-0100.\n",
     "  kith who '+1 408 555 0100'\n  kith who '(408) 555-0100' --json\n", "", 1, -1, false, cli_who},
    {"show", "CONTACT", "one contact whole, by its number in a list or by what finds it alone", "",
     "  kith show 42\n  kith show maria bauer\n  kith show 42 --json\n", "", 1, -1, false, cli_show},
    {"export", "", "all contacts as a file for other programs",
     "  --format F   vcard4 (default), vcard3, csv (Outlook's columns) or json\n  --account A  only this account's\n"
     "  -o FILE      write FILE, readable by you alone, instead of standard output\n",
     "  kith export -o contacts.vcf\n  kith export --format json --account work -o work.json\n",
     "format account output", 0, 0, true, cli_export},
    {"query", "TEXT...", "for mail programs: address TAB name TAB note, after one line of text",
     "In mutt: set query_command = \"kith query %s\"; in aerc, below [compose]: address-book-cmd = kith query %s.\n"
     "Exit code 1 when nobody has an address.\n",
     "  kith query maria\n", "limit", 1, -1, false, cli_query},
    {"status", "", "store, accounts, sign-ins, versions; what is wrong and how to mend it",
     "  --check   also read the whole store and verify it\n"
     "  --repair  do that and mend what is damaged: a file that cannot be read whole is kept beside a new one,\n"
     "            into which a refresh brings the contacts\n",
     "  kith status\n  kith status --check\n", "check repair", 0, 0, false, cli_status},
    {"config", "list | get KEY | set KEY [VALUE]", "show and change settings",
     "`set` without a value takes the setting back to its preset.\n",
     "  kith config list\n  kith config set import.limit 20000\n  kith config get import.region\n", "", 1, 3, false,
     cli_config},
    {"serve", "", "the local web page, for this device and you alone",
     "  --port N   listen on this port (default: any free one)\n  --no-open  only print the address\n",
     "  kith serve\n  kith serve --port 8080 --no-open\n", "port no-open", 0, 0, true, cli_serve},
};
const size_t cli_n_commands = sizeof(cli_commands) / sizeof(cli_commands[0]);

const struct cli_command *cli_command_find(const char *name)
{
    for (size_t i = 0; i < cli_n_commands; i++)
        if (strcmp(cli_commands[i].name, name) == 0)
            return &cli_commands[i];
    return NULL;
}
