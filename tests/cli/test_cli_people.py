# SPDX-License-Identifier: MIT
"""A handful of people with names from everywhere: what is typed finds them, who is calling names them, and their order
is that of the person's language."""
from kith_harness import *

# key: given, family, then other properties of a vCard
PEOPLE = {
    "ana": ("Ana María", "Rivera Núñez", "ORG:Halvorsen Instruments", "EMAIL:ana.rivera@halvorsen.example",
            "TEL:+34 612 34 56 78"),
    "ann": ("Ann", "Halvorsen"),
    "jean": ("Jean-Luc", "O'Brien", "TEL:(408) 555-0142"),
    "jeanluc": ("Jeanluc", "Obrien"),
    "mueller": ("Jürgen", "Müller", "TEL:+49 30 23125 417"),
    "muellerae": ("Juergen", "Mueller", "TEL:+1 408 555 0142 x24"),
    "smorgas": ("Åsa", "Öberg", "NICKNAME:Smörgås"),
    "isik": ("İnci", "Işık"),
    "ilker": ("ILKER", "İnce"),
    "dahl": ("Carl", "Dahl", "ORG:Rivera Ceramics", "EMAIL:carl@dahl.example", "TEL:+1 303 555 0177"),
    "robert": ("Robert", "Quist", "NICKNAME:Bobby"),
    "tolkmann": ("J. R. R.", "Tolkmann"),
    "deluca": ("Marco", "De Luca"),
    "vanderberg": ("Pieter", "van der Berg"),
    "macdonald": ("Ian", "Mac Donald"),
    "yamada": ("太郎", "山田", "X-PHONETIC-FIRST-NAME:タロウ", "X-PHONETIC-LAST-NAME:ヤマダ"),
    "wang": ("小明", "王"),
    "kim": ("민준", "김"),
    "muhammad": ("مُحَمَّد", "الرشيد"),
    "layla": ("ليلى", "حداد"),
    "david": ("דוד", "כהן"),
    "yulia": ("Юлия", "Щукина"),
    "giorgos": ("Γιώργος", "Παπαδόπουλος"),
    "nguyen": ("Văn An", "Nguyễn"),
    "desk": ("Desk", "Security", "TEL:7042", "TEL:112"),
    "neighbour": ("Nora", "Nebenan", "TEL:555-0177"),
    "britain": ("Grace", "Hopperton", "TEL:020 7946 0018"),
}

# what is typed: who is among the hits (first: at its beginning)
FOUND = {
    "any order": (("rivera ana", "ana"), ("ana rivera", "ana"), ("nunez maria ana", "ana"), ("riv an", "ana")),
    "unfinished": (("a", "ana"), ("mül", "mueller"), ("ril", None)),
    "initials": (("ar", "ana"), ("jrr", "tolkmann"), ("j r r", "tolkmann"), ("j.r.r. tolk", "tolkmann"), ("jo", "jean")),
    "hyphens": (("jean-luc", "jean"), ("jean luc", "jean"), ("jeanluc", "jean"), ("luc", "jean"),
                ("luc-jean", "jean"), ("jeanluc", "jeanluc")),
    "apostrophes": (("o'brien", "jean"), ("o’brien", "jean"), ("obrien", "jean"), ("o brien", "jean"), ("brien", "jean"),
                    ("O`Brien", "jean"), ("obrien", "jeanluc"), ("o'brien", "jeanluc")),
    "honorifics": (("dr rivera", "ana"), ("Dr. Ana Rivera", "ana"), ("Herr Müller", "mueller"), ("prof. dr. mueller", "mueller"),
                   ("Mrs Halvorsen", "ann"), ("sig. de luca", "deluca"), ("señor dahl", "dahl"), ("sra rivera", "ana"),
                   ("Mr. Dahl", "dahl"), ("Sayın Işık", "isik"), ("Frau Öberg", "smorgas"), ("Mme Rivera", "ana")),
    "turkish i": (("inci", "isik"), ("İNCİ", "isik"), ("INCI", "isik"), ("ışık", "isik"), ("isik", "isik"), ("IŞIK", "isik"),
                  ("ilker", "ilker"), ("ılker", "ilker"), ("İLKER", "ilker"), ("ince", "ilker"), ("INCE", "ilker"), ("ınce", "ilker")),
    "umlauts": (("müller", "mueller"), ("mueller", "mueller"), ("muller", "mueller"), ("MÜLLER", "mueller"),
                ("müller", "muellerae"), ("mueller", "muellerae"), ("muller", "muellerae"), ("jürgen", "muellerae"),
                ("jurgen", "muellerae"), ("juergen", "mueller"), ("oeberg", "smorgas"), ("öberg", "smorgas"),
                ("oberg", "smorgas"), ("aasa", "smorgas"), ("asa", "smorgas"), ("mu\u0308ller", "mueller")),
    "nicknames": (("bobby", "robert"), ("bob", "robert"), ("bobby quist", "robert"), ("smorgas", "smorgas"),
                  ("smoergaas", "smorgas")),
    "particles": (("deluca", "deluca"), ("de luca", "deluca"), ("luca", "deluca"), ("van der berg", "vanderberg"),
                  ("vanderberg", "vanderberg"), ("berg", "vanderberg"), ("macdonald", "macdonald"), ("mac donald", "macdonald")),
    "cjk": (("山田", "yamada"), ("山田太郎", "yamada"), ("太郎山田", "yamada"), ("山田 太郎", "yamada"), ("太郎 山田", "yamada"),
            ("yamada taro", "yamada"), ("taro yamada", "yamada"), ("やまだ", "yamada"), ("タロウ", "yamada"), ("王小明", "wang"),
            ("小明王", "wang"), ("小明 王", "wang"), ("xiaoming wang", "wang"), ("wang xiaoming", "wang"), ("김민준", "kim"),
            ("민준 김", "kim"), ("kim minjun", "kim"), ("minjun kim", "kim")),
    "arabic": (("محمد", "muhammad"), ("مُحَمَّد", "muhammad"), ("محمّد الرشيد", "muhammad"), ("الرشيد محمد", "muhammad"),
               ("رشيد", "muhammad"), ("muhammad", "muhammad"), ("mohamed rashid", "muhammad"), ("ليلى", "layla"), ("ليلي", "layla"),
               ("لَيْلَى", "layla"), ("layla haddad", "layla"), ("حدّاد", "layla")),
    "other scripts": (("דוד כהן", "david"), ("cohen david", "david"), ("юлия", "yulia"), ("yulia", "yulia"), ("julija", "yulia"),
                      ("shchukina", "yulia"), ("giorgos", "giorgos"), ("γιωργος", "giorgos"), ("papadopoulos", "giorgos"),
                      ("nguyen", "nguyen"), ("nguyễn văn", "nguyen"), ("van an", "nguyen")),
    "other fields": (("halvorsen ana", "ana"), ("ana.rivera@halvorsen.example", "ana"), ("ana.riv", "ana"),
                     ("@dahl.example", "dahl"), ("rivera carl", "dahl"), ("ceramics", "dahl"), ("612345678", "ana"),
                     ("+34612", "ana"), ("345678", "ana"), ("(303) 555", "dahl")),
}

# what is typed: these, in this order, before everybody else
ORDER = {
    "halvorsen": ("ann", "ana"),    # a name before a company
    "rivera": ("ana", "dahl"),
    "dahl": ("dahl",),
    "ann": ("ann",),
    "an": ("nguyen", "ann"),        # a whole word before a beginning, and that before Ana, who is longer
    "obrien": ("jeanluc", "jean"),  # equally whole: by name
}


class People(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = Home()
        cards = []
        for given, family, *more in PEOPLE.values():
            cards += ["BEGIN:VCARD", "VERSION:3.0", f"N:{family};{given};;;", f"FN:{given} {family}", *more, "END:VCARD", ""]
        path = cls.home.root / "people.vcf"
        path.write_text("\r\n".join(cards), encoding="utf-8")
        cls.home.env["LC_ALL"] = "C.UTF-8"
        result = cls.home.run("outlook", "add", str(path))
        if result.code != 0:
            raise AssertionError(repr(result))
        id_of = {row["shown"]: row["id"] for row in cls.home.run("list", "--json").json["contacts"]}
        cls.id_of = {key: id_of[f"{given} {family}"] for key, (given, family, *_) in PEOPLE.items()}
        cls.key_of = {number: key for key, number in cls.id_of.items()}

    @classmethod
    def tearDownClass(cls):
        cls.home.close()

    def found(self, text):
        return [self.key_of[row["id"]] for row in self.home.run("find", text, "--limit", "0", "--json").json["contacts"]]

    def who(self, number, *options):
        result = self.home.run("who", number, "--json", *options)
        self.assertEqual(result.code, 0 if result.json["contacts"] else 44, result)
        return result.json["caller"], [(self.key_of[row["id"]], row["match"]) for row in result.json["contacts"]]

    # --- find

    def test_what_people_type_finds_them(self):
        missed = []
        for kind, questions in FOUND.items():
            for text, key in questions:
                found = self.found(text)
                if key not in found if key else found:
                    missed.append(f"{kind}: {text!r} finds {found}, not {key}")
        self.assertEqual(missed, [])

    def test_what_was_most_likely_meant_comes_first(self):
        for text, keys in ORDER.items():
            self.assertEqual(tuple(self.found(text)[:len(keys)]), keys, text)

    def test_found_letters_are_told(self):
        for text, key, member, parts in (("riv an", "ana", "shown", ["An", "Riv"]), ("muller", "mueller", "shown", ["Müller"]),
                                         ("yul", "yulia", "shown", ["Юл"]), ("ceram", "dahl", "matched", ["Ceram"]),
                                         ("555 0177", "dahl", "matched", ["555 0177"])):
            rows = self.home.run("find", text, "--json").json["contacts"]
            row = next(row for row in rows if self.key_of[row["id"]] == key)
            marked = [row[member][start:start + length] for start, length in row["marks"][member]]
            self.assertEqual(marked, parts, (text, row))
        self.assertNotIn("marks", self.home.run("list", "--json").json["contacts"][0])

    # --- who

    def test_each_answer_has_its_reason(self):
        for number, answer in (
                ("+34 612 34 56 78", [("ana", "number")]),
                ("0034 612345678", [("ana", "number")]),
                ("tel:+34-612-345-678", [("ana", "number")]),
                ("tel:345-678;phone-context=+34-612", [("ana", "number")]),
                ("sip:+34612345678@gateway.example;user=phone", [("ana", "number")]),
                ("sips:011-34-612345678@192.0.2.7:5061", [("ana", "number")]),
                ("callto:+34612345678", [("ana", "number")]),
                ("callto:tel:+34612345678", [("ana", "number")]),
                ("+1 408 555 0142", [("jean", "number"), ("muellerae", "number-main")]),
                ("408 555 0142 ext. 24", [("muellerae", "number"), ("jean", "number")]),
                ("tel:+1-408-555-0142;ext=24", [("muellerae", "number"), ("jean", "number")]),
                ("tel:+1-408-555-0142;ext=25", [("jean", "number")]),
                ("612345678", [("ana", "number-national")]),
                ("020 7946 0018", [("britain", "number-national")]),
                ("+44 20 7946 0018", [("britain", "number-national")]),
                ("555 0177", [("neighbour", "number-national")]),
                ("+1 415 555 0177", [("neighbour", "number-guess")]),
                ("8 555 0142", [("jean", "number-guess"), ("muellerae", "number-guess")]),
                ("55 0142", []),  # six digits are never a guess
                ("+1 415 555 0142", [])):  # the last seven agree, nothing else
            _, answers = self.who(number)
            self.assertEqual(sorted(answers), sorted(answer), number)

    def test_digits_of_another_region_are_compared_as_they_are_written(self):
        self.assertEqual(self.who("020 7946 0018", "--set", "import.region=GB")[1], [("britain", "number-national")])
        self.assertEqual(self.who("030 23125417", "--set", "import.region=DE")[1], [("mueller", "number")])

    def test_short_numbers_hidden_callers_and_what_is_no_number(self):
        for number, caller, answer in (("7042", "short", [("desk", "number")]), ("112", "short", [("desk", "number")]),
                                       ("sip:7042@pbx.example", "short", [("desk", "number")]), ("17042", "short", []),
                                       ("042", "short", []), ("anonymous", "withheld", []), ("Private", "withheld", []),
                                       ("sip:anonymous@anonymous.invalid", "withheld", []), ("unknown", "withheld", []),
                                       ("sip:ana@halvorsen.example", "no-number", []), ("callto:ana.rivera", "no-number", []),
                                       ("+1 212 555 0100", "number", [])):
            self.assertEqual(self.who(number), (caller, answer), number)

    def test_people_read_the_reason(self):
        for number, words in (("+34612345678", "This is the number of:"), ("8 555 0142", "it may be any of them:"),
                              ("+1 415 555 0177", "A guess: the last digits agree:"),
                              ("+44 20 7946 0018", "Same national number, country assumed:")):
            self.assertIn(words, self.home.run("who", number).out, number)
        for number, words in (("anonymous", "This caller hides the number."), ("ana", "“ana” is no number."),
                              ("119", "Nobody here has the short number 119."),
                              ("+1 212 555 0100", "Nobody here has the number +1 212 555 0100.")):
            result = self.home.run("who", number)
            self.assertEqual((result.code, result.out), (44, ""), result)
            self.assertIn(words, result.err)

    # --- list

    def names(self, language):
        self.home.env["LC_ALL"] = language
        return [self.key_of[row["id"]] for row in self.home.run("list", "--json").json["contacts"]]

    def test_the_order_follows_the_language_and_its_change(self):
        before = {}
        for language in ("sv_SE.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "ru_RU.UTF-8", "ja_JP.UTF-8"):
            before[language] = self.names(language)
        at = {language: order.index for language, order in before.items()}
        self.assertLess(at["sv_SE.UTF-8"]("tolkmann"), at["sv_SE.UTF-8"]("smorgas"))  # Ö is the last letter
        self.assertLess(at["de_DE.UTF-8"]("smorgas"), at["de_DE.UTF-8"]("giorgos"))
        self.assertLess(at["de_DE.UTF-8"]("smorgas"), at["de_DE.UTF-8"]("tolkmann"))  # Ö is an O
        self.assertLess(at["tr_TR.UTF-8"]("isik"), at["tr_TR.UTF-8"]("ilker"))  # I without a dot stands before I with one
        self.assertLess(at["de_DE.UTF-8"]("ilker"), at["de_DE.UTF-8"]("isik"))  # elsewhere they are one letter
        self.assertEqual(before["ru_RU.UTF-8"][0], "yulia")  # the person's own script is first
        self.assertEqual(before["ja_JP.UTF-8"][0], "yamada")
        for language, order in before.items():  # and back again
            self.assertEqual(self.names(language), order, language)
        self.home.env["LC_ALL"] = "C.UTF-8"
        self.assertEqual(self.names("C.UTF-8"), before["ja_JP.UTF-8"])  # says nothing: as last time
        self.assertEqual(self.found("oberg"), ["smorgas"])  # words are no matter of order


if __name__ == "__main__":
    unittest.main()
