/* SPDX-License-Identifier: MIT */
/*
 * parse_csv_headings.c - see parse_csv_headings.h.
 *
 * The table is the mapping: a field, its headings in English, its headings in other languages. A heading that is
 * missing is one more word in it. Outlook translates its headings, Outlook.com, Thunderbird and others do so in words
 * of their own; Google's are always English.
 *
 * Languages stand in this order, each in a line where there is room: German, French, Spanish, Italian, Portuguese,
 * Dutch, Swedish, Danish and Norwegian, Finnish, Polish, Czech and Slovak, Hungarian, Turkish, Russian and Ukrainian,
 * Japanese, Chinese (both scripts), Korean.
 */
#include "parse/parse_csv_headings.h"

#include <pthread.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/cleanup.h"
#include "base/text.h"

enum {
    FOLDED_BYTES = 128,
    SLOTS = 8192, /* a power of two, more than twice the number of headings */
};

static const char own_mark[] = "a mark of the program, not of the person";

/* Rows of the table are written with these. */
#define TEXT(field)                                                                                                    \
    {                                                                                                                  \
        .kind = KITH_CSV_TEXT, .which = (field), .word = ""                                                            \
    }
#define PHONE(phone)                                                                                                   \
    {                                                                                                                  \
        .kind = KITH_CSV_PHONE, .which = (phone), .word = ""                                                           \
    }
#define EMAIL(slot, at)                                                                                                \
    {                                                                                                                  \
        .kind = KITH_CSV_EMAIL, .n = (slot), .place = (at), .word = ""                                                 \
    }
#define EMAIL_TYPE(slot)                                                                                               \
    {                                                                                                                  \
        .kind = KITH_CSV_EMAIL_TYPE, .n = (slot), .word = ""                                                           \
    }
#define EMAIL_NAME(slot)                                                                                               \
    {                                                                                                                  \
        .kind = KITH_CSV_EMAIL_NAME, .n = (slot), .word = ""                                                           \
    }
#define STREET(at, line)                                                                                               \
    {                                                                                                                  \
        .kind = KITH_CSV_STREET, .place = (at), .n = (line), .word = ""                                                \
    }
#define PART(part, at)                                                                                                 \
    {                                                                                                                  \
        .kind = (part), .place = (at), .word = ""                                                                      \
    }
#define DATE(date)                                                                                                     \
    {                                                                                                                  \
        .kind = KITH_CSV_DATE, .which = (date), .word = ""                                                             \
    }
#define BIRTHDAY(part)                                                                                                 \
    {                                                                                                                  \
        .kind = KITH_CSV_BIRTHDAY, .which = (part), .word = ""                                                         \
    }
#define LIST(item)                                                                                                     \
    {                                                                                                                  \
        .kind = KITH_CSV_LIST, .which = (item), .word = ""                                                             \
    }
#define ITEM(item, at, label)                                                                                          \
    {                                                                                                                  \
        .kind = KITH_CSV_ITEM, .which = (item), .place = (at), .word = (label)                                         \
    }
#define EXTRA(label)                                                                                                   \
    {                                                                                                                  \
        .kind = KITH_CSV_EXTRA, .word = (label)                                                                        \
    }
#define NOISE(why)                                                                                                     \
    {                                                                                                                  \
        .kind = KITH_CSV_NOISE, .word = (why)                                                                          \
    }

#define WORK KITH_PLACE_WORK
#define HOME KITH_PLACE_HOME
#define OTHER KITH_PLACE_OTHER
#define NOWHERE KITH_PLACE_NONE

static const struct heading {
    struct kith_csv_field field;
    const char *english; /* separated by "|", as the next ones */
    const char *others;
} headings[] = {
    /* Who it is. */
    {{.kind = KITH_CSV_WHOLE_NAME, .which = KITH_TEXT_DISPLAY, .word = ""},
     "Name|Full Name|Display Name|Contact Name|Formatted Name",
     "Anzeigename|Vollständiger Name|Name und Vorname|Nom complet|Nom à afficher|Nom affiché|Nombre completo"
     "|Nombre en pantalla|Nombre para mostrar|Nome completo|Nome visualizzato|Mostrar nome|Nome de exibição"
     "|Nome a apresentar|Volledige naam|Weergavenaam|Fullständigt namn|Visningsnamn|Fulde navn|Fullt navn|Visningsnavn"
     "|Koko nimi|Näyttönimi|Näytettävä nimi|Imię i nazwisko|Nazwa wyświetlana|Celé jméno|Zobrazované jméno|Celé meno"
     "|Zobrazované meno|Teljes név|Megjelenő név|Név|Tam ad|Tam adı|Görünen ad|Полное имя|Отображаемое имя|ФИО"
     "|Повне ім'я|表示名|氏名|フルネーム|显示名称|全名|显示名|顯示名稱|표시 이름|이름 전체"},
    {TEXT(KITH_TEXT_PREFIX), "Title|Name Prefix|Prefix|Salutation|Honorific",
     "Anrede|Titel|Namenstitel|Civilité|Titre|Tratamiento|Título|Tratamento|Titolo|Appellativo|Aanhef|Aanspreektitel"
     "|Titteli|Puhuttelu|Tytuł|Zwrot "
     "grzecznościowy|Titul|Oslovení|Oslovenie|Megszólítás|Ünvan|Unvan|Обращение|Звертання"
     "|敬称|肩書き|称谓|稱謂|頭銜|호칭"},
    {TEXT(KITH_TEXT_GIVEN), "First Name|Given Name|Firstname|Forename",
     "Vorname|Rufname|Prénom|Nombre|Nombre de pila|Primer nombre|Nome|Primeiro nome|Nome próprio|Voornaam|Förnamn"
     "|Fornavn|Etunimi|Imię|Jméno|Křestní jméno|Meno|Krstné meno|Utónév|Keresztnév|Ad|Adı|İsim|Имя|Ім'я|名|名字"
     "|이름"},
    {TEXT(KITH_TEXT_MIDDLE), "Middle Name|Additional Name|Middlename|Second Name|Middle Names",
     "Weitere Vornamen|Zweiter Vorname|Zweitname|Deuxième prénom|Autres prénoms|Segundo nombre|Secondo nome"
     "|Nome del medio|Nome do meio|Segundo nome|Nomes do meio|Middelste naam|Tweede voornaam|Mellannamn|Mellemnavn"
     "|Mellomnavn|Toinen nimi|Toinen etunimi|Drugie imię|Prostřední jméno|Další jméno|Ďalšie meno|Prostredné meno"
     "|Egyéb név|Középső név|İkinci ad|İkinci adı|Orta ad|Отчество|По батькові|ミドル ネーム|ミドルネーム|中间名"
     "|中間名|중간 이름"},
    {TEXT(KITH_TEXT_FAMILY), "Last Name|Family Name|Surname|Lastname",
     "Nachname|Familienname|Zuname|Nom|Nom de famille|Apellido|Apellidos|Primer apellido|Cognome|Último nome|Sobrenome"
     "|Apelido|Apelidos|Achternaam|Familienaam|Efternamn|Efternavn|Etternavn|Sukunimi|Nazwisko|Příjmení|Priezvisko"
     "|Vezetéknév|Családnév|Soyad|Soyadı|Фамилия|Прізвище|姓|姓氏|성"},
    {TEXT(KITH_TEXT_SUFFIX), "Suffix|Name Suffix|Generation",
     "Namenszusatz|Namenssuffix|Suffixe|Sufijo|Suffisso|Sufixo|Achtervoegsel|Suffixet|Pääte|Jälkiliite|Sufiks|"
     "Przyrostek"
     "|Přípona|Prípona|Utótag|Sonek|Суффикс|Суфікс|サフィックス|敬称 (後)|后缀|後綴|호칭 접미사"},
    {TEXT(KITH_TEXT_NICKNAME), "Nickname|Nick Name|Alias",
     "Spitzname|Rufname / Spitzname|Surnom|Pseudo|Apodo|Alias personal|Soprannome|Alcunha|Bijnaam|Roepnaam|Smeknamn"
     "|Kaldenavn|Kælenavn|Kallenavn|Lempinimi|Pseudonim|Przydomek|Pseudonym|Přezdívka|Prezývka|Becenév|Takma "
     "ad|Псевдоним"
     "|Псевдонім|Ник|ニックネーム|昵称|暱稱|별명|애칭"},
    {TEXT(KITH_TEXT_INITIALS), "Initials",
     "Initialen|Initiales|Iniciales|Iniziali|Iniciais|Voorletters|Initialer|Nimikirjaimet|Inicjały|Iniciály|Monogram"
     "|Kezdőbetűk|Baş harfler|Инициалы|Ініціали|イニシャル|缩写|縮寫|이니셜|머리글자"},
    {TEXT(KITH_TEXT_FILE_AS), "File As|File As Name",
     "Speichern unter|Ablegen als|Classer sous|Archivar como|Archivia come|Arquivar como|Opslaan als|Spara som|Gem som"
     "|Lagre som|Zapisz jako|Uložit jako|Хранить как|表題|另存为|歸檔為"},
    {TEXT(KITH_TEXT_PHONETIC_GIVEN),
     "Given Yomi|Given Name Yomi|First Name Yomi|Phonetic First Name|Phonetic Given Name",
     "Vorname Yomi|Vorname (phonetisch)|Prénom phonétique|Yomi (nombre)|フリガナ (名)|名フリガナ|名 "
     "(フリガナ)|名ふりがな"
     "|フリガナ名|拼音名|이름 (요미)"},
    {TEXT(KITH_TEXT_PHONETIC_FAMILY),
     "Surname Yomi|Family Name Yomi|Last Name Yomi|Phonetic Last Name|Phonetic Family Name",
     "Nachname Yomi|Nachname (phonetisch)|Nom phonétique|Yomi (apellido)|フリガナ (姓)|姓フリガナ|姓 "
     "(フリガナ)|姓ふりがな"
     "|フリガナ姓|拼音姓|성 (요미)"},
    {TEXT(KITH_TEXT_PHONETIC_COMPANY), "Company Yomi|Organization Yomi|Phonetic Company",
     "Firma Yomi|フリガナ (会社名)|会社名フリガナ|会社名 (フリガナ)"},
    {EXTRA("Phonetic name"), "Yomi Name|Phonetic Name", ""},
    {EXTRA("Phonetic middle name"), "Additional Name Yomi|Phonetic Middle Name", ""},
    {EXTRA("Short name"), "Short Name", ""},
    {EXTRA("Maiden name"), "Maiden Name", "Geburtsname|Mädchenname|Nom de jeune fille|Nom de naissance"},

    /* Where they work. */
    {TEXT(KITH_TEXT_COMPANY),
     "Company|Company Name|Organization|Organisation|Organization Name|Employer|Work Company|Business Name",
     "Firma|Firmenname|Unternehmen|Société|Entreprise|Organización|Compañía|Empresa|Nombre de la "
     "empresa|Società|Società di lavoro|Azienda"
     "|Organizzazione|Ditta|Organização|Bedrijf|Organisatie|Företag|Företagsnamn|Virksomhed|Firmanavn|Bedrift|Selskap"
     "|Yritys|Organisaatio|Järjestö|Organizacja|Nazwa firmy|Společnost|Organizace|Spoločnosť|Organizácia|Cég|Cégnév"
     "|Szervezet|Vállalat|Şirket|Kuruluş|Организация|Компания|Организація|Організація|Компанія|会社名|勤務先|組織|公司"
     "|单位|組織名稱|회사|회사명|조직"},
    {TEXT(KITH_TEXT_DEPARTMENT), "Department|Organization Department|Work Dept|Dept",
     "Abteilung|Service|Département|Departamento|Reparto|Reparto di "
     "lavoro|Ufficio/Reparto|Divisione|Afdeling|Avdelning|Avdeling|Osasto"
     "|Dział|Oddział|Wydział|Oddělení|Oddelenie|Osztály|Részleg|Bölüm|Departman|Отдел|Подразделение|Відділ|部署|部署名"
     "|部门|部門|부서"},
    {TEXT(KITH_TEXT_JOB_TITLE), "Job Title|Organization Title|Work Title|Position|Occupation",
     "Berufsbezeichnung|Stellung|Stellenbezeichnung|Fonction|Poste|Intitulé du "
     "poste|Puesto|Cargo|Posición|Qualifica|Titolo di lavoro"
     "|Posizione|Mansione|Functie|Functietitel|Befattning|Stilling|Jobtitel|Stillingsbetegnelse|Tehtävänimike"
     "|Ammattinimi|Asema|Stanowisko|Funkce|Pracovní pozice|Pozice|Funkcia|Beosztás|Munkakör|İş unvanı|İş Ünvanı|Görevi"
     "|Должность|Посада|役職|役職名|职务|職稱|직함|직위"},
    {TEXT(KITH_TEXT_OFFICE), "Office Location|Office",
     "Büro|Bürostandort|Bureau|Emplacement du bureau|Oficina|Ubicación de la oficina|Ufficio|Localizzazione ufficio"
     "|Escritório|Local do escritório|Localização do escritório|Kantoor|Kantoorlocatie|Kontor|Kontorsplats"
     "|Kontorplacering|Kontorsted|Toimisto|Toimipaikka|Biuro|Lokalizacja biura|Kancelář|Umístění kanceláře|Kancelária"
     "|Iroda|Iroda helye|Ofis|Ofis konumu|Ofis yeri|Расположение комнаты|Комната|Офис|Офіс|事業所|办公地点|辦公室位置"
     "|办公室|사무실|사무실 위치"},
    {TEXT(KITH_TEXT_PROFESSION), "Profession",
     "Beruf|Profession libérale|Profesión|Professione|Profissão|Beroep|Yrke|Erhverv|Ammatti|Zawód|Povolání|Povolanie"
     "|Foglalkozás|Meslek|Профессия|Професія|職業|职业|직업"},
    {TEXT(KITH_TEXT_MANAGER), "Manager's Name|Manager|Managers Name",
     "Name des/der Vorgesetzten|Name Vorgesetzter|Vorgesetzter|Responsable|Nom du responsable|Nom du supérieur"
     "|Nombre del director|Nombre del jefe|Jefe|Nome del responsabile|Nome responsabile|Nome do gerente|Gerente|Gestor"
     "|Nome do gestor|Naam manager|Naam van manager|Chef|Chefens namn|Chefsnamn|Chefs navn|Leders navn|Johtaja"
     "|Esimiehen nimi|Esimies|Menedżer|Menadżer|Imię i nazwisko menedżera|Jméno vedoucího|Meno manažéra|Meno vedúceho"
     "|Felettes|Felettes neve|Yönetici|Yöneticinin adı|Yönetici adı|Имя руководителя|Руководитель|Керівник|上司"
     "|上司の名前|经理姓名|经理|主管名稱|經理|관리자|관리자 이름"},
    {TEXT(KITH_TEXT_ASSISTANT), "Assistant's Name|Assistant|Assistants Name",
     "Name Assistent|Name des/der Assistent(in)|Name Assistent/in|Assistent|Nom de l'assistant(e)|Nom de l'assistant"
     "|Nombre del asistente|Nombre del ayudante|Ayudante|Nome dell'assistente|Nome assistente|Nome do Assistente"
     "|Assistente|Naam assistent|Naam van assistent|Assistentens namn|Assistentens navn|Assistents navn|Avustajan nimi"
     "|Asystent|Imię i nazwisko asystenta|Jméno asistenta|Meno asistenta|Titkár|Titkár(nő) neve|Yardımcı adı|Asistan"
     "|Yardımcısının adı|Имя помощника|Помощник|Помічник|秘書|秘書の名前|助理姓名|助理|비서|비서 이름"},
    {TEXT(KITH_TEXT_SPOUSE), "Spouse|Partner|Spouse Name|Spouse/Partner",
     "Partner/in|Ehepartner|Lebenspartner|Ehepartner/Partner|Conjoint(e)|Conjoint|Conjoint/Partenaire|Cónyuge|Coniuge"
     "|Coniuge/Partner|Cônjuge|Cônjuge/parceiro|Echtgenoot/partner|Partner/echtgenoot|Make/maka|Maka/make|Ægtefælle"
     "|Ektefelle|Ektefelle/partner|Puoliso|Małżonek|Współmałżonek|Manžel(ka)|Partner(ka)|Manželka|Házastárs|Eşi|Eş"
     "|Супруг(а)|Супруга|Чоловік/Дружина|配偶者|配偶|배우자"},
    {LIST(KITH_ITEM_CHILD), "Children|Child",
     "Kinder|Enfants|Hijos|Figli|Filhos|Kinderen|Barn|Børn|Lapset|Dzieci|Děti|Deti|Gyermekek|Çocuklar|Дети|Діти|子供|"
     "子女"
     "|자녀"},

    /* How to reach them. */
    {EMAIL(0, NOWHERE),
     "E-mail Address|Email|E-mail|Email Address|E-mail 1 Address|Email 1|Email 1 Address|Primary Email|Primary E-mail"
     "|Mail",
     "E-Mail-Adresse|E-Mail|E-Mail-Adresse 1|Primäre E-Mail-Adresse|Adresse de messagerie|Adresse e-mail|Courriel"
     "|Adresse électronique principale|Adresse électronique|Dirección de correo electrónico"
     "|Dirección de correo electrónico principal|Correo electrónico|Correo|Indirizzo di posta elettronica"
     "|Indirizzo E-mail|Email principale|Posta elettronica|Endereço de E-mail|Endereço de correio electrónico"
     "|Endereço de correio eletrónico|E-mail primário|E-mailadres|E-mailadres 1|Primair e-mailadres|E-postadress"
     "|E-post|E-mailadresse|E-postadresse|Sähköpostiosoite|Sähköposti|Ensisijainen sähköposti|Adres e-mail"
     "|Adres poczty elektronicznej|E-mailová adresa|Adresa elektronickej pošty|E-mail cím|E-mail-cím|E-posta Adresi"
     "|E-posta|Адрес эл. почты|Адрес электронной почты|Эл. почта|Электронная почта|Адреса електронної пошти"
     "|Електронна пошта|電子メール アドレス|電子メール|メール アドレス|メールアドレス|メール|电子邮件地址|电子邮件|邮箱"
     "|電子郵件地址|電子郵件|主要 Email|전자 메일 주소|전자 메일|이메일 주소|이메일"},
    {EMAIL_TYPE(0), "E-mail Type|Email Type",
     "E-Mail-Typ|Type de messagerie|Tipo de correo electrónico|Tipo di posta elettronica|Tipo de e-mail"
     "|Tipo de correio electrónico|Type e-mail|E-mailtype|E-posttyp|E-posttype|Sähköpostityyppi|Sähköpostin tyyppi"
     "|Typ e-mail|Typ e-mailu|Typ elektronickej pošty|E-mail típusa|E-posta Türü|Тип эл. почты"
     "|Тип электронной почты|電子メールの種類|电子邮件类型|電子郵件類型|전자 메일 유형"},
    {EMAIL_NAME(0), "E-mail Display Name|E-mail 1 Display Name|Email Display Name",
     "E-Mail: Angezeigter Name|E-Mail-Anzeigename|Nom complet de l'adresse de messagerie"
     "|Nombre de pantalla de correo electrónico|Nombre para mostrar del correo electrónico"
     "|Nome visualizzato posta elettronica|Nome para exibição do e-mail|Nome de exibição do e-mail"
     "|E-mail, weergegeven naam|Weergegeven naam voor e-mail|Visningsnamn för e-post|Vist navn for e-mail"
     "|Visningsnavn for e-post|Sähköpostin näyttönimi|Nazwa wyświetlana e-mail|Zobrazované jméno e-mailu"
     "|Zobrazovaný e-mail|E-mail megjelenítendő neve|E-posta Görünen Adı|Краткое имя эл. почты"
     "|電子メール表示名|电子邮件显示名称|電子郵件顯示名稱|전자 메일 표시 이름"},
    {EMAIL(1, NOWHERE),
     "E-mail 2 Address|Email 2|E-mail 2|Email 2 Address|Secondary Email|Secondary E-mail|Alternate Email",
     "E-Mail 2: Adresse|E-Mail-Adresse 2|Sekundäre E-Mail-Adresse|Adresse de messagerie 2"
     "|Adresse électronique secondaire|Adresse e-mail 2|Dirección de correo electrónico 2"
     "|Dirección de correo electrónico secundaria|Correo electrónico 2|Indirizzo posta elettronica 2|Indirizzo E-mail 2"
     "|Email secondaria|Endereço de E-mail 2|E-mail secundário|Endereço de correio eletrónico 2|E-mailadres 2"
     "|Secundair e-mailadres|E-postadress 2|E-mailadresse 2|E-postadresse 2|Sähköpostiosoite 2|Toissijainen sähköposti"
     "|Adres e-mail 2|E-mailová adresa 2|2. e-mailová adresa|Ďalšia e-mailová adresa|2. e-mail cím|E-mail cím 2"
     "|E-posta 2 Adresi|E-posta Adresi 2|Адрес 2 эл. почты|Адрес эл. почты 2|Альтернативный адрес электронной почты"
     "|Адреса електронної пошти 2|電子メール 2 アドレス|電子メール アドレス 2|电子邮件 2 地址|电子邮件地址 2"
     "|電子郵件 2 地址|電子郵件地址 2|次要 Email|전자 메일 2 주소|전자 메일 주소 2"},
    {EMAIL_TYPE(1), "E-mail 2 Type|Email 2 Type",
     "E-Mail 2: Typ|E-Mail-Typ 2|Type de messagerie 2|Tipo de correo electrónico 2|Tipo posta elettronica 2"
     "|Tipo de e-mail 2|Type e-mail 2|E-mailtype 2|E-posttyp 2|E-posttype 2|Sähköpostityyppi 2|Typ e-mail 2"
     "|Typ e-mailu 2|2. e-mail típusa|E-posta 2 Türü|Тип 2 эл. почты|電子メール 2 種類|电子邮件 2 类型"
     "|電子郵件 2 類型|전자 메일 2 유형"},
    {EMAIL_NAME(1), "E-mail 2 Display Name|Email 2 Display Name",
     "E-Mail 2: Angezeigter Name|Nom complet de l'adresse de messagerie 2|Nombre de pantalla de correo electrónico 2"
     "|Nome visualizzato posta elettronica 2|Nome para exibição do e-mail 2|Nome de exibição do e-mail 2"
     "|E-mail 2, weergegeven naam|Visningsnamn för e-post 2|Vist navn for e-mail 2|Visningsnavn for e-post 2"
     "|Sähköpostin näyttönimi 2|Nazwa wyświetlana e-mail 2|Zobrazované jméno e-mailu 2"
     "|2. e-mail megjelenítendő neve|E-posta 2 Görünen Adı|Краткое 2 имя эл. почты|電子メール 2 表示名"
     "|电子邮件 2 显示名称|電子郵件 2 顯示名稱|전자 메일 2 표시 이름"},
    {EMAIL(2, NOWHERE), "E-mail 3 Address|Email 3|E-mail 3|Email 3 Address",
     "E-Mail 3: Adresse|E-Mail-Adresse 3|Adresse de messagerie 3|Adresse e-mail 3|Dirección de correo electrónico 3"
     "|Dirección del correo electrónico 3|Correo electrónico 3|Indirizzo posta elettronica 3|Indirizzo E-mail 3"
     "|Endereço de E-mail 3|Endereço de correio eletrónico 3|E-mailadres 3|E-postadress 3|E-mailadresse 3"
     "|E-postadresse 3|Sähköpostiosoite 3|Adres e-mail 3|E-mailová adresa 3|3. e-mailová adresa|3. e-mail cím"
     "|E-mail cím 3|E-posta 3 Adresi|E-posta Adresi 3|Адрес 3 эл. почты|Адрес эл. почты 3|Адреса електронної пошти 3"
     "|電子メール 3 アドレス|電子メール アドレス 3|电子邮件 3 地址|电子邮件地址 3|電子郵件 3 地址|電子郵件地址 3"
     "|전자 메일 3 주소|전자 메일 주소 3"},
    {EMAIL_TYPE(2), "E-mail 3 Type|Email 3 Type",
     "E-Mail 3: Typ|E-Mail-Typ 3|Type de messagerie 3|Tipo de correo electrónico 3|Tipo posta elettronica 3"
     "|Tipo de e-mail 3|Type e-mail 3|E-mailtype 3|E-posttyp 3|E-posttype 3|Sähköpostityyppi 3|Typ e-mail 3"
     "|Typ e-mailu 3|3. e-mail típusa|E-posta 3 Türü|Тип 3 эл. почты|電子メール 3 種類|电子邮件 3 类型"
     "|電子郵件 3 類型|전자 메일 3 유형"},
    {EMAIL_NAME(2), "E-mail 3 Display Name|Email 3 Display Name",
     "E-Mail 3: Angezeigter Name|Nom complet de l'adresse de messagerie 3|Nombre de pantalla de correo electrónico 3"
     "|Nome visualizzato posta elettronica 3|Nome para exibição do e-mail 3|Nome de exibição do e-mail 3"
     "|E-mail 3, weergegeven naam|Visningsnamn för e-post 3|Vist navn for e-mail 3|Visningsnavn for e-post 3"
     "|Sähköpostin näyttönimi 3|Nazwa wyświetlana e-mail 3|Zobrazované jméno e-mailu 3"
     "|3. e-mail megjelenítendő neve|E-posta 3 Görünen Adı|Краткое 3 имя эл. почты|電子メール 3 表示名"
     "|电子邮件 3 显示名称|電子郵件 3 顯示名稱|전자 메일 3 표시 이름"},
    {EMAIL(3, WORK), "Work Email|Business Email|Email Work|Work E-mail|Business E-mail|Email (Work)",
     "E-Mail geschäftlich|E-Mail dienstlich|E-mail professionnel|Correo del trabajo|Email di lavoro|E-mail de trabalho"
     "|E-mail werk|E-mail zakelijk|E-mail służbowy|Рабочий e-mail"},
    {EMAIL(4, HOME), "Home Email|Personal Email|Email Home|Home E-mail|Personal E-mail|Email (Home)",
     "E-Mail privat|E-mail personnel|Correo personal|Email personale|E-mail pessoal|E-mail privé|E-mail prywatny"
     "|Личный e-mail"},
    {EMAIL(5, OTHER), "Other Email|Email Other|Other E-mail", "Weitere E-Mail|Autre e-mail|Otro correo|Altra email"},

    {PHONE(KITH_PHONE_WORK),
     "Business Phone|Business Phone 2|Work Phone|Work Phone 2|Office Phone|Phone (Work)|Business Telephone"
     "|Work Telephone|Telephone (Work)",
     "Telefon geschäftlich|Telefon geschäftlich 2|Telefon (geschäftlich)|Telefon geschäftl.|Tel. dienstlich"
     "|Telefon dienstlich|Téléphone (bureau)|Téléphone 2 (bureau)|Téléphone (bureau) 2|Tél. professionnel"
     "|Téléphone professionnel|Teléfono del trabajo|Teléfono del trabajo 2|Teléfono (Trabajo)|Teléfono de trabajo"
     "|Telefono (uff.)|Telefono (uff.) 2|Telefono ufficio|Telefono ufficio 2|Ufficio 2|Telefono di Lavoro"
     "|Telefono di Lavoro 2|Telefono lavoro|Fone comercial|Fone comercial 2|Telefone comercial|Telefone comercial 2"
     "|Fone de trabalho|Telefone do emprego|Telefone do emprego 2|Telefoon op werk|Telefoon op werk 2"
     "|Telefoon werk|Telefoon (werk)|Telefoon zakelijk|Telefoon zakelijk 2|Telefon, arbete|Telefon, arbete 2"
     "|Telefon arbete|Telefon (arbete)|Telefon (arbete) 2|Telefon, arbejde|Telefon, arbejde 2|Telefon (arbejde)"
     "|Telefon, arbeid|Telefon, arbeid 2|Telefon, jobb|Telefon (arbeid)|Telefon (arbeid) 2|Työpuhelin|Työpuhelin 2"
     "|Puhelin (työ)|Puhelin, työ|Telefon służbowy|Telefon służbowy 2|Telefon do pracy|Telefon (biuro)"
     "|Telefon (biuro) 2|Telefon do zaměstnání|Telefon do zaměstnání 2|Telefon (práce)|Telefon do práce"
     "|Telefón do práce|Telefón do práce 2|Telefón do zamestnania|Hivatali telefon|Hivatali telefon 2"
     "|2. hivatali telefon|Munkahelyi telefon|İş Telefonu|İş Telefonu 2|Рабочий телефон|Рабочий телефон 2"
     "|Телефон раб.|Телефон раб. 2|Робочий телефон|Робочий телефон 2|会社電話|会社電話 2|勤務先電話|勤務先電話 2"
     "|会社の電話|商务电话|商务电话 2|单位电话|办公电话|商務電話|商務電話 2|근무처 전화|근무처 전화 2|회사 전화"
     "|회사 전화 2"},
    {PHONE(KITH_PHONE_HOME), "Home Phone|Home Phone 2|Phone (Home)|Home Telephone|Telephone (Home)|Personal Phone",
     "Telefon privat|Telefon privat 2|Telefon (privat)|Tel. privat|Téléphone (domicile)|Téléphone 2 (domicile)"
     "|Téléphone (domicile) 2|Tél. personnel|Téléphone personnel|Particular|Particular 2|Teléfono particular"
     "|Teléfono particular 2|Teléfono (Casa)|Teléfono del domicilio|Telefono (ab.)|Telefono (ab.) 2|Abitazione"
     "|Abitazione 2|Telefono abitazione|Telefono abitazione 2|Telefono di casa|Telefono di casa 2|Telefono casa"
     "|Fone de casa|Fone de casa 2|Telefone residencial|Telefone residencial 2|Telefone da residência|Telefoon thuis"
     "|Telefoon thuis 2|Telefoon (thuis)|Telefoon privé|Hemtelefon|Hemtelefon 2|Telefon (hem)|Telefon, hem"
     "|Privattelefon|Privattelefon 2|Telefon (privat) 2|Telefon, privat|Hjemmetelefon|Kotipuhelin|Kotipuhelin 2"
     "|Puhelin (koti)|Telefon domowy|Telefon domowy 2|Telefon (dom)|Telefon (dom) 2|Telefon domů|Telefon domů 2"
     "|Telefón domov|Telefón domov 2|Otthoni telefon|Otthoni telefon 2|2. otthoni telefon|Lakástelefon|Ev Telefonu"
     "|Ev Telefonu 2|Домашний телефон|Домашний телефон 2|Телефон дом.|Телефон дом. 2|Домашній телефон"
     "|Домашній телефон 2|自宅電話|自宅電話 2|自宅の電話|住宅电话|住宅电话 2|家庭电话|住家電話|住家電話 2|집 전화"
     "|집 전화 2|집 전화 번호"},
    {PHONE(KITH_PHONE_MOBILE),
     "Mobile Phone|Mobile|Cell|Cell Phone|Cellular|Mobile Number|Home Mobile|Work Mobile|Mobile Phone 2|Phone (Mobile)"
     "|Cell Number",
     "Mobiltelefon|Mobiltelefon 2|Mobil|Handy|Handynummer|Mobil-Tel.-Nr.|Mobilnummer|Tél. mobile|Téléphone mobile"
     "|Portable|Mobile 2|Téléphone portable|Teléfono móvil|Móvil|Celular|Teléfono celular|Telefono cellulare|Cellulare"
     "|Telefono Mobile|Numero cellulare|Cellulare di Casa|Cellulare di lavoro|Telefone celular|Telemóvel"
     "|Celular pessoal|Celular de trabalho|Mobiele telefoon|Mobiel|Mobiel nummer|Gsm|Mobiltelefonnummer|Mobilnr"
     "|Mobilnr.|Matkapuhelin|Matkapuhelinnumero|Kännykkä|Telefon komórkowy|Komórka|Tel. kom.|Mobilní telefon"
     "|Mobilný telefón|Mobilszám|Cep Telefonu|Мобильный телефон|Мобильный|Телефон переносной"
     "|Номер сотового телефона|Сотовый телефон|Мобільний телефон|Мобільний|携帯電話|携帯|移动电话|手机|手机号码"
     "|行動電話|手機|手機號碼|휴대폰|휴대 전화|핸드폰"},
    {PHONE(KITH_PHONE_PRIMARY), "Primary Phone|Main Phone",
     "Haupttelefon|Telefon (Hauptnr.)|Téléphone principal|Teléfono principal|Telefono principale|Telefono Principale"
     "|Fone Primario|Fone principal|Telefone principal|Primaire telefoon|Hoofdtelefoon|Primär telefon|Primær telefon"
     "|Hovedtelefon|Ensisijainen puhelin|Ensisijainen puhelinnumero|Telefon główny|Telefon podstawowy|Hlavní telefon"
     "|Primární telefon|Primárny telefón|Hlavný telefón|Elsődleges telefon|Birincil Telefon|Основной телефон"
     "|Основний телефон|通常の電話|主要电话|代表電話|主要電話|기본 전화"},
    {PHONE(KITH_PHONE_OTHER), "Other Phone|Phone|Telephone|Phone Number|Other Telephone|Phone 1|Phone 2|Phone 3",
     "Weiteres Telefon|Telefon weitere|Telefon|Telefonnummer|Téléphone (autre)|Autre téléphone|Téléphone|Otro teléfono"
     "|Teléfono|Altro telefono|Telefono (altro)|Phone Altro|Telefono|Outro Fone|Outro telefone|Telefone|Fone"
     "|Andere telefoon|Overige telefoon|Telefoon (overig)|Telefoon|Annan telefon|Telefon (annan)|Övrig telefon"
     "|Anden telefon|Telefon (anden)|Annen telefon|Telefon, andre|Muu puhelin|Puhelin|Inny telefon|Telefon inny"
     "|Jiný telefon|Iný telefón|Telefón|Egyéb telefon|Diğer Telefon|Другой телефон|Телефон другой|Телефон"
     "|Інший телефон|その他の電話|その他電話|電話|其他电话|电话|其他電話|기타 전화|전화|전화번호"},
    {PHONE(KITH_PHONE_WORK_FAX), "Business Fax|Work Fax|Fax (Work)",
     "Fax geschäftlich|Fax dienstlich|Fax (geschäftlich)|Télécopie (bureau)|Fax (bureau)|Fax professionnel"
     "|Fax del trabajo|Fax de trabajo|Fax (uff.)|Fax ufficio|Fax di Lavoro|Fax comercial|Fax do emprego|Fax op werk"
     "|Fax werk|Fax zakelijk|Fax, arbete|Fax (arbete)|Fax, arbejde|Fax (arbejde)|Faks, arbeid|Faks, jobb"
     "|Faks (arbeid)|Työfaksi|Faksi (työ)|Faks służbowy|Faks (biuro)|Fax do zaměstnání|Fax (práce)|Fax do práce"
     "|Hivatali fax|Munkahelyi fax|İş Faksı|Рабочий факс|Робочий факс|会社 FAX|会社 ファックス|勤務先 FAX|会社FAX"
     "|商务传真|单位传真|商務傳真|근무처 팩스|회사 팩스"},
    {PHONE(KITH_PHONE_HOME_FAX), "Home Fax|Fax (Home)|Personal Fax",
     "Fax privat|Fax (privat)|Télécopie (domicile)|Fax (domicile)|Fax personnel|Fax particular|Fax del domicilio"
     "|Fax (ab.)|Fax abitazione|Fax di casa|Fax de casa|Fax residencial|Fax thuis|Fax privé|Hemfax|Fax (hem)|Fax, hem"
     "|Privatfax|Fax, privat|Faks, privat|Faks (privat)|Kotifaksi|Faksi (koti)|Faks domowy|Faks (dom)|Fax domů"
     "|Fax domov|Otthoni fax|Ev Faksı|Домашний факс|Домашній факс|自宅 FAX|自宅 ファックス|自宅FAX|住宅传真|家庭传真"
     "|住家傳真|집 팩스"},
    {PHONE(KITH_PHONE_OTHER_FAX), "Other Fax|Fax|Fax Number|Primary Fax",
     "Weiteres Fax|Faxnummer|Telefax|Télécopie (autre)|Autre fax|Télécopie|Numéro de fax|Otro fax|Altro fax"
     "|Fax (altro)|Fax Altro|Numero fax|Outro Fax|Número de Fax|Andere fax|Overige fax|Fax (overig)|Annan fax"
     "|Fax (annan)|Övrig fax|Anden fax|Fax (anden)|Annen faks|Faks, andre|Muu faksi|Faksi|Faksin numero|Inny faks"
     "|Faks inny|Faks|Jiný fax|Iný fax|Egyéb fax|Diğer Faks|Другой факс|Факс другой|Факс|Номер факса|Інший факс"
     "|その他の FAX|その他の ファックス|その他FAX|FAX 番号|其他传真|传真|其他傳真|傳真|傳真號碼|기타 팩스|팩스"},
    {PHONE(KITH_PHONE_PAGER), "Pager|Pager Number|Work Pager",
     "Pager-Nummer|Récepteur de radiomessagerie|Bip|Radiomessagerie|Buscapersonas|Localizador|Cercapersone"
     "|Numero cercapersone|Numero Pager|Número do Pager|Semafoon|Pieper|Personsökare|Personsøger|Personsøker"
     "|Hakulaite|Hakulaitteen numero|Operátor|Személyhívó|Çağrı Cihazı|Çağrı|Пейджер|Номер пейджера|ポケットベル"
     "|ポケベル|寻呼机|呼叫器|呼叫器號碼|호출기|무선 호출기"},
    {PHONE(KITH_PHONE_COMPANY), "Company Main Phone|Company Phone|Company Main Telephone|Company Telephone",
     "Telefon Firma|Firmentelefon|Firma (Hauptnummer)|Téléphone société|Téléphone (société)|Téléphone de la société"
     "|Número de centralita de la organización|Teléfono principal de la compañía|Teléfono de la compañía"
     "|Telefono principale società|Telefono società|Telefone principal da empresa|Fone principal da empresa"
     "|Telefoon (hoofdnr. bedrijf)|Telefoon bedrijf|Bedrijf (hoofdnummer)|Företag (huvudnummer)|Telefon, företag"
     "|Firmatelefon|Hovednummer, firma|Telefon, firma|Yrityksen puhelin|Yrityksen päänumero|Telefon główny firmy"
     "|Główny telefon firmy|Hlavní telefon společnosti|Telefon společnosti|Hlavný telefón spoločnosti|Céges telefon"
     "|Cég központi telefonja|Şirket Ana Telefonu|Şirket Telefonu|Основной телефон организации"
     "|Телефон организации|Телефон компанії|会社代表電話|会社代表番号|公司总机|单位主要电话|公司主要電話|公司代表電話"
     "|회사 대표 전화|회사 기본 전화"},
    {PHONE(KITH_PHONE_ASSISTANT), "Assistant's Phone|Assistant Phone|Assistants Phone|Assistant's Telephone",
     "Telefon Assistent|Telefon Assistent/in|Telefon des Assistenten|Téléphone de l'assistant(e)"
     "|Téléphone de l'assistant|Teléfono del ayudante|Teléfono del asistente|Telefono dell'assistente"
     "|Telefono assistente|Fone do Assistente|Telefone do assistente|Telefoon assistent|Telefoonnr assistent"
     "|Telefon, assistent|Assistentens telefon|Assistent, telefon|Avustajan puhelin|Avustajan puhelinnumero"
     "|Telefon asystenta|Telefon asistenta|Telefon na asistenta|Telefón asistenta|Titkár telefonja|Titkár(nő) telefonja"
     "|Yardımcının Telefonu|Asistan Telefonu|Телефон помощника|Телефон помічника|秘書の電話|秘書電話|助理电话"
     "|助理電話|비서 전화"},
    {PHONE(KITH_PHONE_CALLBACK), "Callback|Callback Phone",
     "Rückmeldung|Rückruf|Rappel|Devolución de llamada|Devolución llamada|Richiamata|Retorno de chamada"
     "|Retorno|Terugbellen|Terugbelnummer|Motringning|Ring tillbaka|Ring tilbage|Tilbakeringing|Ring tilbake"
     "|Takaisinsoitto|Oddzwonienie|Telefon zwrotny|Zpětné volání|Spätné volanie|Visszahívás|Geri Arama|Обратный вызов"
     "|Обратный звонок|Зворотний виклик|コールバック|回电|回撥|회신 전화"},
    {PHONE(KITH_PHONE_CAR), "Car Phone|Car",
     "Autotelefon|Téléphone (voiture)|Teléfono del automóvil|Teléfono automóvil|Telefono auto|Telefono dell'Auto"
     "|Fone do carro|Telefone do carro|Telefone do automóvel|Autotelefoon|Biltelefon|Bil|Autopuhelin"
     "|Telefon w samochodzie|Telefon samochodowy|Telefon do auta|Telefon v autě|Autotelefón|Autótelefon"
     "|Araç Telefonu|Araba Telefonu|Телефон в машине|Автомобильный телефон|Автомобільний телефон|自動車電話"
     "|车载电话|汽車電話|카폰"},
    {PHONE(KITH_PHONE_RADIO), "Radio Phone|Radio",
     "Mobilfunk|Funktelefon|Radio téléphone|Radiotéléphone|Teléfono de radio|Radioteléfono|Telefono via radio"
     "|Radiotelefono|Rádio-telefone|Radiotelefone|Radiotelefoon|Radiotelefon|Radiopuhelin|Radiotelefón|Rádiótelefon"
     "|Telsiz Telefon|Радиотелефон|Радіотелефон|無線電話|无线电话|무선 전화"},
    {PHONE(KITH_PHONE_ISDN), "ISDN|ISDN Phone",
     "RNIS|RDSI|ISDN-nummer|ISDN-puhelin|ISDN-telefon|Телефон ISDN|ISDN 전화"},
    {PHONE(KITH_PHONE_TELEX), "Telex",
     "Télex|Télexe|Teleks|Teleksi|Dálnopis|Ďalekopis|Телекс|テレックス|电传|電傳|텔렉스"},
    {PHONE(KITH_PHONE_TEXT), "TTY/TDD Phone|TTY TDD Phone|TTY|TTY/TDD|TDD",
     "Telefon für Hörbehinderte|Telefon für Gehörlose|Texttelefon|Téléphone TDD/TTY|Téléphone TTY/TDD"
     "|Teléfono TTY/TDD|Teléfono TDD/TTY|Número de teletipo|Telefono TTY/TDD|Telefono testuale|Telefone TTY/TDD"
     "|Teksttelefoon|Telefoon TTY/TDD|TTY/TDD-telefon|Teksttelefon|Tekstipuhelin|TTY/TDD-puhelin|Telefon TTY/TDD"
     "|TTY/TDD telefon|Telefón TTY/TDD|TTY/TDD Telefonu|Телетайп|Телефон TTY/TDD|TTY/TDD 電話|TTY/TDD 电话"
     "|TTY/TDD 전화"},

    /* Where they are. */
    {STREET(WORK, 0), "Business Street|Work Street|Work Address|Business Street 1|Business Address 1",
     "Straße geschäftlich|Strasse geschäftlich|Dienstlich: Adresse|Rue (bureau)|Adresse professionnelle"
     "|Calle del trabajo|Dirección de trabajo|Via (uff.)|Via ufficio|Indirizzo (uff.)|Indirizzo di lavoro"
     "|Rua comercial|Rua do emprego|Endereço comercial|Endereço de trabalho|Werk, straat|Straat werk|Straat (werk)"
     "|Werkadres|Adres werk, straat|Gatuadress, arbete|Gata, arbete|Gatuadress (arbete)|Gade, arbejde|Gade (arbejde)"
     "|Gate, arbeid|Gateadresse, arbeid|Gate (arbeid)|Työpaikan katuosoite|Katuosoite (työ)|Työosoite|Ulica (biuro)"
     "|Ulica (służbowy)|Adres służbowy — ulica|Ulice (zaměstnání)|Ulice (práce)|Ulica (práca)|Pracovná adresa"
     "|Hivatali utca|Hivatali cím|Munkahelyi utca|İş Adresi Cadde|İş Sokak|İş Adresi|Улица (раб.)"
     "|Улица (рабочий адрес)|Рабочий адрес: улица|Адрес (раб.)|Вулиця (роб.)|会社住所|勤務先住所|会社番地|会社住所 番地"
     "|商务地址 街道|商务 - 街道|商务街道|单位地址|商務 - 街|商務地址|商務街道|근무처 주소 번지|회사 주소"},
    {STREET(WORK, 1), "Business Street 2|Work Address 2|Business Address 2|Work Street 2",
     "Straße geschäftlich 2|Strasse geschäftlich 2|Dienstlich: Adresse 2|Rue (bureau) 2|Rue 2 (bureau)"
     "|Adresse professionnelle (suite)|Calle del trabajo 2|Via (uff.) 2|Via ufficio 2|Indirizzo di lavoro 2"
     "|Rua comercial 2|Rua do emprego 2|Endereço comercial 2|Werk, straat 2|Straat werk 2|Straat (werk) 2"
     "|Gatuadress 2, arbete|Gatuadress, arbete 2|Gade, arbejde 2|Gate, arbeid 2|Gateadresse, arbeid 2"
     "|Työpaikan katuosoite 2|Katuosoite (työ) 2|Ulica (biuro) 2|Ulice (zaměstnání) 2|Ulica (práca) 2"
     "|Hivatali utca 2|İş Adresi Cadde 2|İş Sokak 2|Улица 2 (раб. адрес)|Улица 2 (рабочий адрес)|Улица (раб.) 2"
     "|会社住所 2|会社番地 2|商务地址 街道 2|商务 - 街道 2|商務 - 街 2|근무처 주소 번지 2"},
    {STREET(WORK, 2), "Business Street 3|Business Address 3|Work Street 3",
     "Straße geschäftlich 3|Strasse geschäftlich 3|Rue (bureau) 3|Rue 3 (bureau)|Calle del trabajo 3|Via (uff.) 3"
     "|Via ufficio 3|Rua comercial 3|Rua do emprego 3|Werk, straat 3|Straat werk 3|Gatuadress 3, arbete"
     "|Gatuadress, arbete 3|Gade, arbejde 3|Gate, arbeid 3|Gateadresse, arbeid 3|Työpaikan katuosoite 3"
     "|Ulica (biuro) 3|Ulice (zaměstnání) 3|Ulica (práca) 3|Hivatali utca 3|İş Adresi Cadde 3|İş Sokak 3"
     "|Улица 3 (раб. адрес)|Улица 3 (рабочий адрес)|Улица (раб.) 3|会社住所 3|会社番地 3|商务地址 街道 3|商务 - 街道 3"
     "|商務 - 街 3|근무처 주소 번지 3"},
    {PART(KITH_CSV_CITY, WORK), "Business City|Work City",
     "Ort geschäftlich|Dienstlich: Ort|Ville (bureau)|Ciudad de trabajo|Ciudad del trabajo|Città (uff.)|Città ufficio"
     "|Città di lavoro|Cidade comercial|Cidade de trabalho|Localidade do emprego|Cidade do emprego|Werk, plaats"
     "|Plaats werk|Plaats (werk)|Ort, arbete|Postort, arbete|Ort (arbete)|By, arbejde|By (arbejde)|Poststed, arbeid"
     "|By, arbeid|Poststed (arbeid)|Työpaikan kaupunki|Postitoimipaikka (työ)|Kaupunki (työ)|Miasto (biuro)"
     "|Miejscowość (biuro)|Město (zaměstnání)|Město (práce)|Mesto (práca)|Hivatali település|Hivatali város"
     "|Munkahelyi város|İş Adresi Şehir|İş Şehir|Город (раб.)|Город (рабочий адрес)|Місто (роб.)|会社住所 市区町村"
     "|会社市区町村|勤務先市区町村|商务地址 市/县|商务 - 市/县|商务城市|商務 - 市/鎮|商務市鎮|근무처 구/군/시|회사 "
     "도시"},
    {PART(KITH_CSV_REGION, WORK),
     "Business State|Work State|Business State/Province|Business Province|Business County|Business Region",
     "Region geschäftlich|Bundesland geschäftlich|Bundesland/Kanton geschäftlich|Dienstlich: Bundesland"
     "|Dép/Région (bureau)|Département (bureau)|Provincia o estado de trabajo|Provincia o estado del trabajo"
     "|Estado o provincia del trabajo|Provincia (uff.)|Provincia ufficio|Provincia di lavoro|Estado comercial"
     "|Distrito do emprego|Estado do emprego|Werk, provincie|Provincie werk|Werk, staat/provincie|Region, arbete"
     "|Län, arbete|Delstat, arbete|Område, arbejde|Stat, arbejde|Fylke, arbeid|Delstat, arbeid|Työpaikan lääni"
     "|Lääni (työ)|Województwo (biuro)|Kraj (zaměstnání)|Kraj (práce)|Okres (práca)|Hivatali megye|Munkahelyi megye"
     "|İş Adresi İlçe|İş Bölge|Область (раб.)|Область (рабочий адрес)|Штат (раб.)|Область (роб.)"
     "|会社住所 都道府県|会社都道府県|勤務先都道府県|商务地址 省/市/自治区|商务 - 省/市/自治区|商務 - 縣市|商務縣市"
     "|근무처 시/도|회사 시/도"},
    {PART(KITH_CSV_CODE, WORK),
     "Business Postal Code|Work ZipCode|Work Zip|Business Zip|Business Zip Code|Work Postal Code",
     "Postleitzahl geschäftlich|PLZ geschäftlich|Dienstlich: PLZ|Code postal (bureau)|Código postal del trabajo"
     "|Código postal (Trabajo)|CAP (uff.)|CAP ufficio|CAP di Lavoro|Código postal comercial|CEP comercial"
     "|CEP de trabalho|Código postal do emprego|Werk, postcode|Postcode werk|Postcode (werk)|Postnummer, arbete"
     "|Postnummer (arbete)|Postnr., arbejde|Postnummer, arbejde|Postnummer, arbeid|Postnummer (arbeid)"
     "|Työpaikan postinumero|Postinumero (työ)|Kod pocztowy (biuro)|PSČ (zaměstnání)|PSČ (práce)|PSČ (práca)"
     "|PSČ zamestnania|Hivatali irányítószám|Munkahelyi irányítószám|İş Adresi Posta Kodu|İş Posta Kodu"
     "|Индекс (раб.)|Почтовый индекс (раб.)|Почтовый код (раб.)|Поштовий індекс (роб.)|会社郵便番号|勤務先郵便番号"
     "|会社住所 郵便番号|商务地址 邮政编码|商务 - 邮政编码|商务邮编|商務 - 郵遞區號|商務郵遞區號|근무처 우편 번호"
     "|회사 우편 번호"},
    {PART(KITH_CSV_COUNTRY, WORK), "Business Country/Region|Business Country|Work Country|Work Country/Region",
     "Land/Region geschäftlich|Land geschäftlich|Dienstlich: Land|Pays/Région (bureau)|Pays (bureau)"
     "|País o región del trabajo|País del trabajo|País (Trabajo)|País o región de trabajo|Paese (uff.)|Paese ufficio"
     "|Nazione/Regione di lavoro|Nazione di lavoro|Paese/Area geografica (uff.)|Paese/area (uff.)|Região/País comercial"
     "|País/Região comercial|País comercial|País de trabalho|País/região do emprego|País do emprego|Werk, land/regio"
     "|Werk, land|Land werk|Land/regio werk|Land, arbete|Land/region, arbete|Land, arbejde|Land/område, arbejde"
     "|Land, arbeid|Land/område, arbeid|Land/region, arbeid|Työpaikan maa|Maa (työ)|Maa tai alue (työ)"
     "|Kraj/region (biuro)|Kraj (biuro)|Země (zaměstnání)|Země/oblast (zaměstnání)|Země (práce)|Krajina/oblasť (práca)"
     "|Krajina (práca)|Štát zamestnania|Hivatali ország|Hivatali ország/régió|İş Adresi Ülke|İş Adresi Ülke/Bölge"
     "|İş Ülke/Bölge|Страна (раб.)|Страна или регион (раб.)|Страна/регион (раб.)|Країна (роб.)|会社の国/地域"
     "|会社住所 国/地域|会社国/地域|商务国家/地区|商务 - 国家/地区|商务国家|商務 - 國家/地區|商務國家|근무처 국가"
     "|근무처 국가/지역"},
    {PART(KITH_CSV_BOX, WORK), "Business Address PO Box|Business PO Box|Work PO Box",
     "Postfach geschäftlich|Boîte postale (bureau)|B.P. professionnelle|B.P. (bureau)|Apartado postal del trabajo"
     "|Apartado del trabajo|Casella postale (uff.)|Casella postale ufficio|Caixa postal do endereço comercial"
     "|Caixa postal comercial|Apartado do emprego|Werk, postbus|Postbus werk|Adres werk, postbus|Postbox, arbete"
     "|Postboks, arbejde|Postboks, arbeid|Työpaikan postilokero|Postilokero (työ)|Skrytka pocztowa (biuro)"
     "|Adres służbowy - skrytka pocztowa|Poštovní přihrádka (zaměstnání)|P.O. box (práca)|Hivatali postafiók"
     "|İş Adresi Posta Kutusu|Почтовый ящик (раб.)|会社私書箱|会社住所 私書箱|商务邮政信箱|商务地址 邮箱"
     "|商務地址郵政信箱|商務 - 郵政信箱|근무처 사서함"},
    {PART(KITH_CSV_ADDRESS, WORK), "Business Address", "Adresse (bureau)|Adresse geschäftlich|Dirección del trabajo"},

    {STREET(HOME, 0), "Home Street|Home Address 1|Home Street 1",
     "Straße privat|Strasse privat|Privat: Adresse|Rue (domicile)|Adresse privée|Calle del domicilio|Calle particular"
     "|Dirección personal|Via (ab.)|Via abitazione|Indirizzo di casa|Rua de casa|Rua residencial|Rua da residência"
     "|Endereço de casa|Endereço residencial|Thuis, straat|Straat thuis|Straat (thuis)|Huisadres|Adres thuis, straat"
     "|Gatuadress, hem|Gata, hem|Gatuadress (hem)|Gade, privat|Gade (privat)|Gate, privat|Gateadresse, privat"
     "|Kodin katuosoite|Katuosoite (koti)|Kotiosoite|Ulica (dom)|Ulica (domowy)|Ulice (domů)|Ulice (bydliště)"
     "|Ulica (domov)|Adresa domov|Otthoni utca|Lakcím utca|Lakcím|Ev Adresi Cadde|Ev Sokak|Ev Adresi|Улица (дом.)"
     "|Улица (домашний адрес)|Домашний адрес: улица|Домашний адрес|Вулиця (дом.)|自宅住所|自宅番地|自宅住所 番地"
     "|住宅地址 街道|住宅 - 街道|家庭地址|住家 - 街|住家住址|집 주소 번지|집 주소"},
    {STREET(HOME, 1), "Home Street 2|Home Address 2",
     "Straße privat 2|Strasse privat 2|Privat: Adresse 2|Rue (domicile) 2|Rue 2 (domicile)|Adresse privée (suite)"
     "|Calle del domicilio 2|Calle particular 2|Via (ab.) 2|Via abitazione 2|Indirizzo di casa 2|Rua de casa 2"
     "|Rua residencial 2|Endereço residencial 2|Thuis, straat 2|Straat thuis 2|Gatuadress 2, hem|Gatuadress, hem 2"
     "|Gade, privat 2|Gate, privat 2|Gateadresse, privat 2|Kodin katuosoite 2|Katuosoite (koti) 2|Ulica (dom) 2"
     "|Ulice (domů) 2|Ulica (domov) 2|Otthoni utca 2|Ev Adresi Cadde 2|Ev Sokak 2|Улица 2 (дом. адрес)"
     "|Улица 2 (домашний адрес)|Улица (дом.) 2|自宅住所 2|自宅番地 2|住宅地址 街道 2|住宅 - 街道 2|住家 - 街 2"
     "|집 주소 번지 2"},
    {STREET(HOME, 2), "Home Street 3|Home Address 3",
     "Straße privat 3|Strasse privat 3|Rue (domicile) 3|Rue 3 (domicile)|Calle del domicilio 3|Calle particular 3"
     "|Via (ab.) 3|Via abitazione 3|Rua de casa 3|Rua residencial 3|Thuis, straat 3|Straat thuis 3|Gatuadress 3, hem"
     "|Gatuadress, hem 3|Gade, privat 3|Gate, privat 3|Gateadresse, privat 3|Kodin katuosoite 3|Ulica (dom) 3"
     "|Ulice (domů) 3|Ulica (domov) 3|Otthoni utca 3|Ev Adresi Cadde 3|Ev Sokak 3|Улица 3 (дом. адрес)"
     "|Улица 3 (домашний адрес)|Улица (дом.) 3|自宅住所 3|自宅番地 3|住宅地址 街道 3|住宅 - 街道 3|住家 - 街 3"
     "|집 주소 번지 3"},
    {PART(KITH_CSV_CITY, HOME), "Home City",
     "Ort privat|Privat: Ort|Ville (domicile)|Ciudad del domicilio|Ciudad de residencia|Ciudad particular|Città (ab.)"
     "|Città abitazione|Città di residenza|Cidade de casa|Cidade residencial|Localidade da residência|Thuis, plaats"
     "|Plaats thuis|Plaats (thuis)|Ort, hem|Postort, hem|Ort (hem)|By, privat|By (privat)|Poststed, privat"
     "|Kotikaupunki|Kodin kaupunki|Postitoimipaikka (koti)|Miasto (dom)|Miejscowość (dom)|Město (domů)"
     "|Město (bydliště)|Mesto (domov)|Otthoni település|Otthoni város|Ev Adresi Şehir|Ev Şehir|Город (дом.)"
     "|Город (домашний адрес)|Місто (дом.)|自宅住所 市区町村|自宅市区町村|住宅地址 市/县|住宅 - 市/县|住宅城市"
     "|住家 - 市/鎮|居住市鎮|집 구/군/시"},
    {PART(KITH_CSV_REGION, HOME), "Home State|Home State/Province|Home Province|Home County|Home Region",
     "Region privat|Bundesland privat|Bundesland/Kanton privat|Privat: Bundesland|Dép/Région (domicile)"
     "|Département (domicile)|Provincia o estado de residencia|Provincia o estado del domicilio|Provincia (ab.)"
     "|Estado o provincia del domicilio|Provincia abitazione|Provincia di residenza|Estado de casa|Estado residencial"
     "|Distrito da residência|Thuis, provincie|Provincie thuis|Thuis, staat/provincie|Region, hem|Län, hem"
     "|Delstat, hem|Område, privat|Stat, privat|Fylke, privat|Delstat, privat|Kodin lääni|Lääni (koti)"
     "|Województwo (dom)|Kraj (domů)|Okres (domov)|Otthoni megye|Ev Adresi İlçe|Ev Bölge|Область (дом.)"
     "|Область (домашний адрес)|Область (домашній)|自宅住所 都道府県|自宅都道府県|住宅地址 省/市/自治区"
     "|住宅 - 省/市/自治区|住家 - 縣/市|居住縣市|집 시/도"},
    {PART(KITH_CSV_CODE, HOME), "Home Postal Code|Home ZipCode|Home Zip|Home Zip Code",
     "Postleitzahl privat|PLZ privat|Privat: PLZ|Code postal (domicile)|Código postal del domicilio"
     "|Código postal particular|CAP (ab.)|CAP abitazione|CAP di casa|CAP di residenza|Código Postal de casa"
     "|CEP de casa|CEP pessoal|CEP residencial|Código postal residencial|Código postal da residência|Thuis, postcode"
     "|Postcode thuis|Postcode (thuis)|Postnummer, hem|Postnummer (hem)|Postnr., privat|Postnummer, privat"
     "|Kodin postinumero|Postinumero (koti)|Kod pocztowy (dom)|PSČ (domů)|PSČ (bydliště)|PSČ (domov)|PSČ domov"
     "|Otthoni irányítószám|Ev Adresi Posta Kodu|Ev Posta Kodu|Индекс (дом.)|Почтовый индекс (дом.)|Почтовый код (дом.)"
     "|Поштовий індекс (дом.)|自宅郵便番号|自宅住所 郵便番号|住宅地址 邮政编码|住宅 - 邮政编码|住家 - 郵遞區號"
     "|住址郵遞區號|집 우편 번호"},
    {PART(KITH_CSV_COUNTRY, HOME), "Home Country/Region|Home Country",
     "Land/Region privat|Land privat|Privat: Land|Pays/Région (domicile)|Pays (domicile)|País o región del domicilio"
     "|País de residencia|País del domicilio|País particular|Paese (ab.)|Paese abitazione|Nazione/Regione di casa"
     "|Nazione di residenza|Paese/Area geografica (ab.)|Paese/area (ab.)|Região/País de casa|País/Região residencial"
     "|País de casa|País residencial|País/região da residência|Thuis, land/regio|Thuis, land|Land thuis"
     "|Land/regio thuis|Land, hem|Land/region, hem|Land, privat|Land/område, privat|Land/region, privat|Kotimaa"
     "|Kodin maa|Maa (koti)|Maa tai alue (koti)|Kraj/region (dom)|Kraj (dom)|Země (domů)|Země/oblast (domů)"
     "|Krajina/oblasť (domov)|Krajina (domov)|Štát domov|Otthoni ország|Otthoni ország/régió|Ev Adresi Ülke"
     "|Ev Adresi Ülke/Bölge|Ev Ülke/Bölge|Страна (дом.)|Страна или регион (дом.)|Страна/регион (дом.)|Країна (дом.)"
     "|自宅の国/地域|自宅住所 国/地域|自宅国/地域|住宅国家/地区|住宅 - 国家/地区|住家 - 國家/地區|居住國家|집 국가"
     "|집 국가/지역"},
    {PART(KITH_CSV_BOX, HOME), "Home Address PO Box|Home PO Box",
     "Postfach privat|Boîte postale (domicile)|B.P. domicile|B.P. (domicile)|Apartado postal del domicilio"
     "|Apartado particular|Casella postale (ab.)|Casella postale abitazione|Caixa postal do endereço residencial"
     "|Caixa postal residencial|Apartado da residência|Thuis, postbus|Postbus thuis|Adres thuis, postbus|Postbox, hem"
     "|Postboks, privat|Kodin postilokero|Postilokero (koti)|Skrytka pocztowa (dom)|Adres domowy - skrytka pocztowa"
     "|Poštovní přihrádka (domů)|P.O. box (domov)|Otthoni postafiók|Ev Adresi Posta Kutusu|Почтовый ящик (дом.)"
     "|自宅私書箱|自宅住所 私書箱|住宅邮政信箱|住宅地址 邮箱|住家地址郵政信箱|住家 - 郵政信箱|집 사서함"},
    {PART(KITH_CSV_ADDRESS, HOME), "Home Address", "Adresse (domicile)|Adresse privat|Dirección particular"},

    {STREET(OTHER, 0), "Other Street|Other Address 1",
     "Weitere Straße|Weitere Strasse|Rue (autre)|Autre rue|Otra calle|Altra via|Via (altro)|Via Altro|Outra Rua"
     "|Anders, straat|Overig, straat|Straat (overig)|Andere straat|Gatuadress, övrigt|Annan gatuadress|Gata (annan)"
     "|Anden gade|Gade, andet|Annen gate|Gate, andre|Muu katuosoite|Katuosoite (muu)|Inna ulica|Ulica (inny)"
     "|Jiná ulice|Ulice (jiná)|Iná ulica|Ulica (iné)|Egyéb utca|Diğer Cadde|Diğer Adres Cadde|Diğer Sokak"
     "|Улица (другой)|Улица (другой адрес)|Вулиця (інша)|その他住所|その他の住所|その他番地|其他地址 街道"
     "|其他 - 街道|其他街道|其他 - 街|기타 주소 번지|기타 주소"},
    {STREET(OTHER, 1), "Other Street 2|Other Address 2",
     "Weitere Straße 2|Weitere Strasse 2|Rue (autre) 2|Rue 2 (autre)|Otra calle 2|Altra via 2|Via (altro) 2"
     "|Outra Rua 2|Anders, straat 2|Overig, straat 2|Gatuadress 2, övrigt|Annan gatuadress 2|Anden gade 2"
     "|Annen gate 2|Gate, andre 2|Muu katuosoite 2|Inna ulica 2|Ulica (inny) 2|Jiná ulice 2|Iná ulica 2"
     "|Egyéb utca 2|Diğer Cadde 2|Улица 2 (другой)|Улица 2 (другой адрес)|Улица (другой) 2|その他住所 2|その他の住所 2"
     "|其他地址 街道 2|其他 - 街道 2|其他 - 街 2|기타 주소 번지 2"},
    {STREET(OTHER, 2), "Other Street 3|Other Address 3",
     "Weitere Straße 3|Weitere Strasse 3|Rue (autre) 3|Rue 3 (autre)|Otra calle 3|Altra via 3|Via (altro) 3"
     "|Outra Rua 3|Anders, straat 3|Overig, straat 3|Gatuadress 3, övrigt|Annan gatuadress 3|Anden gade 3"
     "|Annen gate 3|Gate, andre 3|Muu katuosoite 3|Inna ulica 3|Ulica (inny) 3|Jiná ulice 3|Iná ulica 3"
     "|Egyéb utca 3|Diğer Cadde 3|Улица 3 (другой)|Улица 3 (другой адрес)|Улица (другой) 3|その他住所 3|その他の住所 3"
     "|其他地址 街道 3|其他 - 街道 3|其他 - 街 3|기타 주소 번지 3"},
    {PART(KITH_CSV_CITY, OTHER), "Other City",
     "Weiterer Ort|Ville (autre)|Autre ville|Otra ciudad|Altra città|Città (altro)|Città Altro|Outra cidade"
     "|Outra localidade|Anders, plaats|Overig, plaats|Andere plaats|Ort, övrigt|Annan ort|Anden by|By, andet"
     "|Annet poststed|Poststed, andre|Muu kaupunki|Muu postitoimipaikka|Inne miasto|Miasto (inny)|Jiné město"
     "|Iné mesto|Egyéb település|Egyéb város|Diğer Şehir|Город (другой)|Город (другой адрес)|Місто (інше)"
     "|その他市区町村|その他の市区町村|其他地址 市/县|其他 - 市/县|其他城市|其他 - 市/鎮|기타 구/군/시"},
    {PART(KITH_CSV_REGION, OTHER), "Other State|Other State/Province|Other Region",
     "Weitere Region|Weiteres Bundesland|Weiteres/r Bundesland/Kanton|Dép/Région (autre)|Otra provincia o estado"
     "|Otro estado o provincia|Altra provincia|Provincia (altro)|Stato Altro|Outro Estado|Outro distrito"
     "|Anders, provincie|Overig, provincie|Andere provincie|Region, övrigt|Annat län|Andet område|Anden stat"
     "|Annet fylke|Fylke, andre|Muu lääni|Inne województwo|Województwo (inny)|Jiný kraj|Iný okres|Okres (iné)"
     "|Egyéb megye|Diğer İlçe|Diğer Bölge|Область (другой)|Область (другой адрес)|Область (інша)|その他都道府県"
     "|その他の都道府県|其他地址 省/市/自治区|其他 - 省/市/自治区|其他 - 縣/市|기타 시/도"},
    {PART(KITH_CSV_CODE, OTHER), "Other Postal Code|Other Zip|Other Zip Code",
     "Weitere Postleitzahl|Code postal (autre)|Otro código postal|Altro CAP|CAP (altro)|CAP Postale Altro"
     "|Outro Código Postal|Outro CEP|Anders, postcode|Overig, postcode|Andere postcode|Postnummer, övrigt"
     "|Annat postnummer|Andet postnr.|Andet postnummer|Annet postnummer|Postnummer, andre|Muu postinumero"
     "|Inny kod pocztowy|Kod pocztowy (inny)|Jiné PSČ|Iné PSČ|Egyéb irányítószám|Diğer Posta Kodu|Индекс (другой)"
     "|Почтовый индекс (другой)|Почтовый код (другой)|Поштовий індекс (інший)|その他郵便番号|その他の郵便番号"
     "|其他地址 邮政编码|其他 - 邮政编码|其他 - 郵遞區號|기타 우편 번호"},
    {PART(KITH_CSV_COUNTRY, OTHER), "Other Country/Region|Other Country",
     "Weiteres/e Land/Region|Weiteres Land|Weiteres Land/Region|Pays/Région (autre)|Pays (autre)|Otro país o región"
     "|Otro país|Altro paese|Paese (altro)|Nazione/Regione Altro|Paese/Area geografica (altro)|Altro paese/area"
     "|Outro País/Região|Outro país|Anders, land/regio|Overig, land/regio|Overig, land|Ander land|Land, övrigt"
     "|Land/region, övrigt|Annat land|Andet land|Andet land/område|Annet land|Annet land/område|Land, andre|Muu maa"
     "|Muu maa tai alue|Inny kraj/region|Inny kraj|Kraj/region (inny)|Jiná země|Jiná země/oblast|Krajina/oblasť (iné)"
     "|Iná krajina|Egyéb ország|Egyéb ország/régió|Diğer Ülke|Diğer Ülke/Bölge|Страна (другая)|Страна (другой)"
     "|Страна или регион (другой)|Страна/регион (другой)|Країна (інша)|その他の国/地域|その他国/地域|其他国家/地区"
     "|其他 - 国家/地区|其他 - 國家/地區|기타 국가|기타 국가/지역"},
    {PART(KITH_CSV_BOX, OTHER), "Other Address PO Box|Other PO Box",
     "Weiteres Postfach|Boîte postale (autre)|Autre B.P.|B.P. (autre)|Otro apartado postal|Apartado de otra dirección"
     "|Altra casella postale|Casella postale (altro)|Outra caixa postal|Caixa postal de outro endereço"
     "|Anders, postbus|Overig, postbus|Overig adres, postbus|Postbox, övrigt|Anden postboks|Annen postboks"
     "|Muu postilokero|Inna skrytka pocztowa|Inny adres - skrytka pocztowa|Jiná poštovní přihrádka|Iný P.O. box"
     "|Egyéb postafiók|Diğer Posta Kutusu|Почтовый ящик (другой)|その他の私書箱|その他私書箱|其他邮政信箱"
     "|其他地址郵政信箱|其他 - 郵政信箱|기타 사서함"},
    {PART(KITH_CSV_ADDRESS, OTHER), "Other Address", "Adresse (autre)|Weitere Adresse|Otra dirección"},

    {STREET(NOWHERE, 0), "Street|Street Address|Address Line 1|Address 1|Mailing Street",
     "Straße|Strasse|Rue|Calle|Via|Rua|Straat|Gata|Gatuadress|Gade|Gate|Katuosoite|Ulica|Ulice|Utca|Cadde|Sokak"
     "|Улица|Вулиця|番地|街道|거리"},
    {STREET(NOWHERE, 1), "Address Line 2|Address 2|Street 2|Street Address 2", "Straße 2|Rue 2|Calle 2"},
    {PART(KITH_CSV_CITY, NOWHERE), "City|Town",
     "Ort|Stadt|Wohnort|Ville|Ciudad|Città|Cidade|Plaats|Stad|Postort|Poststed|Kaupunki|Postitoimipaikka|Miasto|Město"
     "|Mesto|Város|Település|Şehir|Город|Місто|市区町村|城市|市/鎮|도시"},
    {PART(KITH_CSV_REGION, NOWHERE), "State|Province|Region|County|State/Province",
     "Bundesland|Kanton|Région|Provincia|Estado|Provincie|Län|Fylke|Lääni|Województwo|Megye|İl|Область|Штат|都道府県"
     "|省|縣市|시/도"},
    {PART(KITH_CSV_CODE, NOWHERE), "Postal Code|Zip|Zip Code|ZipCode|Postcode",
     "Postleitzahl|PLZ|Code postal|Código postal|CAP|CEP|Postnummer|Postinumero|Kod pocztowy|PSČ|Irányítószám"
     "|Posta Kodu|Почтовый индекс|Индекс|Поштовий індекс|郵便番号|邮政编码|邮编|郵遞區號|우편 번호"},
    {PART(KITH_CSV_COUNTRY, NOWHERE), "Country|Country/Region",
     "Land|Land/Region|Pays|País|Paese|Nazione|Land/regio|Maa|Kraj|Země|Krajina|Ország|Ülke|Страна|Країна|国|国/地域"
     "|国家|國家|국가"},
    {PART(KITH_CSV_BOX, NOWHERE), "PO Box|P.O. Box",
     "Postfach|Boîte postale|Apartado postal|Casella postale|Caixa postal|Postbus|Postbox|Postboks|Postilokero"
     "|Skrytka pocztowa|Почтовый ящик|私書箱|郵政信箱|사서함"},
    {PART(KITH_CSV_ADDRESS, NOWHERE), "Address|Full Address|Postal Address|Mailing Address",
     "Adresse|Anschrift|Dirección|Indirizzo|Endereço|Morada|Adres|Adress|Osoite|Adresa|Cím|Адрес|Адреса|住所|地址|"
     "주소"},

    /* Days. A birthday beside a month of birth is the day in it ("Birth Day"): see parse_csv.c. */
    {DATE(KITH_DATE_BIRTHDAY), "Birthday|Birth Date|Birthdate|Date of Birth|Born",
     "Geburtstag|Geburtsdatum|Anniversaire|Date de naissance|Cumpleaños|Fecha de nacimiento|Compleanno"
     "|Data di Nascita|Aniversário|Data de nascimento|Data de aniversário|Verjaardag|Geboortedatum|Födelsedag"
     "|Födelsedatum|Fødselsdag|Fødselsdato|Bursdag|Fødselsdag/bursdag|Syntymäpäivä|Syntymäaika|Urodziny"
     "|Data urodzenia|Narozeniny|Datum narození|Narodeniny|Dátum narodenia|Születésnap|Születési dátum|Doğum Günü"
     "|Doğum Tarihi|День рождения|Дата рождения|День народження|Дата народження|誕生日|生年月日|生日|出生日期|생일"},
    {DATE(KITH_DATE_ANNIVERSARY), "Anniversary|Wedding Anniversary",
     "Jahrestag|Hochzeitstag|Anniversaire de mariage ou fête|Anniversaire de mariage|Fête|Aniversario|Anniversario"
     "|Datas especiais|Aniversário de casamento|Trouwdag|Gedenkdag|Speciale datum|Årsdag|Mærkedag|Jubileum"
     "|Merkkipäivä|Vuosipäivä|Hääpäivä|Rocznica|Výročí|Výročie|Évforduló|Yıldönümü|Yıl Dönümü|Годовщина|Річниця"
     "|記念日|纪念日|紀念日|기념일"},
    {BIRTHDAY(KITH_CSV_DAY), "Day of Birth",
     "Jour|Jour de naissance|Día de nacimiento|Giorno di nascita|Dia de nascimento|Geboortedag|Deň narodenia"
     "|Den narození|生日 (日)"},
    {BIRTHDAY(KITH_CSV_MONTH), "Birth Month|Birthday Month",
     "Geburtsmonat|Mois|Mois de naissance|Mes de nacimiento|Mese di nascita|Mês de nascimento|Geboortemaand"
     "|Födelsemånad|Fødselsmåned|Syntymäkuukausi|Miesiąc urodzenia|Měsíc narození|Mesiac narodenia|Месяц рождения"
     "|生日 (月)"},
    {BIRTHDAY(KITH_CSV_YEAR), "Birth Year|Birthday Year",
     "Geburtsjahr|Année de naissance|Año de nacimiento|Anno di nascita|Ano de nascimento|Geboortejaar|Födelseår"
     "|Fødselsår|Syntymävuosi|Rok urodzenia|Rok narození|Rok narodenia|Год рождения|生日 (年)"},

    /* Pages, chats, groups. */
    {ITEM(KITH_ITEM_WEB, NOWHERE, ""),
     "Web Page|Website|URL|Homepage|Home Page|Web Site|Web Page 1|Website Home Page|Website Profile|Website Blog",
     "Webseite|Internetseite|Webseite 1|Page Web|Site Web|Site Web 1|Página web|Página web 1|Sitio web|Pagina Web"
     "|Sito Web|Pagina web 1|Página da Web|Página na Web|Webpagina|Webpagina 1|Webbsida|Webbplats|Webside|Webside 1"
     "|Hjemmeside|Nettside|WWW-sivu|Web-sivu|Verkkosivu|Verkkosivu 1|Strona sieci Web|Strona WWW|Webová stránka"
     "|Webová stránka 1|Weblap|Weboldal|Web Sayfası|Веб-страница|Веб-страница 1|Веб-сторінка|Web ページ|ホームページ"
     "|网页|网址|網頁|網頁 1|웹 페이지"},
    {ITEM(KITH_ITEM_WEB, HOME, ""), "Personal Web Page|Personal Website",
     "Persönliche Webseite|Page Web personnelle|Página web personal|Pagina Web personale|Página pessoal"
     "|Persoonlijke webpagina|Personlig webbsida|Personlig webside|Osobista strona sieci Web|Osobní webová stránka"
     "|Kişisel Web Sayfası|Личная веб-страница|個人の Web ページ|個人 Web ページ|个人网页|個人網頁|개인 웹 페이지"},
    {ITEM(KITH_ITEM_WEB, WORK, ""), "Business Web Page|Website Work|Work Web Page|Business Website", ""},
    {ITEM(KITH_ITEM_WEB, OTHER, ""), "Web Page 2|Website Other|Website 2",
     "Webseite 2|Site Web 2|Página web 2|Pagina web 2|Webpagina 2|Webside 2|Verkkosivu 2|Webová stránka 2"
     "|Веб-страница 2|網頁 2"},
    {ITEM(KITH_ITEM_CHAT, NOWHERE, ""), "IMAddress|IM Address|IM|Instant Messaging|Screen Name|Chat",
     "Chatname|Sofortnachrichtenadresse|Messenger-Name|Adresse de messagerie instantanée|Nom d'utilisateur"
     "|Dirección de MI|Indirizzo messaggistica immediata|Endereço de IM|Chatadres|IM-adress|IM-adresse|IM アドレス"},
    {ITEM(KITH_ITEM_CHAT, NOWHERE, "AIM"), "AIM|IM AIM|AIM Screen Name", ""},
    {ITEM(KITH_ITEM_CHAT, NOWHERE, "ICQ"), "ICQ|IM ICQ", ""},
    {ITEM(KITH_ITEM_CHAT, NOWHERE, "Jabber"), "Jabber|IM Jabber|XMPP", ""},
    {ITEM(KITH_ITEM_CHAT, NOWHERE, "MSN"), "MSN|IM MSN|Windows Live", ""},
    {ITEM(KITH_ITEM_CHAT, NOWHERE, "Skype"), "Skype|IM Skype", ""},
    {ITEM(KITH_ITEM_CHAT, NOWHERE, "Yahoo"), "Yahoo|IM Yahoo", ""},
    {LIST(KITH_ITEM_CATEGORY), "Categories|Category|Groups|Group|Group Membership|Labels|Tags",
     "Kategorien|Kategorie|Gruppen|Gruppe|Catégories|Catégorie|Groupes|Categorías|Categoría|Grupos|Categorie|Gruppi"
     "|Categorias|Categorieën|Groepen|Kategorier|Grupper|Luokat|Ryhmät|Kategoria|Grupy|Skupiny|Kategórie|Kategóriák"
     "|Csoportok|Kategoriler|Gruplar|Категории|Группы|Категорії|Групи|分類|グループ|类别|分组|類別|群組|범주|그룹"},

    /* What there is no field for. */
    {TEXT(KITH_TEXT_NOTES), "Notes|Note|Comments|Comment|Info|Remarks",
     "Notizen|Notiz|Bemerkungen|Anmerkungen|Kommentar|Remarques|Commentaires|Notas|Comentarios|Observaciones"
     "|Annotazioni|Commenti|Observações|Informações|Notities|Opmerkingen|Anteckningar|Anmärkningar|Noter|Bemærkninger"
     "|Notater|Merknader|Muistiinpanot|Huomautukset|Notatki|Uwagi|Poznámky|Poznámka|Jegyzetek|Feljegyzések"
     "|Megjegyzés|Megjegyzések|Notlar|Заметки|Примечания|Нотатки|Примітки|メモ|備考|附注|便笺|备注|記事|備註|메모"},
    {EXTRA("Account"), "Account",
     "Konto|Compte|Cuenta|Conta|Tili|Účet|Fiók|Hesap|Учетная запись|Счет|アカウント|帐户|帳戶|계정"},
    {EXTRA("Billing information"), "Billing Information|Billing",
     "Abrechnungsinformation|Informations facturation|Información de facturación|Dati fatturazione|Dati di fatturazione"
     "|Informações para cobrança|Informações de cobrança|Factuurgegevens|Factureringsgegevens|Debiteringsinformation"
     "|Faktureringsinformation|Faktureringsoplysninger|Faktureringsinformasjon|Laskutustiedot|Informacje rozliczeniowe"
     "|Fakturační údaje|Informace o fakturaci|Fakturačné údaje|Számlázási információ|Fatura Bilgisi|Расчеты|支払い条件"
     "|経費情報|记帐信息|帐单信息|帳單資訊|청구 정보"},
    {EXTRA("Directory server"), "Directory Server",
     "Verzeichnisserver|Serveur de répertoires|Serveur d'annuaire|Servidor de directorio|Server di elenchi in linea"
     "|Servidor de diretório|Directory-server|Directoryserver|Katalogserver|Hakemistopalvelin|Serwer katalogowy"
     "|Adresářový server|Címtárkiszolgáló|Dizin Sunucusu|Сервер каталогов|ディレクトリ サーバー|目录服务器|目錄伺服器"
     "|디렉터리 서버"},
    {{.kind = KITH_CSV_GENDER, .word = "Gender"},
     "Gender|Sex",
     "Geschlecht|Sexe|Género|Sexo|Genere|Sesso|Gênero|Geslacht|Kön|Køn|Kjønn|Sukupuoli|Płeć|Pohlaví|Pohlavie|Nem"
     "|Cinsiyet|Пол|Стать|性別|性别|성별"},
    {EXTRA("Government ID"), "Government ID Number|Government ID",
     "Regierungs-Nr.|Ausweisnummer|Code gouvernement|Número de identificación|Número de Id. gubernamental"
     "|Codice fiscale|Número de identificação governamental|Overheids-ID|Sofi-nummer|Personnummer|ID-nummer"
     "|Henkilötunnus|Numer identyfikacyjny|Rodné číslo|Számítógépes azonosító|Kimlik Numarası|Личный код|Код"
     "|身分証明書番号|政府证件号|身分證字號|주민 등록 번호"},
    {EXTRA("Hobbies"), "Hobby|Hobbies|Interests",
     "Hobbys|Interessen|Passe-temps|Centres d'intérêt|Afición|Aficiones|Passatempo|Passatempos|Hobby's|Intressen"
     "|Fritidsinteresser|Harrastus|Harrastukset|Hobbi|Koníčky|Záľuby|Hobiler|Хобби|Хобі|趣味|爱好|嗜好|취미"},
    {EXTRA("Free/busy address"), "Internet Free Busy|Internet Free/Busy",
     "Internet-Frei/Gebucht|Internet Frei/Gebucht|Disponibilité Internet|Disponibilidad en Internet"
     "|Disponibilità Internet|Disponibilidade na Internet|Internet Vrij/Bezet|Internet-beschikbaarheid"
     "|Ledig/upptagen på Internet|Ledig/optaget på internettet|Ledig/opptatt på Internett|Internet-varaustiedot"
     "|Informacje Wolny/Zajęty w Internecie|Informace o volném čase|Szabad/foglalt az interneten"
     "|İnternet Serbest Meşgul|Сведения о доступности|インターネット空き時間情報|Internet 忙闲|網際網路空閒-忙碌"
     "|인터넷 약속 있음/없음"},
    {EXTRA("Keywords"), "Keywords",
     "Stichwörter|Schlüsselwörter|Mots clés|Palabras clave|Parole chiave|Palavras-chave|Trefwoorden|Nyckelord|Nøgleord"
     "|Nøkkelord|Avainsanat|Słowa kluczowe|Klíčová slova|Kľúčové slová|Kulcsszavak|Anahtar Sözcükler"
     "|Ключевые слова|Ключові слова|キーワード|关键字|關鍵字|키워드"},
    {EXTRA("Language"), "Language",
     "Sprache|Langue|Idioma|Lengua|Lingua|Taal|Språk|Sprog|Kieli|Język|Jazyk|Nyelv|Dil|Язык|Мова|言語|语言|語言|언어"},
    {EXTRA("Location"), "Location",
     "Standort|Emplacement|Ubicación|Localización|Luogo|Local|Localização|Locatie|Plats|Placering|Plassering|Sijainti"
     "|Lokalizacja|Umístění|Umiestnenie|Hely|Konum|Расположение|Место|Розташування|場所|位置|地点|위치"},
    {EXTRA("Mileage"), "Mileage",
     "Reisekilometer|Kilometer|Kilométrage|Kilometraje|Indennità trasferta|Indennità chilometrica|Quilometragem"
     "|Kilometerstand|Reisafstand|Reseersättning|Kilometerpenge|Kjørelengde|Kilometrikorvaus|Przebieg|Dystans"
     "|Vzdálenost|Najeté km|Költség|Maliyet|Расстояние|Відстань|経費情報2|行驶里程|里程|里程數|주행 거리"},
    {EXTRA("Organisational ID"), "Organizational ID Number|Organisational ID Number|Organization ID",
     "Organisationsnr.|Organisations-Nr.|Numéro d'identification de l'organisation"
     "|Número de identificación de la organización|Codice organizzazione|Número de identificação da organização"
     "|Organisatie-ID|Organisationsnummer|Organisasjonsnummer|Organisaatiotunnus|Numer identyfikacyjny organizacji"
     "|Identifikační číslo organizace|IČO|Szervezeti azonosító|Kuruluş Kimlik Numarası|Код организации|組織 ID 番号"
     "|組織識別碼|单位代码|조직 ID 번호"},
    {EXTRA("Referred by"), "Referred By",
     "Empfohlen von|Recommandé par|Remitido por|Enviado por|Presentato da|Indicado por|Referido por|Aanbevolen door"
     "|Doorverwezen door|Refererad av|Henvist af|Henvist av|Viittaaja|Polecony przez|Doporučil|Odporučil|Ajánlotta"
     "|Öneren|Referans|Источник|Кем рекомендован|紹介者|推荐人|介绍人|介紹人|참조자"},
    {EXTRA("User field 1"), "User 1|Custom 1|User Field 1",
     "Benutzer 1|Benutzerdefiniert 1|Utilisateur 1|Divers 1|Usuario 1|Personalizado 1|Utente 1|Personalizzato 1"
     "|Usuário 1|Utilizador 1|Gebruiker 1|Användare 1|Bruger 1|Bruker 1|Käyttäjä 1|Użytkownik 1|Uživatel 1"
     "|Používateľ 1|Felhasználó 1|Kullanıcı 1|Пользователь 1|Пользовательское 1|Користувач 1|ユーザー 1"
     "|ユーザー フィールド 1|ユーザー定義 1|用户 1|使用者 1|사용자 1"},
    {EXTRA("User field 2"), "User 2|Custom 2|User Field 2",
     "Benutzer 2|Benutzerdefiniert 2|Utilisateur 2|Divers 2|Usuario 2|Personalizado 2|Utente 2|Personalizzato 2"
     "|Usuário 2|Utilizador 2|Gebruiker 2|Användare 2|Bruger 2|Bruker 2|Käyttäjä 2|Użytkownik 2|Uživatel 2"
     "|Používateľ 2|Felhasználó 2|Kullanıcı 2|Пользователь 2|Пользовательское 2|Користувач 2|ユーザー 2"
     "|ユーザー フィールド 2|ユーザー定義 2|用户 2|使用者 2|사용자 2"},
    {EXTRA("User field 3"), "User 3|Custom 3|User Field 3",
     "Benutzer 3|Benutzerdefiniert 3|Utilisateur 3|Divers 3|Usuario 3|Personalizado 3|Utente 3|Personalizzato 3"
     "|Usuário 3|Utilizador 3|Gebruiker 3|Användare 3|Bruger 3|Bruker 3|Käyttäjä 3|Użytkownik 3|Uživatel 3"
     "|Používateľ 3|Felhasználó 3|Kullanıcı 3|Пользователь 3|Пользовательское 3|Користувач 3|ユーザー 3"
     "|ユーザー フィールド 3|ユーザー定義 3|用户 3|使用者 3|사용자 3"},
    {EXTRA("User field 4"), "User 4|Custom 4|User Field 4",
     "Benutzer 4|Benutzerdefiniert 4|Utilisateur 4|Divers 4|Usuario 4|Personalizado 4|Utente 4|Personalizzato 4"
     "|Usuário 4|Utilizador 4|Gebruiker 4|Användare 4|Bruger 4|Bruker 4|Käyttäjä 4|Użytkownik 4|Uživatel 4"
     "|Používateľ 4|Felhasználó 4|Kullanıcı 4|Пользователь 4|Пользовательское 4|Користувач 4|ユーザー 4"
     "|ユーザー フィールド 4|ユーザー定義 4|用户 4|使用者 4|사용자 4"},
    {EXTRA("Schools"), "Schools|School", "Schulen|Écoles|Escuelas|Scuole|Escolas|Scholen|Skolor|Skoler|Koulut|Szkoły"},
    {EXTRA("Subject"), "Subject", "Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp"},
    {NOISE(own_mark), "Priority",
     "Priorität|Priorité|Prioridad|Priorità|Prioridade|Prioriteit|Prioritet|Prioritering|Tärkeys|Prioriteetti"
     "|Priorytet|Priorita|Prioritás|Öncelik|Важность|Приоритет|Пріоритет|優先度|优先级|優先順序|우선 순위|중요도"},
    {NOISE(own_mark), "Private",
     "Privat|Privé|Privado|Privato|Particular (privado)|Yksityinen|Prywatne|Soukromé|Súkromné|Magánjellegű|Magán|Özel"
     "|Личное|Частная|Приватне|プライベート|非公開|私人|개인"},
    {NOISE(own_mark), "Sensitivity",
     "Vertraulichkeit|Diffusion|Critère de "
     "diffusion|Confidencialidad|Carácter|Riservatezza|Confidencialidade|Sensibilidade"
     "|Gevoeligheid|Vertrouwelijkheid|Känslighet|Följsomhet|Følsomhed|Følsomhet|Luottamuksellisuus|Poufność"
     "|Czułość|Utajnění|Citlivost|Citlivosť|Titkosság|Bizalmasság|Duyarlılık|Gizlilik|Пометка|Конфиденциальность"
     "|秘密度|敏感度|민감도|우편물 종류"},
    {NOISE("pictures are not in the file"), "Photo|User Photo|Picture|Photo URL",
     "Foto|Bild|Photographie|Fotografía|Foto do Usuário|Zdjęcie|Фото|写真|照片|사진"},
};

/* --- Headings that count -------------------------------------------------------- */

/* "E-mail 2 - Value": what comes before the number, without blanks and hyphens. */
static const struct {
    const char *word;
    enum kith_csv_group group;
} groups[] = {
    {"email", KITH_CSV_G_EMAIL},       {"phone", KITH_CSV_G_PHONE},
    {"address", KITH_CSV_G_ADDRESS},   {"organization", KITH_CSV_G_COMPANY},
    {"relation", KITH_CSV_G_RELATION}, {"website", KITH_CSV_G_WEB},
    {"im", KITH_CSV_G_CHAT},           {"event", KITH_CSV_G_EVENT},
    {"customfield", KITH_CSV_G_FIELD},
};

/* What comes behind it. */
static const struct {
    const char *word;
    enum kith_csv_member member;
} members[] = {
    {"type", KITH_CSV_M_TYPE},
    {"label", KITH_CSV_M_TYPE},
    {"value", KITH_CSV_M_VALUE},
    {"service", KITH_CSV_M_SERVICE},
    {"formatted", KITH_CSV_M_WHOLE},
    {"street", KITH_CSV_M_STREET},
    {"extendedaddress", KITH_CSV_M_MORE_STREET},
    {"city", KITH_CSV_M_CITY},
    {"pobox", KITH_CSV_M_BOX},
    {"region", KITH_CSV_M_REGION},
    {"postalcode", KITH_CSV_M_CODE},
    {"country", KITH_CSV_M_COUNTRY},
    {"name", KITH_CSV_M_NAME},
    {"yominame", KITH_CSV_M_READING},
    {"title", KITH_CSV_M_TITLE},
    {"department", KITH_CSV_M_DEPARTMENT},
    {"location", KITH_CSV_M_OFFICE},
};

/* --- Folding ------------------------------------------------------------------------ */

/* Letters, digits and the marks that belong to them, in lower case; nothing else. false: it is too long for a heading.
 */
static bool fold(const char *text, size_t len, char *out, size_t out_size)
{
    const char *end = text + len;
    size_t n = 0;

    while (text < end) {
        uint32_t cp = kith_utf8_next(&text, end);

        if (!u_isalnum((UChar32)cp) && (U_GET_GC_MASK((UChar32)cp) & U_GC_M_MASK) == 0)
            continue;
        if (n + 5 > out_size)
            return false;
        n += kith_utf8_put((uint32_t)u_foldCase((UChar32)cp, U_FOLD_CASE_DEFAULT), out + n);
    }
    out[n] = '\0';
    return true;
}

/* --- Looking them up -------------------------------------------------------------------- */

/* Folded headings by their hash. 64 bits do not meet by chance, and nothing bad happens where they do. */
static struct slot {
    uint64_t hash; /* 0: empty */
    const struct heading *heading;
    bool english;
} slots[SLOTS];
static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

static struct slot *slot_of(uint64_t hash)
{
    size_t i = hash & (SLOTS - 1);

    while (slots[i].hash != 0 && slots[i].hash != hash)
        i = (i + 1) & (SLOTS - 1);
    return &slots[i];
}

/* What means one thing in a language and another one in the next is in the table once, for the first of them. */
static void add_headings(const struct heading *heading, const char *words, bool english)
{
    while (*words != '\0') {
        size_t len = strcspn(words, "|");
        char folded[FOLDED_BYTES];

        if (fold(words, len, folded, sizeof(folded))) {
            uint64_t hash = kith_fnv1a64(folded, strlen(folded));
            struct slot *slot = slot_of(hash);

            if (slot->hash == 0)
                *slot = (struct slot){hash, heading, english};
        }
        words += len;
        words += *words == '|';
    }
}

static void fill_slots(void)
{
    for (size_t i = 0; i < KITH_COUNT_OF(headings); i++)
        add_headings(&headings[i], headings[i].english, true);
    for (size_t i = 0; i < KITH_COUNT_OF(headings); i++)
        add_headings(&headings[i], headings[i].others, false);
}

/* "phone2value" in its three parts. Outlook's "E-mail 2 Type" is not one of them: a " - " makes the difference. */
static bool read_numbered(const char *heading, size_t len, const char *folded, struct kith_csv_field *ret)
{
    static const char before_member[] = " - ";

    if (!memmem(heading, len, before_member, strlen(before_member)))
        return false;
    for (size_t i = 0; i < KITH_COUNT_OF(groups); i++) {
        size_t word_len = strlen(groups[i].word);
        size_t digits = kith_text_starts_with(folded, groups[i].word) ? strspn(folded + word_len, "0123456789") : 0;
        const char *rest = folded + word_len + digits;

        if (digits == 0 || digits > 3)
            continue;
        for (size_t k = 0; k < KITH_COUNT_OF(members); k++) {
            if (strcmp(rest, members[k].word) != 0)
                continue;
            *ret = (struct kith_csv_field){
                .kind = KITH_CSV_NUMBERED, .which = groups[i].group, .word = "", .member = members[k].member};
            for (size_t d = 0; d < digits; d++)
                ret->n = ret->n * 10 + (folded[word_len + d] - '0');
            return true;
        }
    }
    return false;
}

struct kith_csv_field kith_csv_field_of(const char *heading, size_t len, bool *ret_english)
{
    struct kith_csv_field field = {.kind = KITH_CSV_STRANGER, .word = ""};
    char folded[FOLDED_BYTES];
    const struct slot *slot;

    *ret_english = false;
    (void)pthread_once(&slots_once, fill_slots);
    if (!fold(heading, len, folded, sizeof(folded)) || folded[0] == '\0')
        return field;
    if (read_numbered(heading, len, folded, &field)) {
        *ret_english = true;
        return field;
    }
    slot = slot_of(kith_fnv1a64(folded, strlen(folded)));
    if (slot->hash == 0)
        return field;
    *ret_english = slot->english;
    return slot->heading->field;
}
