//! Given and family names in the other scripts, each with what an address spells instead.

use crate::scripts::{Order, Script};

pub(crate) const OTHERS: [Script; 14] = [
    // Greek
    Script {
        weight: 3,
        order: Order::GivenFirst,
        between: " ",
        given: "Ελένη=eleni, Μαρία=maria, Αικατερίνη=aikaterini, Σοφία=sofia, Ιωάννα=ioanna, \
                Δέσποινα=despoina, Χριστίνα=christina, Βασιλική=vasiliki",
        family: "Παπαδοπούλου=papadopoulou, Γεωργίου=georgiou, Οικονόμου=oikonomou, \
                 Νικολαΐδου=nikolaidou, Αντωνίου=antoniou, Δημητρίου=dimitriou, Ιωάννου=ioannou, \
                 Κωνσταντίνου=konstantinou",
    },
    // Cyrillic
    Script {
        weight: 6,
        order: Order::GivenFirst,
        between: " ",
        given: "Олена=olena, Дмитро=dmytro, Наталия=natalia, Сергей=sergey, Євгенія=yevhenia, Юрий=yury, \
                Оксана=oksana, Андрей=andrey, Любов=lyubov, Богдан=bohdan, Ксения=ksenia, Тарас=taras",
        family: "Шевченко=shevchenko, Коваленко=kovalenko, Бондаренко=bondarenko, Ткаченко=tkachenko, \
                 Мельник=melnyk, Черных=chernykh, Литвиненко=lytvynenko, Седых=sedykh, \
                 Кравченко=kravchenko, Гайдай=haidai, Долгих=dolgikh, Щербак=shcherbak",
    },
    // Arabic
    Script {
        weight: 6,
        order: Order::GivenFirst,
        between: " ",
        given: "فاطمة=fatima, محمد=mohammed, ليلى=layla, يوسف=youssef, مريم=maryam, خالد=khaled, نور=nour, \
                عمر=omar, زينب=zaynab, طارق=tariq, سلمى=salma, حسن=hassan",
        family: "الحداد=alhaddad, منصور=mansour, الخطيب=alkhatib, سليمان=suleiman, النجار=alnajjar, \
                 حمدان=hamdan, القاسم=alqasim, بن يوسف=benyoussef, الشريف=alsharif, عبد الله=abdullah",
    },
    // Hebrew
    Script {
        weight: 3,
        order: Order::GivenFirst,
        between: " ",
        given: "נועה=noa, יונתן=yonatan, תמר=tamar, אורי=uri, שירה=shira, דוד=david, מיכל=michal, אלון=alon",
        family: "כהן=cohen, לוי=levi, מזרחי=mizrahi, פרץ=peretz, ביטון=biton, אברהם=avraham, פרידמן=friedman, \
                 שפירא=shapira",
    },
    // Han
    Script {
        weight: 6,
        order: Order::FamilyFirst,
        between: "",
        given: "伟=wei, 秀英=xiuying, 娜=na, 建国=jianguo, 雨桐=yutong, 浩然=haoran, 敏=min, 思远=siyuan, 静怡=jingyi, \
                子涵=zihan, 晓明=xiaoming, 美玲=meiling",
        family: "王=wang, 李=li, 张=zhang, 刘=liu, 陈=chen, 杨=yang, 赵=zhao, 黄=huang, 周=zhou, 吴=wu, 欧阳=ouyang, \
                 司马=sima",
    },
    // Hangul
    Script {
        weight: 4,
        order: Order::FamilyFirst,
        between: "",
        given: "민준=minjun, 서연=seoyeon, 지훈=jihoon, 하은=haeun, 도윤=doyun, 수빈=subin, 예준=yejun, 지우=jiwoo, \
                현우=hyunwoo, 채원=chaewon",
        family: "김=kim, 이=lee, 박=park, 최=choi, 정=jung, 강=kang, 조=cho, 윤=yoon, 장=jang, 남궁=namgung",
    },
    // Kanji and kana
    Script {
        weight: 5,
        order: Order::FamilyFirst,
        between: " ",
        given: "さくら=sakura, 健太=kenta, 美咲=misaki, ひろし=hiroshi, 陽菜=hina, 大輔=daisuke, ゆき=yuki, 翔太=shota, \
                アキラ=akira, 恵子=keiko",
        family: "佐藤=sato, 鈴木=suzuki, 高橋=takahashi, 田中=tanaka, 渡辺=watanabe, 伊藤=ito, 山本=yamamoto, 中村=nakamura, \
                 小林=kobayashi, 齋藤=saito",
    },
    // Devanagari
    Script {
        weight: 5,
        order: Order::GivenFirst,
        between: " ",
        given: "आरव=aarav, प्रिया=priya, विवेक=vivek, अनन्या=ananya, राजेश=rajesh, सुनीता=sunita, कृष्ण=krishna, \
                दीप्ति=deepti, श्रुति=shruti, अर्जुन=arjun",
        family: "शर्मा=sharma, वर्मा=verma, गुप्ता=gupta, सिंह=singh, मिश्रा=mishra, जोशी=joshi, देशपांडे=deshpande, \
                 कुलकर्णी=kulkarni",
    },
    // Bengali
    Script {
        weight: 2,
        order: Order::GivenFirst,
        between: " ",
        given: "রহিম=rahim, অনিতা=anita, সুব্রত=subrata, মৌসুমী=mousumi, তানভীর=tanvir, শ্রেয়া=shreya",
        family: "চৌধুরী=chowdhury, রহমান=rahman, দাস=das, মুখার্জি=mukherjee, হোসেন=hossain, ব্যানার্জি=banerjee",
    },
    // Tamil
    Script {
        weight: 2,
        order: Order::GivenFirst,
        between: " ",
        given: "கவிதா=kavitha, முருகன்=murugan, லட்சுமி=lakshmi, அருண்=arun, மீனாட்சி=meenakshi, செந்தில்=senthil",
        family: "சுப்பிரமணியம்=subramaniam, இராமன்=raman, கிருஷ்ணன்=krishnan, நடராஜன்=natarajan, செல்வம்=selvam",
    },
    // Thai
    Script {
        weight: 2,
        order: Order::GivenFirst,
        between: " ",
        given: "สมชาย=somchai, สุดารัตน์=sudarat, ณัฐพล=nattapon, พิมพ์ชนก=pimchanok, อนุชา=anucha, ศิริพร=siriporn",
        family: "ศรีสุวรรณ=srisuwan, วงศ์สวัสดิ์=wongsawat, แก้วมณี=kaewmanee, เจริญสุข=charoensuk, รัตนพันธ์=rattanaphan",
    },
    // Georgian
    Script {
        weight: 1,
        order: Order::GivenFirst,
        between: " ",
        given: "ნინო=nino, გიორგი=giorgi, თამარ=tamar, ლევან=levan, ქეთევან=ketevan",
        family: "ბერიძე=beridze, კაპანაძე=kapanadze, გელაშვილი=gelashvili, ჯავახიშვილი=javakhishvili",
    },
    // Armenian
    Script {
        weight: 1,
        order: Order::GivenFirst,
        between: " ",
        given: "Անահիտ=anahit, Հայկ=hayk, Մարիամ=mariam, Տիգրան=tigran, Լուսինե=lusine",
        family: "Հակոբյան=hakobyan, Սարգսյան=sargsyan, Գրիգորյան=grigoryan, Պետրոսյան=petrosyan",
    },
    // Ethiopic
    Script {
        weight: 1,
        order: Order::GivenFirst,
        between: " ",
        given: "አበበ=abebe, ሰላም=selam, ተስፋዬ=tesfaye, ሕይወት=hiwot, ዳዊት=dawit",
        family: "በቀለ=bekele, ታደሰ=tadesse, ገብረ መድኅን=gebremedhin, ወልደ=wolde",
    },
];
