/* SPDX-License-Identifier: MIT */
/*
 * sandbox_countries_west.c - names, places and numbers of English, Spanish, Portuguese, French and Italian
 * speaking countries.
 *
 * Before: nothing; a table.
 * After:  sandbox_contact.c draws people from it.
 */
#include "sandbox/sandbox_countries.h"

#include "base/cleanup.h"

const struct sandbox_country sandbox_countries_west[] = {
    {
        .name = "United States",
        .weight = 190,
        .women = "Abigail|Amara|Beatrice|Brooke|Carmen|Caroline|Danielle|Dolores|Elena|Esther|Gwendolyn|Hannah|Imani|"
                 "Jasmine|Josephine|Keisha|Lauren|Lydia|Madison|Maya|Naomi|Olivia|Priscilla|Rosa|Ruth|Savannah|Sierra|"
                 "Tamara|Vivian|Willa|Yolanda|Zoe",
        .men = "Aaron|Andre|Benjamin|Caleb|Clarence|Curtis|Darnell|Dominic|Elijah|Ethan|Franklin|Gabriel|Grant|Hector|"
               "Isaac|Jerome|Joaquin|Kenneth|Leroy|Marcus|Mateo|Nathaniel|Omar|Preston|Quincy|Raymond|Silas|Terrence|"
               "Victor|Wesley|Xavier|Zachary",
        .surnames = "Abernathy|Alvarado|Atwood|Ballard|Beckett|Blackwell|Bowen|Calloway|Castillo|Chambers|Coleman|"
                    "Crawford|Dalton|Delgado|Eastman|Ellison|Fairchild|Fletcher|Fuentes|Gallagher|Goldstein|Granger|"
                    "Halloran|Hendricks|Holloway|Ibarra|Jefferson|Kaplan|Kendrick|Lancaster|Lockhart|Maddox|Marquez|"
                    "McAllister|Merriweather|Nakamura|Novak|O'Brien|Okafor|Patterson|Pennington|Quintero|Ramirez|"
                    "Redmond|Rosenthal|Sandoval|Schaefer|Sheridan|Stafford|Sullivan|Thibodeaux|Townsend|Underwood|"
                    "Vandenberg|Wadsworth|Washington|Whitfield|Winslow|Yates|Zimmerman",
        .places =
            "Seattle;WA;981##;206;Alder St,Pine Ridge Ave,Harbor View Dr|Denver;CO;802##;303;Larkspur Ln,"
            "Tamarack Blvd,Mesa Verde Way|Austin;TX;787##;512;Barton Hollow Rd,Pecan Grove St|Chicago;IL;606##;312;"
            "W Lakeshore Ave,N Birchwood St|Atlanta;GA;303##;404;Magnolia Ct,Peach Orchard Rd|Boston;MA;021##;617;"
            "Cobbler Ln,Old Mill St|Portland;OR;972##;503;SE Juniper St,NW Fern Ave|San Diego;CA;921##;619;"
            "Seacliff Dr,Jacaranda Way|Minneapolis;MN;554##;612;Cedar Lake Rd,Prairie Ave|New York;NY;100##;212;"
            "E 19th St,Riverside Ter|San Jose;CA;951##;408;Orchard Park Way,Almond Blossom Ln|Miami;FL;331##;305;"
            "Coral Reef Dr,Palmetto St",
        .street = "%n %s",
        .mobile = "+1 @-555-01##|(@) 555-01##|@.555.01##|+1 (@) 555-01##|1-@-555-01##|@55501##",
        .landline = "(@) 555-01##|+1 @ 555 01##|(@) 555-01## x2##|+1 (@) 555-01## ext. 4##|@-555-01##",
        .suffixes = "Inc.|LLC|Corp.|& Sons|Group",
    },
    {
        .name = "United Kingdom",
        .weight = 95,
        .women = "Aisha|Alice|Bronwen|Charlotte|Daisy|Eleanor|Fiona|Georgina|Harriet|Imogen|Isla|Jemima|Kirsty|"
                 "Matilda|Niamh|Parveen|Philippa|Rhiannon|Rosalind|Sunita|Tabitha|Verity|Winifred|Zara",
        .men = "Alasdair|Alfred|Angus|Barnaby|Callum|Dewi|Edmund|Fergus|Gareth|Hamish|Imran|Jasper|Kieran|Lachlan|"
               "Magnus|Nigel|Oliver|Percy|Rafiq|Rhys|Rupert|Stuart|Theodore|Wilfred",
        .surnames = "Abbott|Ashworth|Bainbridge|Barlow|Braithwaite|Buchanan|Campbell-Reid|Chaudhry|Crowther|Davies|"
                    "Dunmore|Entwistle|Fairbairn|Featherstone|Gallacher|Greenhalgh|Hargreaves|Heathcote|Hussain|"
                    "Inglis|Jenkins|Kavanagh|Lockwood|MacDonald|McKenzie|Mistry|Nettleton|Ormerod|Oyelaran|Pemberton|"
                    "Pritchard|Quigley|Ramsbottom|Rutherford|Sedgwick|Sinclair|Thistlewood|Thornton|Underhill|"
                    "Wainwright|Whittaker|Wolstenholme",
        .places = "London;;SW1A #^^;20 7946 0###;Chandler's Row,Marigold Street,Tanner's Hill|Leeds;West Yorkshire;"
                  "LS1 #^^;113 496 0###;Weaver Lane,Kirkgate Terrace|Edinburgh;;EH3 #^^;131 496 0###;Heriot Wynd,"
                  "Saltire Crescent|Cardiff;;CF10 #^^;29 2018 0###;Heol y Bont,Tide Street|Bristol;;BS1 #^^;117 496 "
                  "0###;Anchor Road,Cooper's Wharf|Manchester;Greater Manchester;M2 #^^;161 496 0###;Loom Street,"
                  "Canal Side|Belfast;;BT1 #^^;28 9649 6###;Linen Hall Row,Lagan Quay",
        .street = "%n %s",
        .mobile = "+44 7700 900###|07700 900###|07700900###|+44 (0)7700 900 ###|0044 7700 900###",
        .landline = "+44 @|0@|+44 (0)@|0044 @",
        .suffixes = "Ltd|plc|LLP|& Co.",
    },
    {
        .name = "Ireland",
        .weight = 14,
        .women = "Aoife|Bríd|Ciara|Deirdre|Éabha|Gráinne|Nuala|Orlaith|Róisín|Sinéad",
        .men = "Cathal|Cillian|Diarmuid|Eoin|Fionn|Oisín|Pádraig|Ruairí|Séamus|Tadhg",
        .surnames = "Breathnach|Conneely|de Búrca|Fitzgerald|Mac Cárthaigh|McGrath|Nic Suibhne|Ní Dhomhnaill|"
                    "O'Connor|O'Shaughnessy|Ó Súilleabháin|Tierney",
        .places = "Dublin;;D0# ^###;20 91# ####;Fishamble Row,Ormond Quay|Galway;Co. Galway;H91 ^###;91 555 0##;"
                  "Claddagh Lane,Spanish Parade",
        .street = "%n %s",
        .mobile = "+353 20 913 ####|020 913 ####",
        .landline = "+353 @|0@",
        .suffixes = "Ltd|DAC|Teoranta",
    },
    {
        .name = "Canada",
        .weight = 40,
        .women = "Amélie|Brianna|Chantal|Delphine|Ingrid|Kateri|Margaux|Noor|Océane|Simone|Tegan|Vanessa",
        .men = "Antoine|Bradley|Cédric|Desmond|Étienne|Gurpreet|Mathieu|Nolan|Olivier|Sylvain|Trevor|Wyatt",
        .surnames = "Arsenault|Bélanger|Boudreau|Chow|Dhaliwal|Fontaine|Gagnon|Kowalchuk|Lachance|MacLeod|Ouellette|"
                    "Pelletier|Robichaud|Sidhu|Thériault|Wojcik",
        .places = "Toronto;ON;M5V #^#;416;Lakeview Cres,Spruce Hill Rd|Montréal;QC;H2X #^#;514;rue des Érables,avenue "
                  "du Fleuve|Vancouver;BC;V6B #^#;604;Cedar Cove Dr,Salmon St|Halifax;NS;B3H #^#;902;Lobster Pot Ln,"
                  "Citadel Row",
        .street = "%n %s",
        .mobile = "+1 @-555-01##|(@) 555-01##|@ 555-01##",
        .landline = "+1 (@) 555-01##|@-555-01## poste 3##|(@) 555-01##",
        .suffixes = "Inc.|Ltée|Ltd.|Enr.",
    },
    {
        .name = "Australia",
        .weight = 30,
        .women = "Banjora|Bridie|Chloe|Darcy|Indiana|Kylie|Lowanna|Matilda|Shanelle|Tahlia",
        .men = "Angus|Brodie|Callan|Darrell|Flynn|Hugo|Jarrah|Lachlan|Mitchell|Rohan",
        .surnames = "Ashby|Barrow|Cavanagh|Dunstan|Fairweather|Harcourt|Kelso|Lawson|Nguyen|Papadakis|Quinlan|"
                    "Rafferty|Tranter|Whelan",
        .places = "Sydney;NSW;20##;2 5550 ####;Banksia Parade,Jetty Road|Melbourne;VIC;30##;3 5550 ####;Wattle Grove,"
                  "Flinders Rise|Perth;WA;60##;8 5550 ####;Swan View Terrace,Kangaroo Paw Way",
        .street = "%n %s",
        .mobile = "+61 491 570 1##|0491 570 1##|0491570###",
        .landline = "+61 @|0@",
        .suffixes = "Pty Ltd|Ltd",
    },
    {
        .name = "New Zealand",
        .weight = 8,
        .women = "Anahera|Hinewai|Kiri|Marama|Ngaire|Tui",
        .men = "Hemi|Ihaia|Matiu|Rangi|Tāne|Wiremu",
        .surnames = "Aperahama|Fraser|Heke|McIntyre|Ngata|Parata|Te Ao|Whāngārei",
        .places = "Wellington;;601#;4 555 0###;Tūī Glen,Lambton Rise|Auckland;;101#;9 555 0###;Pōhutukawa Drive,"
                  "Harbour Street",
        .street = "%n %s",
        .mobile = "+64 21 555 0##|021 555 0##",
        .landline = "+64 @|0@",
        .suffixes = "Limited",
    },
    {
        .name = "España",
        .weight = 42,
        .women = "Almudena|Begoña|Carmen|Consuelo|Esperanza|Inés|Itziar|Lucía|Macarena|Montserrat|Noelia|Nuria|Pilar|"
                 "Rocío|Soledad|Ximena",
        .men = "Álvaro|Andrés|Borja|Cristóbal|Eneko|Gonzalo|Iñaki|Íñigo|Jordi|José María|Manuel|Óscar|Raúl|Rubén|"
               "Sebastián|Víctor",
        .surnames = "Aguirre Peña|Álvarez|Calderón|Castaño Ruiz|Echeverría|Fernández Soto|Gómez de la Torre|Ibáñez|"
                    "Jiménez|López-Vega|Martínez Núñez|Muñoz|Núñez|Ortega|Peñalver|Quiñones|Santamaría|Vázquez",
        .places = "Madrid;Madrid;280##;91 555 0# ##;Calle del Olmo,Avenida de los Cerezos|Barcelona;Barcelona;080##;93 "
                  "555 0# ##;Carrer de la Mar,Passatge del Forn|Sevilla;Sevilla;410##;95 555 0# ##;Calle Azahar,Plaza "
                  "del Pozo|Bilbao;Bizkaia;480##;94 555 0# ##;Ibai Kalea,Gran Vía",
        .street = "%s, %n",
        .mobile = "+34 655 5## ###|655 5# ## ##|0034 655 5## ###",
        .landline = "+34 @|@",
        .suffixes = "S.L.|S.A.|e Hijos",
    },
    {
        .name = "México",
        .weight = 26,
        .women = "Citlali|Guadalupe|Itzel|Jimena|Lupita|Marisol|Paloma|Xóchitl",
        .men = "Cuauhtémoc|Emiliano|Joaquín|Lázaro|Leonel|Rodrigo|Tonatiuh|Ulises",
        .surnames = "Arreola|Cárdenas|Dávila|Escobedo|Galván|Herrera Ríos|Ibarra|Montes de Oca|Pacheco|Quiroz|Treviño|"
                    "Zepeda",
        .places = "Ciudad de México;CDMX;06###;55;Calle Jacaranda,Av. del Lago|Guadalajara;Jal.;44###;33;Calle Agave,"
                  "Av. Mariachi|Monterrey;N.L.;64###;81;Calle Cerro Alto,Av. del Acero",
        .street = "%s %n",
        .mobile = "+52 @ 5550 0###|@ 5550 0###|+52 1 @ 5550 0###",
        .landline = "+52 @ 5550 1###|(@) 5550-1###",
        .suffixes = "S.A. de C.V.|S. de R.L.",
    },
    {
        .name = "Argentina",
        .weight = 14,
        .women = "Agustina|Camila|Florencia|Luján|Milagros|Rocío|Valentina",
        .men = "Agustín|Facundo|Gastón|Ignacio|Lautaro|Nicolás|Tomás",
        .surnames = "Acuña|Benítez|Caruso|Etcheverry|Giménez|Ledesma|Peralta|Quiroga|Sosa|Zabaleta",
        .places = "Buenos Aires;CABA;C10##^^^;11;Av. del Ceibo,Calle Tango|Córdoba;Córdoba;X50##^^^;351;Bv. Sierras,"
                  "Calle Algarrobo",
        .street = "%s %n",
        .mobile = "+54 9 @ 5550-0###|@ 15-5550-0###",
        .landline = "+54 @ 5550-1###|(@) 5550-1###",
        .suffixes = "S.A.|S.R.L.",
    },
    {
        .name = "Brasil",
        .weight = 36,
        .women = "Aparecida|Beatriz|Conceição|Débora|Fabiana|Iracema|Jussara|Larissa|Luíza|Raíssa|Tainá|Thaís",
        .men = "Antônio|Caetano|Davi|Evandro|Flávio|Gustavo|João Pedro|Leandro|Murilo|Otávio|Tiago|Vinícius",
        .surnames = "Alencar|Araújo|Assunção|Barbosa|Cavalcanti|da Conceição|dos Santos Lima|Falcão|Guimarães|"
                    "Magalhães|Nóbrega|Queiroz|Simões|Tavares|Valadão|Ximenes",
        .places = "São Paulo;SP;01###-###;11;Rua das Mangueiras,Alameda dos Ipês|Rio de Janeiro;RJ;20###-###;21;Rua do "
                  "Farol,Ladeira da Pedra|Recife;PE;50###-###;81;Rua da Maré,Avenida dos Corais",
        .street = "%s, %n",
        .mobile = "+55 @ 95550-0###|(@) 95550-0###|0@ 95550 0###",
        .landline = "+55 @ 5550-1###|(@) 5550-1###",
        .suffixes = "Ltda.|S.A.|ME",
    },
    {
        .name = "Portugal",
        .weight = 14,
        .women = "Assunção|Catarina|Inês|Leonor|Mafalda|Matilde|Sílvia|Vitória",
        .men = "Afonso|Duarte|Gonçalo|Guilherme|Simão|Tomás|Vasco|Xavier",
        .surnames = "Azevedo|Brandão|Calçada|Figueirôa|Leitão|Mourão|Noronha|Palmeirão|Sá Nogueira|Teixeira",
        .places = "Lisboa;;11##-###;21 555 0###;Rua do Carvalho,Largo da Fonte|Porto;;40##-###;22 555 0###;Rua do "
                  "Moinho,Cais da Ribeira",
        .street = "%s, %n",
        .mobile = "+351 915 550 ###|915 550 ###",
        .landline = "+351 @|@",
        .suffixes = "Lda.|S.A.",
    },
    {
        .name = "France",
        .weight = 58,
        .women = "Adélaïde|Agnès|Bérénice|Céleste|Clémence|Éloïse|Garance|Héloïse|Inès|Joëlle|Léa|Maëlys|Noémie|"
                 "Ophélie|Solène|Zoé",
        .men = "Aurélien|Bastien|Benoît|Cédric|Côme|Édouard|Firmin|François|Gaël|Jérôme|Loïc|Mathéo|Noël|Rémi|"
               "Stéphane|Théo",
        .surnames = "Aubertin|Beauchêne|Bélière|Chérif|Crête|Delacôte|d'Aubigné|Dupré|Fauchère|Garçon|Hébrard|"
                    "L'Hôte|Le Goff|Maïza|N'Diaye|Pérignon|Quéré|Saint-Yves|Thévenot|Vauquelin",
        .places = "Paris;;750##;1 99 00 ## ##;rue du Marché-aux-Fleurs,impasse des Lilas|Lyon;;6900#;4 65 71 ## ##;"
                  "quai des Tisserands,rue de la Soie|Nantes;;44###;2 61 91 ## ##;rue de l'Écluse,allée des Marins|"
                  "Marseille;;130##;4 65 71 ## ##;chemin du Phare,rue des Calanques",
        .street = "%n %s",
        .mobile = "+33 6 39 98 ## ##|06 39 98 ## ##|06.39.98.##.##|0033 6 39 98 ## ##",
        .landline = "+33 @|0@|0033 @",
        .suffixes = "SARL|SAS|S.A.|et Fils",
    },
    {
        .name = "Italia",
        .weight = 44,
        .women = "Benedetta|Chiara|Donatella|Fiammetta|Ginevra|Ilaria|Letizia|Margherita|Nicoletta|Ornella|Rossella|"
                 "Serenella|Viola|Zita",
        .men = "Alessio|Brando|Corrado|Edoardo|Fausto|Gianluca|Ivano|Ludovico|Massimiliano|Niccolò|Ottavio|Ruggero|"
               "Tancredi|Umberto",
        .surnames = "Acquaviva|Bonfiglio|Cantù|Colonnello|D'Angelo|Dall'Orto|Fumagalli|Giacalone|Lo Presti|Malagò|"
                    "Nicolò|Pagnoncelli|Quattrocchi|Rinaldi|Sanfilippo|Tagliabue|Vercelloni|Zanardi",
        .places = "Roma;RM;001##;06 5550 0###;Via dei Tigli,Vicolo del Pozzo|Milano;MI;201##;02 5550 0###;Via del "
                  "Tessitore,Corso Gelso|Napoli;NA;801##;081 555 0###;Via Mergellina Alta,Salita del Faro|Torino;TO;"
                  "101##;011 555 0###;Via dei Mulini,Corso Valdocco",
        .street = "%s, %n",
        .mobile = "+39 355 550 ####|355 550 ####|0039 355 550####",
        .landline = "+39 @|@",
        .suffixes = "S.r.l.|S.p.A.|& Figli",
    },
    {
        .name = "Nigeria",
        .weight = 18,
        .women = "Adaeze|Bukola|Chiamaka|Folashade|Ifeoma|Ngozi|Olúfúnmiláyọ̀|Temitope|Yétúndé|Zainab",
        .men = "Adébáyọ̀|Chukwuemeka|Emeka|Ibrahim|Ikenna|Kelechi|Musa|Olúwaseun|Tunde|Uche",
        .surnames = "Abiọ́dún|Adeleke|Bello|Danjuma|Eze|Ibekwe|Nwachukwu|Ogunleye|Okonkwo|Oyinlola|Umar",
        .places = "Lagos;Lagos;10####;1 555 0###;Palm Wine Road,Marina Close|Abuja;FCT;90####;9 555 0###;Savannah "
                  "Crescent,Rock View Street",
        .street = "%n %s",
        .mobile = "+234 805 550 0###|0805 550 0###",
        .landline = "+234 @|0@",
        .suffixes = "Ltd|Ventures|& Sons",
    },
    {
        .name = "Kenya",
        .weight = 10,
        .women = "Achieng|Akinyi|Makena|Muthoni|Nyambura|Wanjiku|Zawadi",
        .men = "Barasa|Jomo|Kamau|Kipchoge|Mwangi|Odhiambo|Otieno",
        .surnames = "Chebet|Gathoni|Kimani|Mutua|Njoroge|Ochieng|Omondi|Wekesa",
        .places = "Nairobi;;00###;20 555 0###;Acacia Lane,Jacaranda Avenue|Mombasa;;80###;41 555 0###;Dhow Street,"
                  "Baobab Road",
        .street = "%n %s",
        .mobile = "+254 712 550 ###|0712 550 ###",
        .landline = "+254 @|0@",
        .suffixes = "Ltd|Co-operative",
    },
    {
        .name = "South Africa",
        .weight = 14,
        .women = "Anneke|Lerato|Liesl|Naledi|Nomvula|Thandeka|Zanele",
        .men = "Bongani|Francois|Kagiso|Pieter|Sipho|Themba|Willem",
        .surnames = "Botha|Dlamini|du Plessis|Khumalo|Mokoena|Naidoo|Nkosi|Pillay|van der Merwe|Zulu",
        .places = "Cape Town;WC;80##;21 555 0###;Protea Road,Table View Lane|Durban;KZN;40##;31 555 0###;Dolphin "
                  "Street,Sugarcane Road",
        .street = "%n %s",
        .mobile = "+27 71 555 0###|071 555 0###",
        .landline = "+27 @|0@",
        .suffixes = "(Pty) Ltd|CC",
    },
};
const size_t sandbox_n_countries_west = KITH_COUNT_OF(sandbox_countries_west);
