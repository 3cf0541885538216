/* SPDX-License-Identifier: MIT */
/*
 * sandbox_countries_east.c - names, places and numbers of Asia, the Caucasus and the Arab countries.
 *
 * Before: nothing; a table.
 * After:  sandbox_contact.c draws people from it.
 */
#include "sandbox/sandbox_countries.h"

#include "base/cleanup.h"

const struct sandbox_country sandbox_countries_east[] = {
    {
        .name = "日本",
        .weight = 62,
        .order = SANDBOX_FAMILY_FIRST,
        .women =
            "愛子/Aiko/あいこ|和香奈/Wakana/わかな|恵美/Emi/えみ|桜/Sakura/さくら|智子/Tomoko/ともこ|直美/Naomi/なおみ|"
            "真由美/Mayumi/まゆみ|美咲/Misaki/みさき|陽菜/Hina/ひな|結衣/Yui/ゆい|由紀/Yuki/ゆき|さゆり/Sayuri/さゆり",
        .men = "翔太/Shota/しょうた|大輔/Daisuke/だいすけ|太郎/Taro/たろう|健一/Kenichi/けんいち|拓海/Takumi/たくみ|"
               "直樹/Naoki/なおき|浩二/Koji/こうじ|正雄/Masao/まさお|悠真/Yuma/ゆうま|竜也/Tatsuya/たつや|蓮/Ren/れん|"
               "雄介/Yusuke/ゆうすけ",
        .surnames =
            "山田/Yamada/やまだ|佐々木/Sasaki/ささき|長谷川/Hasegawa/はせがわ|小林/Kobayashi/こばやし|"
            "渡邊/Watanabe/わたなべ|髙橋/Takahashi/たかはし|五十嵐/Igarashi/いがらし|東海林/Shoji/しょうじ|"
            "石川/Ishikawa/いしかわ|中村/Nakamura/なかむら|斎藤/Saito/さいとう|森/Mori/もり|松本/Matsumoto/まつもと|"
            "藤原/Fujiwara/ふじわら|西園寺/Saionji/さいおんじ|木村/Kimura/きむら",
        .places =
            "千代田区;東京都;100-00##;3-5550-0###;丸の内,神田錦町|大阪市北区;大阪府;530-00##;6-5550-0###;梅田,中之島|"
            "札幌市中央区;北海道;060-00##;11-555-0###;大通西,北一条|福岡市博多区;福岡県;812-00##;92-555-0###;"
            "博多駅前,祇園町",
        .street = "%s%n-3-5",
        .mobile = "+81 90-5550-0###|090-5550-0###|０９０－５５５０－０###|+81-80-5550-0###",
        .landline = "+81 @|0@",
        .companies = "青空商事/aozora/あおぞらしょうじ|桜田製作所/sakurada/さくらだせいさくしょ|みなと印刷/minato/"
                     "みなといんさつ|"
                     "富士見電機/fujimi/ふじみでんき|海風食品/umikaze/うみかぜしょくひん",
        .suffixes = "株式会社|有限会社",
    },
    {
        .name = "中国",
        .weight = 60,
        .order = SANDBOX_FAMILY_JOINED,
        .women =
            "小红/Xiaohong|丽华/Lihua|秀英/Xiuying|雅婷/Yating|佳琪/Jiaqi|晓燕/Xiaoyan|梦瑶/Mengyao|思雨/Siyu|静/Jing|"
            "雪梅/Xuemei|淑芬/Shufen|婉清/Wanqing",
        .men =
            "伟/Wei|建国/Jianguo|志强/Zhiqiang|浩然/Haoran|子轩/Zixuan|明辉/Minghui|俊杰/Junjie|文博/Wenbo|海涛/Haitao|"
            "宇航/Yuhang|国栋/Guodong|一鸣/Yiming",
        .surnames =
            "王/Wang|李/Li|张/Zhang|刘/Liu|陈/Chen|杨/Yang|赵/Zhao|黄/Huang|周/Zhou|吴/Wu|徐/Xu|孙/Sun|欧阳/Ouyang|"
            "司马/Sima|诸葛/Zhuge|上官/Shangguan",
        .places =
            "北京市;;1000##;10 5550 0###;柳荫街,银杏胡同|上海市;;2000##;21 5550 0###;梧桐路,外滩后街|深圳市;广东省;"
            "5180##;755 5550 0###;荔枝大道,海月路|成都市;四川省;6100##;28 5550 0###;芙蓉巷,锦里东路",
        .street = "%s%n号",
        .mobile = "+86 155 5550 0###|155 5550 0###|15555500###|0086-155-5550-0###",
        .landline = "+86 @|0@",
        .companies = "远山科技/yuanshan|锦绣纺织/jinxiu|长河物流/changhe|青竹文化/qingzhu|明月餐饮/mingyue",
        .suffixes = "有限公司|股份有限公司",
    },
    {
        .name = "臺灣",
        .weight = 14,
        .order = SANDBOX_FAMILY_JOINED,
        .women = "怡君/Yi-chun|淑惠/Shu-hui|美玲/Mei-ling|雅雯/Ya-wen|欣怡/Hsin-yi|詩涵/Shih-han",
        .men = "志明/Chih-ming|家豪/Chia-hao|冠宇/Kuan-yu|俊宏/Chun-hung|承恩/Cheng-en|建宏/Chien-hung",
        .surnames = "林/Lin|蔡/Tsai|許/Hsu|鄭/Cheng|謝/Hsieh|葉/Yeh|劉/Liu|歐陽/Ouyang",
        .places = "臺北市;;10###;2 5550 0###;茶葉街,山嵐路|高雄市;;80###;7 555 0###;愛河路,港口街",
        .street = "%s%n號",
        .mobile = "+886 955 550 0##|0955-550-0##",
        .landline = "+886 @",
        .companies = "山水文創/shanshui|玉石精密/yushi",
        .suffixes = "股份有限公司|有限公司",
    },
    {
        .name = "대한민국",
        .weight = 34,
        .order = SANDBOX_FAMILY_JOINED,
        .women = "서연/Seo-yeon|민지/Min-ji|하은/Ha-eun|수빈/Su-bin|지우/Ji-woo|유진/Yu-jin|은경/Eun-kyung|미란/Mi-ran|"
                 "보람/Bo-ram|가영/Ga-young",
        .men = "도윤/Do-yun|민준/Min-jun|서준/Seo-jun|지훈/Ji-hoon|현우/Hyun-woo|태양/Tae-yang|성민/Sung-min|영호/"
               "Young-ho|"
               "건우/Geon-woo|재현/Jae-hyun",
        .surnames =
            "김/Kim|이/Lee|박/Park|최/Choi|정/Jung|강/Kang|조/Cho|윤/Yoon|장/Jang|임/Lim|남궁/Namgung|황보/Hwangbo",
        .places = "서울특별시;;04###;2-5550-0###;은행나무로,한강길|부산광역시;;48###;51-555-0###;해운대로,갈매기길|"
                  "대전광역시;;"
                  "34###;42-555-0###;과학로,둔산길",
        .street = "%s %n",
        .mobile = "+82 10-5550-0###|010-5550-0###|01055500###",
        .landline = "+82 @|0@",
        .companies = "한빛전자/hanbit|푸른바다해운/pureun|새벽별출판/saebyeok|무궁화식품/mugunghwa",
        .suffixes = "주식회사|(주)",
    },
    {
        .name = "مصر",
        .weight = 24,
        .women =
            "أسماء/Asmaa|إيمان/Iman|حنان/Hanan|دعاء/Doaa|رانيا/Rania|سلمى/Salma|شيماء/Shaimaa|فاطمة/Fatma|ليلى/Layla|"
            "هالة/Hala",
        .men = "أحمد/Ahmed|إبراهيم/Ibrahim|حسام/Hossam|خالد/Khaled|سعيد/Said|طارق/Tarek|عبد الرحمن/Abdelrahman|"
               "كريم/Karim|محمود/Mahmoud|يوسف/Youssef",
        .surnames = "البنا/El-Banna|الجندي/El-Gendy|حجازي/Hegazy|خليفة/Khalifa|الرفاعي/El-Refaei|الشناوي/El-Shennawy|"
                    "عبد الفتاح/Abdel Fattah|فودة/Fouda|المصري/El-Masry|هيكل/Heikal",
        .places =
            "القاهرة;;11###;2 5550 0###;شارع النخيل,شارع النيل|الإسكندرية;;21###;3 555 0###;طريق الكورنيش,شارع المنارة",
        .street = "%n %s",
        .mobile = "+20 155 550 0###|0155 550 0###|٠١٥٥ ٥٥٠ ٠###",
        .landline = "+20 @|0@",
        .companies = "دلتا للتجارة/delta|منارة البحر/manara|القطن الذهبي/cotton",
        .suffixes = "ش.م.م|وشركاه",
    },
    {
        .name = "الإمارات العربية المتحدة",
        .weight = 14,
        .women = "آمنة/Amna|حصة/Hessa|شمسة/Shamsa|مريم/Maryam|موزة/Moza|نورة/Noura",
        .men = "حمدان/Hamdan|راشد/Rashid|زايد/Zayed|سلطان/Sultan|ماجد/Majid|منصور/Mansour",
        .surnames = "البلوشي/Al Balushi|الحوسني/Al Hosani|الزعابي/Al Zaabi|الظاهري/Al Dhaheri|الكعبي/Al Kaabi|"
                    "المهيري/Al Muhairi",
        .places = "دبي;;;4 555 0###;شارع اللؤلؤ,شارع الواحة|أبوظبي;;;2 555 0###;شارع الكورنيش,شارع الغاف",
        .street = "%s %n",
        .mobile = "+971 50 555 0###|050 555 0###",
        .landline = "+971 @|0@",
        .companies = "لؤلؤة الخليج/lulu|واحة التقنية/waha",
        .suffixes = "ذ.م.م",
    },
    {
        .name = "ישראל",
        .weight = 18,
        .women = "אביגיל/Avigail|דפנה/Dafna|הדס/Hadas|טליה/Talia|יעל/Yael|נועה/Noa|רחל/Rachel|תמר/Tamar",
        .men = "אברהם/Avraham|איתן/Eitan|גדעון/Gideon|דביר/Dvir|יונתן/Yonatan|מתן/Matan|נדב/Nadav|עומר/Omer",
        .surnames =
            "אבוטבול/Abutbul|ביטון/Biton|בן־דוד/Ben-David|גולן/Golan|זילברשטיין/Zilberstein|כהן־צדק/Cohen-Tzedek|"
            "לב־ארי/Lev-Ari|מזרחי/Mizrahi|פרידמן/Friedman|שפירא/Shapira",
        .places = "תל אביב;;61#####;3-555-0###;רחוב השקד,שדרות הים|ירושלים;;91#####;2-555-0###;רחוב האלון,סמטת הנרקיס",
        .street = "%s %n",
        .mobile = "+972 55-550-0###|055-550-0###",
        .landline = "+972 @|0@",
        .companies = "שקד מערכות/shaked|גלי ים/galim",
        .suffixes = "בע\"מ",
    },
    {
        .name = "ایران",
        .weight = 10,
        .women = "پریسا/Parisa|ژاله/Zhaleh|شیرین/Shirin|گلناز/Golnaz|مهتاب/Mahtab",
        .men = "آرش/Arash|پژمان/Pezhman|داریوش/Dariush|کیوان/Keyvan|مهرداد/Mehrdad",
        .surnames = "پاکزاد/Pakzad|چمران‌پور/Chamranpour|رستگار/Rastegar|کاویانی/"
                    "Kaviani|گلستانی/"
                    "Golestani",
        .places = "تهران;;11########;21 5550 0###;خیابان چنار,کوچه یاس|شیراز;;71########;71 3555 0###;خیابان نارنج,"
                  "بلوار حافظیه",
        .street = "%s، پلاک %n",
        .mobile = "+98 905 550 0###|0905 550 0###|۰۹۰۵ ۵۵۰ ۰###",
        .landline = "+98 @|0@",
        .companies = "پارس نگار/parsnegar|زاگرس چوب/zagros",
        .suffixes = "شرکت",
    },
    {
        .name = "भारत",
        .weight = 34,
        .women =
            "अंजलि/Anjali|कविता/Kavita|दीपिका/Deepika|नेहा/Neha|पूजा/Pooja|प्रियंका/Priyanka|मीनाक्षी/Meenakshi|श्रेया/Shreya|"
            "सुनीता/Sunita|स्वाति/Swati",
        .men = "अर्जुन/Arjun|आदित्य/Aditya|गौरव/Gaurav|कृष्ण/Krishna|प्रदीप/Pradeep|राजेश/Rajesh|विक्रम/Vikram|संजय/Sanjay|"
               "सिद्धार्थ/Siddharth|हरीश/Harish",
        .surnames =
            "अग्रवाल/Agrawal|कुलकर्णी/Kulkarni|गुप्ता/Gupta|चतुर्वेदी/Chaturvedi|जोशी/Joshi|त्रिपाठी/Tripathi|देशपांडे/Deshpande|"
            "मिश्रा/Mishra|वर्मा/Verma|शर्मा/Sharma",
        .places =
            "नई दिल्ली;;1100##;11 5550 0###;नीम मार्ग,गुलमोहर पथ|मुंबई;महाराष्ट्र;4000##;22 5550 0###;समुद्र मार्ग,पीपल गली",
        .street = "%n, %s",
        .mobile = "+91 95550 00###|095550 00###|+91-95550-00###",
        .landline = "+91 @|0@",
        .companies = "हिमालय वस्त्र/himalaya|गंगा प्रकाशन/ganga",
        .suffixes = "प्रा. लि.",
    },
    {
        .name = "India",
        .weight = 30,
        .women = "Aishwarya|Bhavana|Divya|Gayatri|Ishita|Lakshmi|Malathi|Nandini|Padmavathi|Revathi|Sowmya|Vaishnavi",
        .men = "Abhishek|Balaji|Chandran|Ganesh|Harpreet|Kartik|Mohan|Naveen|Raghav|Srinivasan|Venkatesh|Yashwant",
        .surnames = "Bhattacharya|Chakraborty|Gill|Iyengar|Krishnamurthy|Mehta|Menon|Nair|Patel|Ramanathan|Reddy|"
                    "Subramanian",
        .places = "Bengaluru;Karnataka;5600##;80 5550 0###;Rain Tree Road,Silk Mill Lane|Chennai;Tamil Nadu;6000##;44 "
                  "5550 0###;Temple Tank Street,Casuarina Road|Hyderabad;Telangana;5000##;40 5550 0###;Pearl Street,"
                  "Lake View Colony",
        .street = "No. %n, %s",
        .mobile = "+91 95550 01###|95550 01###|+9195550 01###",
        .landline = "+91 @|0@",
        .suffixes = "Pvt. Ltd.|Limited|Enterprises",
    },
    {
        .name = "ไทย",
        .weight = 16,
        .women = "กนกวรรณ/Kanokwan|จันทร์เพ็ญ/Chanphen|ณัฐธิดา/Natthida|พิมพ์ชนก/Phimchanok|สิริพร/Siriporn|อรทัย/Orathai",
        .men = "กิตติศักดิ์/Kittisak|ชัยวัฒน์/Chaiwat|ธนพล/Thanaphon|ประเสริฐ/Prasert|วีระพงษ์/Weeraphong|สมชาย/Somchai",
        .surnames = "แก้วประเสริฐ/Kaeoprasert|จันทร์สว่าง/Chansawang|ทองดี/Thongdi|บุญมา/Bunma|ศรีสุวรรณ/Srisuwan|"
                    "สุขสมบูรณ์/Suksomboon",
        .places = "กรุงเทพมหานคร;;10##0;2 555 00##;ถนนดอกบัว,ซอยมะลิ|เชียงใหม่;;50###;53 555 0##;ถนนดอยคำ,ซอยต้นสัก",
        .street = "%n %s",
        .mobile = "+66 95 550 0###|095-550-0###",
        .landline = "+66 @|0@",
        .companies = "ดอกบัวการค้า/dokbua|สยามไม้งาม/maingam",
        .suffixes = "จำกัด",
    },
    {
        .name = "Việt Nam",
        .weight = 18,
        .order = SANDBOX_FAMILY_FIRST,
        .women = "Bích Ngọc|Diễm Quỳnh|Hồng Nhung|Khánh Linh|Mỹ Duyên|Phương Thảo|Thùy Dương|Yến Nhi",
        .men = "Anh Tuấn|Đức Thắng|Gia Bảo|Hoàng Long|Minh Quân|Quốc Việt|Trọng Nghĩa|Xuân Trường",
        .surnames = "Bùi|Đặng|Đỗ|Huỳnh|Lê|Ngô|Nguyễn|Phạm|Trần|Võ",
        .places = "Hà Nội;;100###;24 5550 0###;phố Hoa Sữa,ngõ Trúc Bạch|TP. Hồ Chí Minh;;700###;28 5550 0###;đường "
                  "Cây Me,đường Bến Sông",
        .street = "%n %s",
        .mobile = "+84 95 550 0###|095 550 0###",
        .landline = "+84 @|0@",
        .suffixes = "Công ty TNHH|JSC",
    },
    {
        .name = "Indonesia",
        .weight = 14,
        .women = "Dewi|Fitriani|Indah|Kartika|Ningsih|Sari|Wulandari",
        .men = "Agus|Budi|Dimas|Hendra|Joko|Slamet|Wahyu",
        .surnames = "Gunawan|Hidayat|Kusuma|Nasution|Pratama|Santoso|Simanjuntak|Wibowo",
        .places =
            "Jakarta;DKI;10###;21 5550 0###;Jalan Kenanga,Jalan Bahari|Surabaya;Jawa Timur;60###;31 555 0###;Jalan "
            "Mangga,Jalan Pahlawan Muda",
        .street = "%s No. %n",
        .mobile = "+62 815-5500-0###|0815-5500-0###",
        .landline = "+62 @|0@",
        .suffixes = "PT|CV",
    },
    {
        .name = "საქართველო",
        .weight = 8,
        .women = "ეკატერინე/Ekaterine|მარიამი/Mariami|ნინო/Nino|თამარი/Tamari",
        .men = "გიორგი/Giorgi|დავითი/Davit|ირაკლი/Irakli|ლევანი/Levan",
        .surnames = "ბერიძე/Beridze|გელაშვილი/Gelashvili|კვარაცხელია/Kvaratskhelia|მჭედლიშვილი/Mchedlishvili",
        .places = "თბილისი;;01##;32 255 50 ##;ვაზის ქუჩა,მტკვრის სანაპირო",
        .street = "%s %n",
        .mobile = "+995 555 50 00 ##|555 50 00 ##",
        .landline = "+995 @|0@",
        .companies = "კახური ღვინო/kakhuri",
        .suffixes = "შპს",
    },
    {
        .name = "Հայաստան",
        .weight = 8,
        .women = "Անահիտ/Anahit|Լուսինե/Lusine|Հասմիկ/Hasmik|Նարինե/Narine",
        .men = "Արամ/Aram|Գևորգ/Gevorg|Հայկ/Hayk|Տիգրան/Tigran",
        .surnames = "Գրիգորյան/Grigoryan|Հակոբյան/Hakobyan|Պետրոսյան/Petrosyan|Սարգսյան/Sargsyan",
        .places = "Երևան;;00##;10 55 50 ##;Ծիրանի փողոց,Արարատյան պողոտա",
        .street = "%s %n",
        .mobile = "+374 55 55 00 ##|055 55 00 ##",
        .landline = "+374 @|0@",
        .companies = "Արարատ քար/araratqar",
        .suffixes = "ՍՊԸ",
    },
    {
        .name = "Қазақстан",
        .weight = 8,
        .women = "Айгүл/Aigul|Әсел/Asel|Гүлнәр/Gulnar|Жанар/Zhanar",
        .men = "Бауыржан/Bauyrzhan|Ерлан/Yerlan|Нұрлан/Nurlan|Тимур/Timur",
        .surnames = "Әлімбек/Alimbek|Қасымов/Kasymov|Өмірзақ/Omirzak|Сәрсен/Sarsen",
        .places = "Алматы;;05####;727 555 00 ##;Алма көшесі,Тау көшесі",
        .street = "%s, %n",
        .mobile = "+7 705 555 00 ##|8 705 555 00 ##",
        .landline = "+7 @|8 @",
        .companies = "Ұлы дала/ulydala",
        .suffixes = "ЖШС",
    },
};
const size_t sandbox_n_countries_east = KITH_COUNT_OF(sandbox_countries_east);
