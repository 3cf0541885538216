# SPDX-License-Identifier: MIT
"""Find anyone as you type, see who is calling, take it along: over 10,000 invented people."""
import fcntl

from kith_harness import *

WORKER = "worker@contoso.example"


class Asking(SandboxCase):
    options = ("--contacts", "10000", "--auto", WORKER)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = Home()
        shutil.copy(cls.config, cls.shared.config)
        cls.shared.env["LC_ALL"] = "C.UTF-8"
        result = cls.shared.sign_in()
        if result.code != 0:
            raise AssertionError(repr(result))
        cls.whole = cls.shared.run("export", "--format", "json").json["contacts"]
        cls.contacts = [{**contact, **contact["text"]} for contact in cls.whole]

    @classmethod
    def tearDownClass(cls):
        cls.shared.close()
        super().tearDownClass()

    def setUp(self):
        self.home = self.shared

    def ids_found(self, *words):
        return [row["id"] for row in self.home.run("find", *words, "--limit", "0", "--json").json["contacts"]]

    def ids_who(self, number):
        result = self.home.run("who", number, "--json")
        self.assertIn(result.code, (0, 44), result)
        return [row["id"] for row in result.json["contacts"]]

    def someone(self, fits):
        for contact in self.contacts:
            if fits(contact):
                return contact
        self.fail("the sandbox has nobody like that")

    def phones(self, contact):
        return [phone for phone in contact.get("phones", []) if phone.get("e164") and not phone.get("extension")]

    # --- who

    def test_one_number_in_six_ways(self):
        contact = self.someone(lambda c: any(p["e164"].startswith("+1") for p in self.phones(c)))
        digits = next(p["e164"] for p in self.phones(contact) if p["e164"].startswith("+1"))[2:]
        area, exchange, line = digits[:3], digits[3:6], digits[6:]
        for written in (f"+1{digits}", f"+1 ({area}) {exchange}-{line}", f"001{digits}", f"({area}) {exchange}-{line}",
                        f"{area}.{exchange}.{line}", f"tel:+1-{area}-{exchange}-{line}", f"1{digits}",
                        f"sip:+1{digits}@example.com;user=phone", f"+1 {area} {exchange} {line} ext. 9"):
            self.assertIn(contact["id"], self.ids_who(written), written)

    def test_a_british_number_from_abroad_and_at_home(self):
        contact = self.someone(lambda c: any(p["e164"].startswith("+44") for p in self.phones(c)))
        national = next(p["e164"] for p in self.phones(contact) if p["e164"].startswith("+44"))[3:]
        for written in (f"+44{national}", f"0044{national}", f"+44 (0){national}"):
            self.assertIn(contact["id"], self.ids_who(written), written)
        at_home = self.home.run("who", f"0{national}", "--json", "--set", "import.region=GB")
        self.assertIn(contact["id"], [row["id"] for row in at_home.json["contacts"]])

    def test_another_region_counts_from_the_next_import(self):
        home = self.new_home()
        self.assertEqual(home.sign_in().code, 0)
        rows = home.run("export", "--format", "json").json["contacts"]
        assumed = [p for c in rows for p in c["phones"] if p["e164"].startswith("+44") and p["region_assumed"]]
        self.assertEqual(assumed, [])
        self.assertEqual(home.run("config", "set", "import.region", "GB").code, 0)
        result = home.run("import", "work", "--json").lines[-1]["result"]
        self.assertEqual((result["unchanged"], result["changed"]), (10000, 0))
        self.assertTrue(any(p["region_assumed"] for c in home.run("export", "--format", "json").json["contacts"]
                            for p in c["phones"] if p["e164"].startswith("+44")))

    def test_a_program_without_a_locale_keeps_the_order(self):
        home = self.new_home()
        home.env["LC_ALL"] = "sv_SE.UTF-8"
        self.assertEqual(home.run("status", "--json").json["status"]["language"], "sv_SE")
        home.env["LC_ALL"] = "C"
        self.assertEqual(home.run("status", "--json").json["status"]["language"], "sv_SE")
        home.env["LC_ALL"] = "de_DE.UTF-8"
        self.assertEqual(home.run("status", "--json").json["status"]["language"], "de_DE")

    def test_nobody(self):
        result = self.home.run("who", "+1 212 555 9999")
        self.assertEqual((result.code, result.out), (44, ""), result)
        self.assertEqual(self.home.run("who", "anonymous").code, 44)

    # --- find

    def test_part_of_a_name_with_and_without_accents(self):
        contact = self.someone(lambda c: any(letter in c.get("family", "") for letter in "áéíóúüöäñçøå"))
        plain = contact["family"]
        for pair in zip("áéíóúüöäñçøåÁÉÍÓÚÜÖÄÑÇØÅ", "aeiouuoancoaAEIOUUOANCOA"):
            plain = plain.replace(*pair)
        self.assertIn(contact["id"], self.ids_found(contact["family"]))
        self.assertIn(contact["id"], self.ids_found(plain.lower()))
        self.assertIn(contact["id"], self.ids_found(plain[:-1], contact["given"][:3]))

    def test_latin_letters_find_other_scripts(self):
        spoken = {
            "cyrillic": [("Иван", "ivan"), ("Мария", "maria"), ("Ольга", "olga"), ("Анна", "anna"), ("Дмитрий", "dmitri"),
                         ("Елена", "elena"), ("Сергей", "sergei"), ("Наталья", "natal"), ("Алексей", "aleks"),
                         ("Оксана", "oksana"), ("Андрей", "andrei"), ("Екатерина", "ekaterina"), ("Татьяна", "tat")],
            "greek": [("Γιώργος", "giorgos"), ("Μαρία", "maria"), ("Ελένη", "eleni"), ("Νίκος", "nikos"),
                      ("Κώστας", "kostas"), ("Γεώργιος", "georgios"), ("Αικατερίνη", "aikaterini"), ("Δημήτρης", "dimitris"),
                      ("Σοφία", "sofia"), ("Ιωάννης", "ioannis"), ("Κωνσταντίνος", "konstantinos")],
            "chinese": [("王", "wang"), ("李", "li"), ("张", "zhang"), ("刘", "liu"), ("陈", "chen")],
            "arabic": [("محمد", "muhammad"), ("محمد", "mohamed"), ("أحمد", "ahmed"), ("فاطمة", "fatima"), ("خالد", "khaled"),
                       ("ليلى", "layla"), ("يوسف", "yusuf"), ("عمر", "omar"), ("مريم", "maryam"), ("سارة", "sara")],
        }
        for script, names in spoken.items():
            asked = 0
            for own, latin in names:
                someone = next((c for c in self.contacts if own in c.get("given", "").split() or c.get("family", "") == own), None)
                if someone:
                    asked += 1
                    self.assertIn(someone["id"], self.ids_found(latin), f"{own} by {latin}")
            self.assertGreater(asked, 0, f"the sandbox has no name of the list for {script}")

    def test_company_e_mail_and_digits(self):
        contact = self.someone(lambda c: c.get("company") and c.get("emails") and self.phones(c))
        self.assertIn(contact["id"], self.ids_found(contact["company"]))
        self.assertIn(contact["id"], self.ids_found(contact["emails"][0]["address"]))
        self.assertIn(contact["id"], self.ids_found(contact["emails"][0]["address"].split("@")[0]))
        digits = self.phones(contact)[0]["e164"][1:]
        self.assertIn(contact["id"], self.ids_found(digits[-7:]))
        self.assertIn(contact["id"], self.ids_found("+" + digits[:-2]))

    def test_what_makes_no_sense_finds_nobody(self):
        for text in ("", " ", "\"", "*", "' OR 1=1 --", "name:", "AND", "NEAR(", "%", "\x01", "a" * 5000, "( ) - :^"):
            result = self.home.run("find", text)
            self.assertEqual(result.code, 0, result)

    def test_names_come_before_companies(self):
        contact = self.someone(lambda c: len(c.get("family", "")) > 4 and c["family"].isascii() and c["family"].isalpha())
        first = self.home.run("find", contact["family"], "--json").json["contacts"][0]
        self.assertIn(contact["family"].lower(), first["shown"].lower())

    # --- list, show, export

    def test_list_pages_cover_everybody_once(self):
        seen, after = [], 0
        while True:
            page = self.home.run("list", "--limit", "3000", "--after", after, "--json").json["contacts"]
            seen += [row["id"] for row in page]
            if len(page) < 3000:
                break
            after = page[-1]["id"]
        self.assertEqual(len(seen), 10000)
        self.assertEqual(len(set(seen)), 10000)
        self.assertEqual(seen, [row["id"] for row in self.home.run("list", "--json").json["contacts"]])

    def test_show_has_every_field_of_the_export(self):
        contact = self.whole[17]
        self.assertEqual(self.home.run("show", contact["id"], "--json").json["contact"], contact)
        self.assertIn(contact["shown"], self.home.run("show", contact["id"]).out)

    def test_vcards_are_complete_and_folded(self):
        target = self.home.root / "all.vcf"
        self.assertEqual(self.home.run("export", "-o", target).code, 0)
        raw = target.read_bytes()
        self.assertEqual(target.stat().st_mode & 0o777, 0o600)
        self.assertEqual(raw.count(b"BEGIN:VCARD\r\nVERSION:4.0\r\n"), 10000)
        self.assertEqual(raw.count(b"END:VCARD\r\n"), 10000)
        self.assertTrue(all(len(line) <= 75 for line in raw.split(b"\r\n")))
        raw.decode("utf-8")

    def test_an_export_does_not_appear_half(self):
        result = self.home.run("export", "-o", "/nowhere/at/all.vcf")
        assert_documented("store", how="an export into a folder that is not there", result=result)

    def test_query_as_mail_programs_want_it(self):
        contact = self.someone(lambda c: c.get("emails") and c.get("family", "").isascii() and len(c.get("family", "")) > 3)
        result = self.home.run("query", contact["family"])
        lines = result.out.splitlines()
        self.assertGreater(len(lines), 1)
        self.assertIn(contact["emails"][0]["address"], [line.split("\t")[0] for line in lines[1:]])
        self.assertEqual({line.count("\t") for line in lines[1:]}, {2})


class Words(unittest.TestCase):
    """What the command line says by itself."""

    def setUp(self):
        self.home = Home()
        self.addCleanup(self.home.close)

    def test_help_is_a_word_as_well(self):
        self.assertEqual(self.home.run("help").out, self.home.run("--help").out)
        self.assertEqual(self.home.run("help", "find").out, self.home.run("find", "--help").out)
        self.assertEqual(self.home.run("help", "fnid").code, 2)

    def test_help_fits_a_screen_and_ends_with_commands(self):
        lines = self.home.run("--help").out.splitlines()
        self.assertLessEqual(len(lines), 24)
        self.assertTrue(all(line.startswith("  kith ") for line in lines[-3:]))

    def test_every_command_has_help_with_examples(self):
        for line in self.home.run("--help").out.splitlines():
            name = re.match(r"  (\S+)  +\S", line)
            if name and not line.startswith("  kith "):
                text = self.home.run(name.group(1), "--help").out
                self.assertIn("Examples:\n  kith ", text, name.group(1))

    def test_mistakes_name_the_nearest_right_form(self):
        for command, hint in ((("list", "--limt", "3"), "Did you mean `--limit`?"), (("fnd", "x"), "Did you mean `find`?"),
                              (("config", "get", "import.limt"), "import.limit"),
                              (("list", "--set", "import.limt=3"), "import.limit"),
                              (("config", "set", "import.region", "UK"), 'did you mean "GB"?'),
                              (("list", "--set", "import.region=germany"), 'did you mean "DE"?')):
            result = self.home.run(*command)
            self.assertEqual(result.code, 2, result)
            self.assertIn(hint, result.err)
        assert_documented("usage", how="a misspelt option", result=self.home.run("list", "--limt", "3"))

    def test_a_region_that_is_none_is_refused_wherever_it_stands(self):
        self.assertEqual(self.home.run("config", "set", "import.region", "XX").code, 2)
        self.home.config.write_text("[import]\nregion = UK\n")
        result = self.home.run("list")
        self.assertEqual(result.code, 2, result)
        self.assertIn('import.region cannot be "UK"', result.err)
        self.home.config.write_text("[import]\nregion = GB\n")
        self.assertEqual(self.home.run("status", "--json").json["status"]["region"], "GB")

    def test_the_locale_names_the_region(self):
        for locale, region in (("de_AT.UTF-8", "AT"), ("en_UK.UTF-8", "GB"), ("en_XX", "US"), ("C", "US"), ("es_419", "US")):
            self.home.env["LC_ALL"] = locale
            self.assertEqual(self.home.run("status", "--json").json["status"]["region"], region, locale)

    def test_options_that_are_none_are_named(self):
        for arguments, words in ((("-xq",), "there is no option `-x`"), (("-qx",), "there is no option `-x`"),
                                 (("--json=yes",), "`--json` takes no value"), (("--xyz",), "there is no option `--xyz`")):
            result = self.home.run("list", *arguments)
            self.assertEqual(result.code, 2, result)
            self.assertIn(words, result.err)

    def test_results_that_cannot_be_written_are_no_success(self):
        for command in (("accounts", "--json"), ("list", "--json"), ("config", "list"), ("status",)):
            with open("/dev/full", "w") as full:
                done = subprocess.run(self.home.command(*command), stdout=full, stderr=subprocess.PIPE, env=self.home.env)
            self.assertEqual(done.returncode, 1, command)
            self.assertIn(b"could not be written", done.stderr)

    def test_ctrl_c_ends_commands_that_have_nothing_to_tidy_up(self):
        reading, writing = os.pipe()
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
        os.write(writing, b" " * 4096)  # full: kith waits with its first word
        process = subprocess.Popen(self.home.command("config", "list"), stdout=writing, stderr=subprocess.DEVNULL,
                                   env=self.home.env)
        os.close(writing)
        time.sleep(1)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(20), -signal.SIGINT)
        os.close(reading)

    def test_mistakes_in_json(self):
        error = json.loads(self.home.run("list", "--json", "--limit", "many").out)["error"]
        self.assertEqual((error["id"], error["exit_code"]), ("usage", 2))

    def test_settings_keep_comments_and_are_private(self):
        self.home.config.write_text("# mine\n[import]\n# as many as fit\nlimit = 7\n[other]\nx = y\n")
        self.assertEqual(self.home.run("config", "get", "import.limit").out, "7\n")
        self.assertEqual(self.home.run("config", "set", "import.limit", "20000").code, 0)
        text = self.home.config.read_text()
        self.assertIn("# mine", text)
        self.assertIn("# as many as fit", text)
        self.assertIn("x=y", text.replace(" ", ""))
        self.assertEqual(self.home.run("config", "set", "import.limit", "-1").code, 2)
        self.assertEqual(self.home.run("config", "set", "microsoft.graph", "http://example.org").code, 2)
        self.assertEqual(self.home.run("config", "set", "import.limit").code, 0)
        self.assertEqual(self.home.run("config", "get", "import.limit").out, "10000\n")

    def test_a_setting_that_is_none_is_told(self):
        self.home.config.write_text("[import]\nlimti = 7\n")
        self.assertIn('"import.limti", which is no setting; "import.limit" may be meant', self.home.run("status").out)
        self.home.config.write_text("[import]\nlimit = 7\n")
        self.assertNotIn("Problem", self.home.run("status").out)

    def test_status_and_empty_lists(self):
        status = self.home.run("status", "--check", "--json").json["status"]
        self.assertEqual((status["contacts"], status["store_sound"], status["tokens_in"]), (0, True, "encrypted file"))
        self.assertEqual(self.home.run("list", "--json").json["contacts"], [])
        self.assertEqual(self.home.run("accounts", "--json").json, {"schema": 1, "accounts": []})

    def test_what_is_not_there(self):
        for command in (("show", "42"), ("import", "nobody"), ("sign-out", "nobody"), ("list", "--account", "nobody")):
            result = self.home.run(*command, "--json")
            self.assertEqual(result.code, 44, result)
            self.assertEqual(result.lines[-1]["error"]["id"], "not-found")
        assert_documented("not-found", how="a contact that is not there", result=self.home.run("show", "42"))
