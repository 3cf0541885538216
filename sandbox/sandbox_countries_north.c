/* SPDX-License-Identifier: MIT */
/*
 * sandbox_countries_north.c - names, places and numbers of the rest of Europe and of Turkey.
 *
 * Before: nothing; a table.
 * After:  sandbox_contact.c draws people from it.
 */
#include "sandbox/sandbox_countries.h"

#include "base/cleanup.h"

const struct sandbox_country sandbox_countries_north[] = {
    {
        .name = "Deutschland",
        .weight = 82,
        .women = "Anneliese|Antje|Bärbel|Brunhilde|Dörte|Elfriede|Frauke|Gesa|Heidrun|Ilse|Jördis|Käthe|Liesel|Mareike|"
                 "Nele|Ottilie|Reinhild|Swantje|Uta|Wiebke",
        .men = "Albrecht|Bernd|Detlef|Eckhard|Falk|Gernot|Götz|Hartmut|Ingo|Jörg|Jürgen|Knut|Lothar|Meinhard|Norbert|"
               "Ottmar|Rüdiger|Sönke|Thorsten|Volker",
        .surnames = "Altmüller|Birkenfeld|Böttcher|Çelik|Dürrenmatt|Eisenhauer|Fröhlich|Großmann|Hölzer|Jäger|"
                    "Köhlermann|Kräutle|Löwenthal|Mühlhäuser|Nußbaum|Öhlschläger|Pfefferkorn|Rößler|Schönfelder|"
                    "Strauß|Tümmler|Überschär|von der Heyde|Weißkopf|Wüstenhagen|Yıldız|Ziegenhals|zu Rhein",
        .places = "Berlin;;10###;30 23125 ###;Lindenblütenweg,Straße am Speicher|Hamburg;;20###;40 66969 ###;"
                  "Alsterblick,Bei den Mühren|München;;80###;89 99998 ###;Kastanienallee,Isarufer|Köln;;50###;221 "
                  "4710 ###;Domblick,Krämergasse|Frankfurt am Main;;60###;69 90009 ###;Äppelwoigasse,Mainkai",
        .street = "%s %n",
        .mobile = "+49 171 39200 ##|0171 39200##|0171/39200##|+49 (0)176 040690 ##|0049 171 39200##",
        .landline = "+49 @|0@|+49 (0)@|0049 @",
        .suffixes = "GmbH|AG|& Söhne|e. K.|GmbH & Co. KG",
    },
    {
        .name = "Österreich",
        .weight = 18,
        .women = "Burgi|Christl|Gundula|Kreszentia|Notburga|Rosalinde|Theres|Walpurga",
        .men = "Alois|Ferdl|Gottfried|Hannes|Leopold|Sepp|Wendelin|Xaver",
        .surnames = "Aigner|Brandstätter|Egger|Feichtinger|Gruber|Hölzl|Kofler|Moosbrugger|Pöschl|Rainer|Strohmayer|"
                    "Zwölfer",
        .places = "Wien;;1##0;1 555 0##;Rosengasse,Am Heumarkt|Salzburg;;5020;662 555 0##;Kapuzinersteig,Mozartgasse",
        .street = "%s %n",
        .mobile = "+43 664 555 0###|0664 555 0###",
        .landline = "+43 @|0@",
        .suffixes = "GmbH|OG|KG",
    },
    {
        .name = "Schweiz",
        .weight = 20,
        .women = "Annelies|Corinne|Flurina|Ladina|Rösli|Vreni|Ursina|Seraina",
        .men = "Beat|Gian|Jürg|Luzi|Reto|Ruedi|Urs|Ueli",
        .surnames =
            "Ammann|Bächtold|Caduff|Gämperli|Hürlimann|Inäbnit|Läderach|Müllener|Rüegg|Schönenberger|Tschümperlin|"
            "Zürrer",
        .places = "Zürich;ZH;80##;44 555 0# ##;Limmatweg,Zur Alten Post|Bern;BE;30##;31 555 0# ##;Bärenweg,Aarehalde|"
                  "Genève;GE;12##;22 555 0# ##;rue du Lac,chemin des Vignes",
        .street = "%s %n",
        .mobile = "+41 79 555 0# ##|079 555 0# ##",
        .landline = "+41 @|0@",
        .suffixes = "AG|GmbH|SA",
    },
    {
        .name = "Nederland",
        .weight = 28,
        .women = "Anouk|Fenna|Geertje|Hanneke|Jantien|Lieke|Maaike|Noortje|Saskia|Willemijn",
        .men = "Bram|Casper|Diederik|Floris|Gijs|Joost|Koen|Maarten|Sjoerd|Thijs",
        .surnames = "Bakhuis|de Groot|den Ouden|Hoekstra|IJsselmuiden|Kuijpers|Oosterhuis|Ruijgrok|ten Broek|"
                    "van 't Hof|van den Heuvel|Vermeulen|Wijnands|Zijlstra",
        .places = "Amsterdam;;10## ^^;20 555 0###;Pakhuiskade,Tulpenstraat|Utrecht;;35## ^^;30 555 0##;Wevershof,"
                  "Domlaan|Rotterdam;;30## ^^;10 555 0###;Havenlicht,Maasboulevard",
        .street = "%s %n",
        .mobile = "+31 6 5550 0###|06-55500###|0031 6 5550 0###",
        .landline = "+31 @|0@",
        .suffixes = "B.V.|N.V.|v.o.f.",
    },
    {
        .name = "België",
        .weight = 12,
        .women = "Aagje|Fien|Griet|Jozefien|Marieke|Solange",
        .men = "Arne|Dries|Jef|Lieven|Pol|Wouter",
        .surnames = "Claeys|De Smedt|Goossens|Maes|Peeters|Vandenbroucke|Van Hoof|Wauters",
        .places = "Antwerpen;;20#0;3 555 0# ##;Scheldekaai,Diamantstraat|Gent;;90#0;9 555 0# ##;Korenlei,Ajuinstraat",
        .street = "%s %n",
        .mobile = "+32 455 55 0# ##|0455 55 0# ##",
        .landline = "+32 @|0@",
        .suffixes = "NV|BV",
    },
    {
        .name = "Sverige",
        .weight = 20,
        .women = "Annika|Britta|Ebba|Gunilla|Ingegerd|Linnéa|Märta|Tuva|Ulrika|Åsa",
        .men = "Anders|Björn|Göran|Håkan|Jörgen|Lennart|Måns|Sven|Torbjörn|Örjan",
        .surnames = "Ahlström|Bergqvist|Dahlgren|Ekström|Forsbäck|Högberg|Lindström|Nyström|Sjögren|Thorén|Åkesson|"
                    "Öberg",
        .places = "Stockholm;;1## ##;8 465 004 ##;Sjöfararvägen,Björkallén|Göteborg;;4## ##;31 390 06 ##;Varvsgatan,"
                  "Måsvägen",
        .street = "%s %n",
        .mobile = "+46 70 174 06 ##|070-174 06 ##",
        .landline = "+46 @|0@",
        .suffixes = "AB|HB",
    },
    {
        .name = "Norge",
        .weight = 12,
        .women = "Astrid|Gøril|Ingebjørg|Ragnhild|Sølvi|Åshild",
        .men = "Asbjørn|Eirik|Håvard|Øystein|Sigbjørn|Torstein",
        .surnames = "Bjørnstad|Fjellheim|Grønvold|Haugen|Kjærstad|Nygård|Ødegård|Sæther",
        .places = "Oslo;;0###;22 55 0# ##;Fjordveien,Granlia|Bergen;;50##;55 55 0# ##;Regnbuegata,Fløystien",
        .street = "%s %n",
        .mobile = "+47 955 50 ###|955 50 ###",
        .landline = "+47 @|@",
        .suffixes = "AS|ASA",
    },
    {
        .name = "Danmark",
        .weight = 12,
        .women = "Birgitte|Kirstine|Maren|Søs|Tove|Ærenlund",
        .men = "Asger|Jørgen|Mads|Niels|Søren|Øjvind",
        .surnames = "Brøndum|Fjordside|Højgaard|Kjær|Møllegaard|Nørregaard|Sørbæk|Østergaard",
        .places = "København;;1###;33 55 0# ##;Skibsgade,Bøgevej|Aarhus;;8000;86 55 0# ##;Åboulevarden,Klintevej",
        .street = "%s %n",
        .mobile = "+45 25 55 0# ##|25 55 0# ##",
        .landline = "+45 @|@",
        .suffixes = "A/S|ApS",
    },
    {
        .name = "Suomi",
        .weight = 12,
        .women = "Aino|Helmi|Kyllikki|Päivi|Riikka|Sisko|Tuulikki|Äänis",
        .men = "Eero|Heikki|Jyrki|Kyösti|Pertti|Seppo|Väinö|Yrjö",
        .surnames = "Hämäläinen|Järvenpää|Kääriäinen|Leppänen|Mäkelä|Niemelä|Pöysti|Räsänen|Säynäjärvi|Väyrynen",
        .places = "Helsinki;;001#0;9 555 0###;Satamakuja,Koivutie|Tampere;;331#0;3 555 0###;Koskipuisto,Näsintie",
        .street = "%s %n",
        .mobile = "+358 457 555 0##|0457 555 0##",
        .landline = "+358 @|0@",
        .suffixes = "Oy|Oyj",
    },
    {
        .name = "Polska",
        .weight = 30,
        .women = "Agnieszka|Bożena|Danuta|Grażyna|Jadwiga|Katarzyna|Małgorzata|Stanisława|Wiesława|Żaneta",
        .men = "Bogusław|Czesław|Grzegorz|Jacek|Krzysztof|Łukasz|Mieczysław|Radosław|Stanisław|Zdzisław",
        .surnames = "Brzęczyszczewski|Dąbrowski|Gołębiowski|Jabłoński|Kępiński|Łączyński|Mąkowski|Świętochowski|"
                    "Wróblewski|Źródłowski",
        .women_surnames = "Brzęczyszczewska|Dąbrowska|Gołębiowska|Jabłońska|Kępińska|Łączyńska|Mąkowska|"
                          "Świętochowska|Wróblewska|Źródłowska",
        .places = "Warszawa;mazowieckie;00-###;22 555 00 ##;ul. Lipowa,ul. Bursztynowa|Kraków;małopolskie;31-###;12 "
                  "555 00 ##;ul. Zamkowa,ul. Trębacza|Łódź;łódzkie;90-###;42 555 00 ##;ul. Tkacka,ul. Przędzalniana",
        .street = "%s %n",
        .mobile = "+48 555 500 ###|555-500-###",
        .landline = "+48 @|@",
        .suffixes = "Sp. z o.o.|S.A.",
    },
    {
        .name = "Česko",
        .weight = 18,
        .women = "Božena|Drahomíra|Jiřina|Květa|Ludmila|Světlana|Věra|Žofie",
        .men = "Bohumil|Břetislav|Čestmír|Dušan|Jiří|Oldřich|Řehoř|Václav",
        .surnames = "Čermák|Dvořáček|Hruška|Jeřábek|Kučera|Přibyl|Říha|Šťastný|Ztracený|Žižka",
        .women_surnames = "Čermáková|Dvořáčková|Hrušková|Jeřábková|Kučerová|Přibylová|Říhová|Šťastná|Ztracená|"
                          "Žižková",
        .places = "Praha;;1## 00;2 5550 0###;Lipová,Na Můstku|Brno;;6## 00;5 5550 0###;Zahradní,Koliště",
        .street = "%s %n",
        .mobile = "+420 605 550 ###|605 550 ###",
        .landline = "+420 @|@",
        .suffixes = "s.r.o.|a.s.",
    },
    {
        .name = "Magyarország",
        .weight = 14,
        .order = SANDBOX_FAMILY_FIRST,
        .women = "Boglárka|Csilla|Enikő|Gyöngyi|Ildikó|Orsolya|Réka|Tünde",
        .men = "Árpád|Csaba|Előd|Gergő|Jenő|Lőrinc|Szabolcs|Zsolt",
        .surnames = "Csordás|Fűzfa|Gyarmati|Hegedűs|Kővári|Nagyőrzi|Őri|Szűcs|Tóth|Vörösmarti",
        .places = "Budapest;;1###;1 555 0###;Akácfa utca,Duna sor|Szeged;;67##;62 555 0##;Tisza part,Paprika utca",
        .street = "%s %n.",
        .mobile = "+36 55 550 ###|06 55 550 ###",
        .landline = "+36 @|06 @",
        .suffixes = "Kft.|Zrt.|Bt.",
    },
    {
        .name = "România",
        .weight = 12,
        .women = "Anișoara|Ilinca|Mihaela|Ruxandra|Ștefania|Țugurlana",
        .men = "Călin|Dragoș|Horațiu|Răzvan|Ștefan|Vlăduț",
        .surnames = "Bălănescu|Ciobănescu|Grădinaru|Mureșan|Păunescu|Șerbănescu|Țurcanu|Vântu",
        .places = "București;;01####;21 555 0###;Strada Teiului,Bulevardul Castanilor|Cluj-Napoca;Cluj;400###;264 555 "
                  "0##;Strada Morii,Calea Dorobanților",
        .street = "%s nr. %n",
        .mobile = "+40 755 550 ###|0755 550 ###",
        .landline = "+40 @|0@",
        .suffixes = "S.R.L.|S.A.",
    },
    {
        .name = "Türkiye",
        .weight = 22,
        .women = "Ayşegül|Çiğdem|Gülşah|İpek|Nurgül|Özlem|Şebnem|Ülkü",
        .men = "Bülent|Çağrı|Doğan|Görkem|İlhan|Oğuz|Özgür|Şükrü",
        .surnames = "Aydoğan|Bozkır|Çağlayan|Gündoğdu|Ilgaz|İnönülü|Karadağ|Öztürk|Şahinoğlu|Yıldırım",
        .places = "İstanbul;;34###;212 555 00 ##;Çınar Sokak,Lale Caddesi|İzmir;;35###;232 555 00 ##;Zeytin Sokak,"
                  "Körfez Caddesi|Ankara;;06###;312 555 00 ##;Iğde Sokak,Kale Caddesi",
        .street = "%s No: %n",
        .mobile = "+90 555 550 00 ##|0555 550 00 ##|0 (555) 550 00 ##",
        .landline = "+90 @|0@",
        .suffixes = "A.Ş.|Ltd. Şti.",
    },
    {
        .name = "Ελλάδα",
        .weight = 24,
        .women = "Αγγελική/Angeliki|Αικατερίνη/Aikaterini|Βασιλική/Vasiliki|Δήμητρα/Dimitra|Ελευθερία/Eleftheria|"
                 "Ευαγγελία/Evangelia|Ιωάννα/Ioanna|Μαρίνα/Marina|Χρυσάνθη/Chrysanthi|Ωραία/Oraia",
        .men = "Αλέξανδρος/Alexandros|Γεώργιος/Georgios|Δημήτρης/Dimitris|Ευστράτιος/Efstratios|Θεόδωρος/Theodoros|"
               "Ιωάννης/Ioannis|Κωνσταντίνος/Konstantinos|Παναγιώτης/Panagiotis|Σπυρίδων/Spyridon|Χρήστος/Christos",
        .surnames = "Αναγνωστόπουλος/Anagnostopoulos|Βλαχάκης/Vlachakis|Γαλάνης/Galanis|Δελβενακιώτης/Delvenakiotis|"
                    "Καραγιάννης/Karagiannis|Μαυρομάτης/Mavromatis|Παπαδάκης/Papadakis|Σταματόπουλος/Stamatopoulos|"
                    "Τζανετάκης/Tzanetakis|Χατζηδάκης/Chatzidakis",
        .women_surnames = "Αναγνωστοπούλου/Anagnostopoulou|Βλαχάκη/Vlachaki|Γαλάνη/Galani|"
                          "Δελβενακιώτη/Delvenakioti|Καραγιάννη/Karagianni|Μαυρομάτη/Mavromati|Παπαδάκη/Papadaki|"
                          "Σταματοπούλου/Stamatopoulou|Τζανετάκη/Tzanetaki|Χατζηδάκη/Chatzidaki",
        .places = "Αθήνα;Αττική;10# ##;21 5550 0###;Οδός Ελαιών,Λεωφόρος Ήλιου|Θεσσαλονίκη;;54# ##;231 555 00##;Οδός "
                  "Λιμανιού,Οδός Κάστρου",
        .street = "%s %n",
        .mobile = "+30 695 550 0###|695 550 0###",
        .landline = "+30 @|@",
        .companies = "Ελαιώνες Αιγαίου/elaiones|Γαλάζιος Ορίζοντας/galazios|Ναυτιλιακή Πόντου/naftiliaki|"
                     "Εκδόσεις Φάρος/faros",
        .suffixes = "Α.Ε.|Ε.Π.Ε.",
    },
    {
        .name = "Россия",
        .weight = 30,
        .women = "Анастасия/Anastasiya|Варвара/Varvara|Галина/Galina|Екатерина/Ekaterina|Зинаида/Zinaida|"
                 "Людмила/Lyudmila|Надежда/Nadezhda|Ольга/Olga|Татьяна/Tatyana|Юлия/Yuliya",
        .men = "Аркадий/Arkadiy|Богдан/Bogdan|Вячеслав/Vyacheslav|Григорий/Grigoriy|Евгений/Evgeniy|Жан/Zhan|"
               "Леонид/Leonid|Пётр/Pyotr|Фёдор/Fyodor|Юрий/Yuriy",
        .surnames =
            "Берёзкин/Beryozkin|Воробьёв/Vorobyov|Громов/Gromov|Жаворонков/Zhavoronkov|Кузнецовский/Kuznetsovskiy|"
            "Лебединский/Lebedinskiy|Медведкин/Medvedkin|Подорожников/Podorozhnikov|Снегирёв/Snegiryov|"
            "Щербатов/Shcherbatov",
        .women_surnames = "Берёзкина/Beryozkina|Воробьёва/Vorobyova|Громова/Gromova|Жаворонкова/Zhavoronkova|"
                          "Кузнецовская/Kuznetsovskaya|Лебединская/Lebedinskaya|Медведкина/Medvedkina|"
                          "Подорожникова/Podorozhnikova|Снегирёва/Snegiryova|Щербатова/Shcherbatova",
        .places = "Москва;;10####;495 555-00-##;ул. Липовая,Тихий переулок|Санкт-Петербург;;19####;812 555-00-##;"
                  "Набережная ул.,Каменный проспект",
        .street = "%s, д. %n",
        .mobile = "+7 905 555-00-##|8 (905) 555-00-##",
        .landline = "+7 @|8 @",
        .companies = "Северный ветер/severny|Медный всадник/mednyi|Лесная поляна/polyana|Вектор плюс/vektor",
        .suffixes = "ООО|АО",
    },
    {
        .name = "Україна",
        .weight = 22,
        .women = "Богдана/Bohdana|Ганна/Hanna|Зоряна/Zoriana|Катерина/Kateryna|Леся/Lesia|Оксана/Oksana|"
                 "Соломія/Solomiia|Юлія/Yuliia",
        .men = "Андрій/Andrii|Василь/Vasyl|Григорій/Hryhorii|Дмитро/Dmytro|Євген/Yevhen|Микола/Mykola|Олексій/Oleksii|"
               "Тарас/Taras",
        .surnames = "Бондаренко/Bondarenko|Вишневецький/Vyshnevetskyi|Гайдамака/Haidamaka|Дорошенко/Doroshenko|"
                    "Їжакевич/Yizhakevych|Калинюк/Kalyniuk|Стельмах/Stelmakh|Шевчук/Shevchuk|Ярошенко/Yaroshenko",
        .places = "Київ;;01###;44 555-00-##;вул. Калинова,вул. Дніпровська|Львів;;79###;32 555-00-##;вул. Кавова,вул. "
                  "Левова",
        .street = "%s, %n",
        .mobile = "+380 50 555-00-##|050 555-00-##",
        .landline = "+380 @|0@",
        .companies = "Золоте поле/zolote|Карпатські джерела/dzherela|Дніпровські верфі/verfi",
        .suffixes = "ТОВ|ПрАТ",
    },
    {
        .name = "България",
        .weight = 10,
        .women = "Десислава/Desislava|Йорданка/Yordanka|Радка/Radka|Цветелина/Tsvetelina",
        .men = "Асен/Asen|Борислав/Borislav|Любомир/Lyubomir|Стоян/Stoyan",
        .surnames = "Ангелов/Angelov|Гърков/Garkov|Желязков/Zhelyazkov|Стоименов/Stoimenov|Щерев/Shterev",
        .women_surnames = "Ангелова/Angelova|Гъркова/Garkova|Желязкова/Zhelyazkova|Стоименова/Stoimenova|"
                          "Щерева/Shtereva",
        .places = "София;;1###;2 555 00##;ул. Роза,бул. Витоша|Пловдив;;4###;32 555 0##;ул. Чинар,ул. Тепе",
        .street = "%s %n",
        .mobile = "+359 87 555 00##|087 555 00##",
        .landline = "+359 @|0@",
        .companies = "Розова долина/rozova|Балкански мед/med",
        .suffixes = "ООД|АД",
    },
};
const size_t sandbox_n_countries_north = KITH_COUNT_OF(sandbox_countries_north);
