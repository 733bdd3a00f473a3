//! Given and family names in the Latin script, by the region whose people bear them. Where a
//! name is not plain ASCII, what an address spells instead follows the equals sign.

/// How a name is put together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    GivenFirst,
    /// Now and then with a middle initial.
    GivenFirstInitial,
    FamilyFirst,
}

/// Names that go together.
pub(crate) struct Script {
    /// How many of a hundred people or so bear them.
    pub weight: u64,
    pub order: Order,
    /// What stands between the two names.
    pub between: &'static str,
    pub given: &'static str,
    pub family: &'static str,
}

pub(crate) const LATIN: [Script; 6] = [
    Script {
        weight: 30,
        order: Order::GivenFirstInitial,
        between: " ",
        given: "Maya, Daniel, Grace, Samuel, Olivia, Thomas, Priya, Marcus, Hannah, Victor, Nadia, \
                Peter, Amara, Lucas, Ruth, Oscar, Leila, Simon, Clara, Isaac, Naomi, Patrick, Tessa, \
                Adam, Julia, Kwame, Elena, Martin, Fatima, Robert, Ingrid, Joseph, Sara, Philip, \
                Miriam, Edward, Anita, George, Laura, Henry, Alice, Ibrahim, Emma, Walter, Rosa, \
                Dennis, Helen, Paul",
        family: "Chen, Walker, Patel, Morgan, Nguyen, Brooks, Okafor, Fletcher, Sharma, Bennett, \
                 Mensah, Harper, Kim, Lawson, Reyes, Osborne, Khan, Sutton, Adeyemi, Marsh, Costa, \
                 Doyle, Singh, Palmer, Romero, Hughes, Tanaka, Barrett, Mwangi, Quinn, Silva, \
                 Whitaker, Rossi, Ellis, Banda, Foster, Novak, Grant, Haddad, O’Brien=obrien, \
                 Pereira, Stone, Meyer, Lambert, Smith-Jones, van der Berg, Cole, Ward",
    },
    Script {
        weight: 9,
        order: Order::GivenFirst,
        between: " ",
        given: "Zoë=zoe, Jürgen=juergen, Søren=soren, Åsa=asa, Renée=renee, Björn=bjoern, Käthe=kaethe, \
                Ólafur=olafur, Maël=mael, Þóra=thora, Jörg=joerg, Élise=elise, François=francois, \
                Märta=marta, Chloé=chloe, Jérôme=jerome",
        family: "Müller=mueller, Østergaard=ostergaard, Lindström=lindstroem, Lefèvre=lefevre, \
                 Groß=gross, Sørensen=sorensen, Åkesson=akesson, Schäfer=schaefer, \
                 Mäkinen=makinen, Bélanger=belanger, Bjørnstad=bjornstad, Köhler=koehler, \
                 d’Aubigné=daubigne, Nyström=nystroem, Père=pere, Weiß=weiss",
    },
    Script {
        weight: 7,
        order: Order::GivenFirst,
        between: " ",
        given: "José=jose, María=maria, Íñigo=inigo, Begoña=begona, João=joao, Inês=ines, Andrés=andres, \
                Lucía=lucia, Sebastião=sebastiao, Verónica=veronica, Gonçalo=goncalo, Ángela=angela, \
                Raúl=raul, Conceição=conceicao, Óscar=oscar, Sofía=sofia",
        family: "Núñez=nunez, Gonçalves=goncalves, Ibáñez=ibanez, Magalhães=magalhaes, Peña=pena, \
                 Araújo=araujo, Domínguez=dominguez, Simões=simoes, Muñoz=munoz, Conceição=conceicao, \
                 García Márquez=garcia, Brandão=brandao, Güell=guell, Sánchez=sanchez, \
                 Assunção=assuncao, Ordóñez=ordonez",
    },
    Script {
        weight: 6,
        order: Order::GivenFirst,
        between: " ",
        given: "Łukasz=lukasz, Małgorzata=malgorzata, Žofie=zofie, Jiří=jiri, Štěpán=stepan, \
                Grażyna=grazyna, Ľubomír=lubomir, Željko=zeljko, Ștefan=stefan, Zsófia=zsofia, \
                Agnieszka, Đorđe=djordje, Bożena=bozena, Ágnes=agnes, Mārtiņš=martins, Rūta=ruta",
        family: "Wójcik=wojcik, Zając=zajac, Dvořák=dvorak, Krüger=krueger, Szymański=szymanski, \
                 Kovačević=kovacevic, Wróbel=wrobel, Őry=ory, Šimić=simic, Nagy, Țepeș=tepes, \
                 Bērziņš=berzins, Gołąb=golab, Žižka=zizka, Kőszegi=koszegi, Król=krol",
    },
    Script {
        weight: 4,
        order: Order::GivenFirst,
        between: " ",
        given: "Çağla=cagla, Işıl=isil, Ömer=omer, Şule=sule, Gülşen=gulsen, İsmail=ismail, Tuğba=tugba, \
                Yiğit=yigit, Özge=ozge, Kıvanç=kivanc",
        family: "Yıldız=yildiz, Öztürk=ozturk, Şahin=sahin, Çelik=celik, Aydın=aydin, Kılıç=kilic, \
                 Doğan=dogan, Güneş=gunes, Işık=isik, Ünal=unal",
    },
    Script {
        weight: 4,
        order: Order::FamilyFirst,
        between: " ",
        given: "Thị Hương=huong, Văn Đức=duc, Minh Tuấn=tuan, Ngọc Ánh=anh, Quốc Bảo=bao, Thùy Dương=duong, \
                Hữu Phước=phuoc, Mỹ Lệ=le, Đình Khôi=khoi, Xuân Thảo=thao",
        family: "Nguyễn=nguyen, Trần=tran, Lê=le, Phạm=pham, Huỳnh=huynh, Võ=vo, Đặng=dang, Bùi=bui, Đỗ=do, \
                 Ngô=ngo",
    },
];
