"""Ways of printing who is there and who is not."""

from __future__ import annotations

from tests.unit.council.reading_cases.case import Case, date, time

LISTS = (
    Case(
        "dashes and brackets",
        """Ville de VALBOURG
Procès-verbal du conseil municipal du 14 mars 2023
L'an deux mille vingt-trois, le quatorze mars à 19 heures, le conseil municipal s'est réuni.
Étaient présents : Luc ARNAUD - Inès LE ROY - Paul-Henri D’ARGENT – Zoé
VAN DER MEER - Anne N'GUESSAN
Absents : Rémi FAURE (procuration à Inès LE ROY) - Léa PETIT (excusée)
Secrétaire de séance : Zoé VAN DER MEER
""",
        present="Luc ARNAUD; Inès LE ROY; Paul-Henri D’ARGENT; Zoé VAN DER MEER; Anne N'GUESSAN",
        absent="Rémi FAURE; Léa PETIT",
        proxies=("Rémi FAURE > Inès LE ROY",),
        expected={
            "assembly": "VALBOURG",
            "sitting.date": date(2023, 3, 14),
            "sitting.opens_at": time(19, 0),
            "sitting.secretary": "Zoé VAN DER MEER",
        },
    ),
    Case(
        "one line each, office after a comma",
        """COMMUNE DE SAINT-OMBRE-SUR-LIE
COMPTE RENDU DE LA SÉANCE DU CONSEIL MUNICIPAL DU 5 FÉVRIER 2024

PRÉSENTS :
M. Jean BOULANGER, Maire
Mme Marie DE LA TOUR, 1ère adjointe
M. Karim AÏT SAÏD, 2ème adjoint délégué aux travaux
Mme Odile PRÉVÔT, conseillère municipale

ABSENTS EXCUSÉS :
M. Yves LE GALL, conseiller municipal, donne pouvoir à Mme Marie DE LA TOUR
Mme Rose MARTIN

Le quorum est atteint.
""",
        present="Jean BOULANGER; Marie DE LA TOUR; Karim AÏT SAÏD; Odile PRÉVÔT",
        absent="Yves LE GALL; Rose MARTIN",
        proxies=("Yves LE GALL > Marie DE LA TOUR",),
        expected={"assembly": "SAINT-OMBRE-SUR-LIE", "sitting.date": date(2024, 2, 5)},
    ),
    Case(
        "surnames first in capitals, maiden names, group civilities",
        """EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL DE BRÉVAL-LE-HAUT
Séance du 12 décembre 2022
Etaient présents : Mmes et MM. BERTIN Paul, CARON née DELVAL Lucie, DE SMET Johan, EL AMRANI
Nadia, FOUQUET Jean-Baptiste, adjoints ; MM. GRAS Hugo, HAMEL Théo, conseillers municipaux.
Etaient excusés : Mme JOLY Anne, qui a donné pouvoir à M. BERTIN Paul, MM. KLEIN Marc et LEROUX
Éric.
Objet : Tarifs de la cantine
Le conseil municipal, à l'unanimité, décide de fixer le tarif du repas à 3,20 €.
""",
        present="Paul BERTIN; Lucie CARON née DELVAL; Johan DE SMET; Nadia EL AMRANI; "
        "Jean-Baptiste FOUQUET; Hugo GRAS; Théo HAMEL",
        absent="Anne JOLY; Marc KLEIN; Éric LEROUX",
        proxies=("Anne JOLY > Paul BERTIN",),
        expected={
            "deliberations.0.subject": "Tarifs de la cantine",
            "deliberations.0.vote.unanimous": True,
        },
    ),
    Case(
        "surnames alone, with civilities",
        """Compte rendu du conseil municipal du 3 mai 2019, commune de Longpré
Présents : Monsieur ALBERT, Maire, Messieurs BRUN, COLAS, DUPUIS DE LA MOTTE, Madame ERNST,
Docteur FABRE, Maître GIRARD, Messieurs HUET et IMBERT.
Excusés : Madame JACOB donne pouvoir à Monsieur BRUN, Messieurs KELLER et LAMY.
Madame ERNST est désignée secrétaire de séance.
""",
        present="ALBERT; BRUN; COLAS; DUPUIS DE LA MOTTE; ERNST; FABRE; GIRARD; HUET; IMBERT",
        absent="JACOB; KELLER; LAMY",
        proxies=("JACOB > BRUN",),
        expected={"sitting.secretary": "ERNST"},
    ),
    Case(
        "initials, M. among them",
        """CONSEIL COMMUNAUTAIRE DE LA COMMUNAUTÉ DE COMMUNES DU VAL DORÉ
Séance du 9 novembre 2020 - compte rendu
PRÉSENTS
A. BONNET, M. CHEVAL, O. DENIS, J-P. ÉTIENNE, M-C. LE FLOCH, S.
GAUTIER, R. LE BRAS.
ABSENTS EXCUSÉS AYANT DONNÉ POUVOIR
H. JOUAN (Pouvoir à M. CHEVAL), A. KERMEL (Pouvoir à A. BONNET).
ABSENTS EXCUSÉS
I. LE DU, N. MOREL.
""",
        present="A. BONNET; M. CHEVAL; O. DENIS; J-P. ÉTIENNE; M-C. LE FLOCH; S. GAUTIER; "
        "R. LE BRAS",
        absent="H. JOUAN; A. KERMEL; I. LE DU; N. MOREL",
        proxies=("H. JOUAN > M. CHEVAL", "A. KERMEL > A. BONNET"),
        expected={
            "assembly_kind": "epci",
            "sitting.date": date(2020, 11, 9),
        },
    ),
    Case(
        "all but",
        """COMMUNE DE MONTFERRE
L'an deux mil vingt et un, le premier mars à vingt heures trente, le Conseil Municipal s'est réuni
sous la présidence de Madame Alice ROUX, Maire.
Étaient présents tous les conseillers municipaux en exercice sauf M. Denis NOËL (pouvoir à Mme
Alice ROUX), Mme Éva OLLIVIER.
M. Jean PONS a été nommé secrétaire.
Après en avoir délibéré, le conseil municipal, par 11 voix pour et 2 abstentions, autorise Madame
le Maire à signer le bail.
""",
        present="",
        absent="Denis NOËL; Éva OLLIVIER",
        proxies=("Denis NOËL > Alice ROUX",),
        expected={
            "sitting.all_present_except_absent": True,
            "sitting.date": date(2021, 3, 1),
            "sitting.opens_at": time(20, 30),
            "sitting.president": "Alice ROUX",
            "sitting.secretary": "Jean PONS",
        },
    ),
    Case(
        "all members but, after a colon, with a misread letter",
        """PROCES VERBAL DU CONSEIL MUNICIPAL
Séance du 21 septembre 2018
Etalent présents : tous les membres en exercice à l'exceptlon de :
- Mme Carole QUENTIN, excusée
- M. Ludovic RENARD, absent, ayant donné procuration à M. Fred SIMON
Secrétaire de séance : M. Fred SIMON
""",
        absent="Carole QUENTIN; Ludovic RENARD",
        proxies=("Ludovic RENARD > Fred SIMON",),
        expected={"sitting.all_present_except_absent": True, "sitting.secretary": "Fred SIMON"},
    ),
    Case(
        "spaced capitals and letters misread in the headings",
        """P R O C È S   V E R B A L   D U   C O N S E I L   M U N I C I P A L
Séance du 2 juillet 2015
P R É S E N T S : Léon TISSOT, Marthe UGUEN, Noé VIDAL
ABSENTS EXCU5ÉS : Olga WEBER
Procuratlons : Olga WEBER à Noé VIDAL
""",
        present="Léon TISSOT; Marthe UGUEN; Noé VIDAL",
        absent="Olga WEBER",
        proxies=("Olga WEBER > Noé VIDAL",),
    ),
    Case(
        "everything on one line, as some sites print it",
        "1 Département de la Rive Mairie de PLANVILLE PROCES-VERBAL DE LA REUNION DU CONSEIL "
        "MUNICIPAL DU 6 OCTOBRE 2014 L an deux mille quatorze, le lundi 6 octobre à 20 h 30, le "
        "Conseil Municipal, régulièrement convoqué le 30 septembre 2014, s est réuni dans le lieu "
        "habituel de ses séances, sous la présidence de Monsieur Pascal XAVIER, Maire. Nombre de "
        "Conseillers en exercice : 5 présents : 4 votants : 4 Membres présents : M. XAVIER Pascal, "
        "Mme YVON Catherine, M. ZELLER Bernard, Mme ABEL Fabienne Membres excusés : M. BLIN Luc "
        "Secrétaire de séance : Mme ABEL Fabienne APPROBATION DU PROCES-VERBAL DU 8 MAI 2014 : "
        "adopté à l unanimité. 1. ACHAT D UN TERRAIN Le Maire expose le projet.",
        present="Pascal XAVIER; Catherine YVON; Bernard ZELLER; Fabienne ABEL",
        absent="Luc BLIN",
        expected={
            "sitting.date": date(2014, 10, 6),
            "sitting.convocation_date": date(2014, 9, 30),
            "sitting.in_office": 5,
            "sitting.present_count": 4,
            "sitting.president": "Pascal XAVIER",
            "sitting.secretary": "Fabienne ABEL",
        },
    ),
    Case(
        "no colon after the headings",
        "SEANCE DU 1 ER OCTOBRE 2013 L an deux mil treize et le premier octobre à 20 heures 30, le "
        "Conseil Communautaire, régulièrement convoqué, s est réuni à la Maison commune, sous la "
        "présidence de Monsieur Christian MORAND. Nombre de conseillers En exercice 8 Présents 5 "
        "Votants 5 Excusé(e)s S. Cazal, L. Bordes Date de la convocation 24 septembre 2013 "
        "Présent(e)s C. Morand, Président, E. Fabre, M. Tessier, A. Charron, Vice-Présidents ; "
        "J.-P. Marty Secrétaire de séance : Michel Tessier",
        present="C. Morand; E. Fabre; M. Tessier; A. Charron; J.-P. Marty",
        absent="S. Cazal; L. Bordes",
        expected={
            "assembly_kind": "epci",
            "sitting.date": date(2013, 10, 1),
            "sitting.convocation_date": date(2013, 9, 24),
            "sitting.in_office": 8,
        },
    ),
    Case(
        "lists by commune, substitutes",
        """PROCES-VERBAL du Conseil de la Communauté de Communes du Pays Bleu
Réunion du mercredi 28 février 2007 à 19 h 30
Etaient présents :
BASSECOURT
M. RICHER Bernard
BUSSERES
M. VALET Marc (suppléant de
M. RONDOT Jean-Marie)
LUZENAY
Mme Marie RICHER
M. LA GRANGE Michel
Formant la majorité des membres en exercice.
Délégués représentés par pouvoir :
M. BOSQUET Dominique à M. LA GRANGE Michel
M. BEN MOUSSA Tarek à M. RICHER Bernard
Délégués absents excusés :
M. DELERUE Hubert de BUSSERES
""",
        present="Bernard RICHER; Marc VALET; Marie RICHER; Michel LA GRANGE",
        absent="Hubert DELERUE",
        proxies=(
            "Dominique BOSQUET > Michel LA GRANGE",
            "Tarek BEN MOUSSA > Bernard RICHER",
        ),
        expected={"assembly_kind": "epci", "sitting.opens_at": time(19, 30)},
    ),
    Case(
        "commune before each name",
        """Communauté d'agglomération des Trois Rivières
Conseil communautaire du 8 avril 2021 - procès-verbal
Présents :
ARVILLE : Mme Colette DUMAS, M. Serge ÉMERY
BOISNEUF : M. Alain FERRY
Absents représentés : CLAIRVAL : Mme Diane GAY (pouvoir à M. Alain FERRY)
""",
        present="Colette DUMAS; Serge ÉMERY; Alain FERRY",
        absent="Diane GAY",
        proxies=("Diane GAY > Alain FERRY",),
    ),
    Case(
        "titles before the names",
        """Conseil municipal de Rocheplate, séance du 17 janvier 2020, compte rendu
Présents :
Maire : Gérard HUON
Adjoints : Michelle IRIART, Nicolas JEGOU
Conseillers municipaux : Patricia KERN, Quentin LOPEZ et Rachida MEZIANE
Absent : néant
""",
        present="Gérard HUON; Michelle IRIART; Nicolas JEGOU; Patricia KERN; Quentin LOPEZ; "
        "Rachida MEZIANE",
    ),
    Case(
        "numbered list and two columns",
        """Procès-verbal de la séance du conseil municipal du 11 juin 2022
Présents
1. M. Sami NASRI          4. Mme Tania QUERE
2. Mme Ulla OBERT         5. M. Victor RIOU
3. M. Wassim PEREZ        6. Mme Xenia SALAUN
Absents excusés
7. M. Yohan TOMASI (pouvoir à M. Sami NASRI)
""",
        present="Sami NASRI; Tania QUERE; Ulla OBERT; Victor RIOU; Wassim PEREZ; Xenia SALAUN",
        absent="Yohan TOMASI",
        proxies=("Yohan TOMASI > Sami NASRI",),
    ),
    Case(
        "page head within the list",
        """Ville de Hautmont-les-Bois
Conseil Municipal du 4 mai 2023
Étaient présents : Paul ADAM, Rosa BELLON, Igor
Ville de Hautmont-les-Bois
Conseil Municipal du 4 mai 2023
1

CHARRIER, Lise DROUET, Malik
Page 2/6
ESSID, Nora FLEURY
Absente : Olive GARCIA
Ville de Hautmont-les-Bois
Conseil Municipal du 4 mai 2023
2

Secrétaire : Nora FLEURY
""",
        present="Paul ADAM; Rosa BELLON; Igor CHARRIER; Lise DROUET; Malik ESSID; Nora FLEURY",
        absent="Olive GARCIA",
        expected={"assembly": "Hautmont-les-Bois"},
    ),
    Case(
        "page head between form feeds",
        "Mairie de Clairac\nConseil municipal du 3 juin 2021 - Procès-verbal\n"
        "Présents : Alba BERG, Carl DIAZ, Elsa\f"
        "Mairie de Clairac\nFABER, Gino HAAS\nAbsents : Ivan JUNG\f"
        "Mairie de Clairac\n3\nSecrétaire de séance : Gino HAAS\n",
        present="Alba BERG; Carl DIAZ; Elsa FABER; Gino HAAS",
        absent="Ivan JUNG",
    ),
    Case(
        "given names alone, notes for the procurations",
        """CR du conseil municipal du vendredi 29 janvier 2021
+ Présents : Marc (Pr*), Élise, Noémie (Pr**), Igor.
+ Absents excusés : Paule (Pr**), Théo, Régis (Pr*).
""",
        present="Marc; Élise; Noémie; Igor",
        absent="Paule; Théo; Régis",
        proxies=("Paule > Noémie", "Régis > Marc"),
    ),
    Case(
        "passages that are no names stay unread",
        """Compte rendu du conseil municipal du 10 mai 2017
Présents : Ahmed KACI, Brigitte LENOIR, 3e liste rattachée, Cyril MASSON
Absents : Dora NUNEZ
Le quorum est atteint.
""",
        present="Ahmed KACI; Brigitte LENOIR; Cyril MASSON",
        absent="Dora NUNEZ",
        unread=None,
    ),
    Case(
        "a title in capitals after the list is no member",
        """Conseil municipal du 9 mars 2016, procès-verbal
Présents : Odette PAUL, Pierre QUINT, Rémy SALMON.

BUDGET PRIMITIF

Le conseil municipal adopte le budget à l'unanimité.
""",
        present="Odette PAUL; Pierre QUINT; Rémy SALMON",
    ),
    Case(
        "civil servants who attend are no members",
        """PROCÈS-VERBAL DU CONSEIL MUNICIPAL DU 6 AVRIL 2022
Présents : Flora GIRAUD, Henri ISNARD
Absents : Jade KELLY
Assistaient : M. LUCAS, Directeur Général des Services - Mme MEUNIER, secrétaire de mairie
""",
        present="Flora GIRAUD; Henri ISNARD",
        absent="Jade KELLY",
    ),
)
