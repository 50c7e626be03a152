"""Acts that mix several ways of printing, as whole extracts do."""

from __future__ import annotations

from tests.unit.council.reading_cases.case import Case, date

MIXED = (
    Case(
        "crosses under heads, after a line of counts",
        """COMMUNE DE VALBRUNE
PROCÈS-VERBAL DE LA SÉANCE DU CONSEIL MUNICIPAL DU 3 MARS 2022

Date de convocation : 25 février 2022          Date d'affichage : 25 février 2022
Membres en exercice : 11    Présents : 8    Votants : 10

Nom et prénom          Présent   Absent   Pouvoir à
MARCHAND Paul          X
DURAND Élise           X
LE GOFF Anne-Marie               X        MARCHAND Paul
PETIT Jean             X
ROUSSEL Karim          X
BLANC Sophie           X
NOIR Hervé                       X
GIRARD Nadia           X
VAN DEN BROECK Luc     X
COSTE Michel                     X        BLANC Sophie
FABRE Lucie            X

Secrétaire de séance : Mme Nadia GIRARD
Le quorum étant atteint, M. Paul MARCHAND, Maire, ouvre la séance à 20h00.

Délibération n° 2022-03 : Vote des subventions
Après en avoir délibéré, le conseil municipal, par 9 voix pour et 1 abstention, DECIDE d'attribuer 500 € au comité des fêtes.
""",
        present="Paul MARCHAND; Élise DURAND; Jean PETIT; Karim ROUSSEL; Sophie BLANC; Nadia GIRARD; Luc VAN DEN BROECK; Lucie FABRE",
        absent="Anne-Marie LE GOFF; Hervé NOIR; Michel COSTE",
        proxies=(
            "Anne-Marie LE GOFF > Paul MARCHAND",
            "Michel COSTE > Sophie BLANC",
        ),
        expected={
            "sitting.date": date(2022, 3, 3),
            "sitting.convocation_date": date(2022, 2, 25),
            "sitting.president": "Paul MARCHAND",
            "sitting.secretary": "Nadia GIRARD",
            "sitting.in_office": 11,
        },
    ),
    Case(
        "everyone but two, one represented",
        """EXTRAIT DU REGISTRE DES DELIBERATIONS
L'an deux mille dix-neuf et le vingt-huit novembre à 20 heures 30, le Conseil Municipal de la Commune de SAINT-AUBIN-LES-BOIS, régulièrement convoqué le 20 novembre 2019, s'est réuni sous la présidence de M. Bernard TISSOT, Maire.
Présents : tous les membres en exercice sauf M. Guy PONS, excusé, représenté par Mme Claire AUBRY et Mme Inès DA SILVA, absente.
Mme Claire AUBRY a été nommée secrétaire.
OBJET : Tarifs de la cantine
Le Conseil Municipal, après délibération, à la majorité (10 pour, 2 contre : MM. ROY et LEROUX), fixe le prix du repas à 3,20 €.
Pour copie conforme, à Saint-Aubin-les-Bois le 2 décembre 2019
Le Maire, Bernard TISSOT
""",
        present="",
        absent="Guy PONS; Inès DA SILVA",
        proxies=("Guy PONS > Claire AUBRY",),
        expected={
            "sitting.date": date(2019, 11, 28),
            "sitting.convocation_date": date(2019, 11, 20),
            "sitting.president": "Bernard TISSOT",
            "sitting.secretary": "Claire AUBRY",
            "signatory": "Bernard TISSOT",
            "signed_on": date(2019, 12, 2),
            "deliberations.0.vote.in_favour": 10,
            "deliberations.0.vote.against": 2,
            "deliberations.0.vote.abstentions": None,
            "sitting.all_present_except_absent": True,
        },
    ),
    Case(
        "groups by office, then represented by",
        """DEPARTEMENT DU NORD - VILLE DE GRANDMARAIS
Conseil municipal du jeudi 14 décembre 2023 à 18h30
Présidence : Mme Rachida BENALI, Maire
Secrétaire : M. Tom LEFORT
Nombre de conseillers municipaux en exercice : 29 - Présents : 24 - Représentés : 4 - Absent : 1
PRESENTS : Mme Rachida BENALI, M. Tom LEFORT, Mme Ana RUIZ, M. Joël D'HONDT, Mme Léa O'BRIEN, adjoints ; MM. Yves CATTEAU, Marc DE SMET, Mmes Zoé HUBERT, Rita EL AMRANI, conseillers municipaux
REPRESENTES : M. Paul ANDRE représenté par Mme Ana RUIZ ; Mme Line BODART représentée par M. Yves CATTEAU
ABSENT : M. Loïc VERDIER
Convocation envoyée le 8 décembre 2023 et affichée le même jour
""",
        present="Rachida BENALI; Tom LEFORT; Ana RUIZ; Joël D'HONDT; Léa O'BRIEN; Yves CATTEAU; Marc DE SMET; Zoé HUBERT; Rita EL AMRANI",
        absent="Loïc VERDIER",
        proxies=(
            "Paul ANDRE > Ana RUIZ",
            "Line BODART > Yves CATTEAU",
        ),
        expected={
            "sitting.date": date(2023, 12, 14),
            "sitting.convocation_date": date(2023, 12, 8),
            "sitting.president": "Rachida BENALI",
            "sitting.secretary": "Tom LEFORT",
            "sitting.in_office": 29,
        },
    ),
    Case(
        "a name and an office a line",
        """Mairie de Montfleury
Séance du Conseil municipal du 6 février 2020

Etaient présents :
Mme Françoise LAMY, Maire
M. Jacques OLIVIER, 1er adjoint
Mme Karine POUGET, 2ème adjointe
M. Denis ROCHE
Mme Isabelle SERRE

Etaient absents excusés :
M. Alain TEYSSIER, pouvoir à M. Jacques OLIVIER
Mme Brigitte VIAL

A été nommé secrétaire de séance : M. Denis ROCHE

1. Compte de gestion 2019
Approuvé à l'unanimité
2. Affouage
Pour : 5 - Contre : 0 - Abstention : 1
""",
        present="Françoise LAMY; Jacques OLIVIER; Karine POUGET; Denis ROCHE; Isabelle SERRE",
        absent="Alain TEYSSIER; Brigitte VIAL",
        proxies=("Alain TEYSSIER > Jacques OLIVIER",),
        expected={"sitting.date": date(2020, 2, 6), "sitting.secretary": "Denis ROCHE"},
    ),
    Case(
        "capital I read as a small l",
        """EXTRAlT DU REGlSTRE DES DELlBERATlONS
DU CONSElL MUNlClPAL DE LA COMMUNE DE HAUTERIVE
Séance  du  17  Septembre  2018
L an deux mil dix huit, le dix sept septembre à dix neuf heures
ETAIENT PRESENTS: MM BERNARD Luc, COLIN René, Mmes DUMAS Eva, FAURE  Ida
ABSENTS  EXCUSES : Mr GROS Max qui a donné procuration à Mr COLIN René
Mme HUET Lou
SECRETAIRE DE SEANCE : Mme FAURE Ida
Date de convocation: 10/09/2018
Le Conseil Municipal, ouï l exposé du Maire et après en avoir délibéré à l unanimité
ACCEPTE le devis de l entreprise Sol pour 1 200 euros
""",
        present="Luc BERNARD; René COLIN; Eva DUMAS; Ida FAURE",
        absent="Max GROS; Lou HUET",
        proxies=("Max GROS > René COLIN",),
        expected={
            "sitting.date": date(2018, 9, 17),
            "sitting.convocation_date": date(2018, 9, 10),
            "sitting.secretary": "Ida FAURE",
        },
    ),
    Case(
        "an intercommunal extract with articles",
        """COMMUNAUTÉ DE COMMUNES DU PAYS DE BRÉZAC
EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL COMMUNAUTAIRE
Séance du 27 juin 2023
Le vingt-sept juin deux mille vingt-trois à 18 heures 30, le conseil communautaire s'est réuni à Brézac sous la présidence de Monsieur Henri VASSEUR, Président, suivant convocation en date du 20 juin 2023.
Membres en exercice : 31 ; quorum : 16
Présents (22) : Henri VASSEUR, Lise MOREL, Omar HADDAD, Guy LE ROUX
Ont donné pouvoir (3) : Éva KLEIN à Lise MOREL, Jean-Paul RÉMY à Omar HADDAD, Nora SAÏDI à Guy LE ROUX
Absents excusés (6) : Luc PAGES, Ana BORGES
Secrétaire de séance : Lise MOREL
Délibération n° 2023-06-04
Objet : Approbation du contrat de ville
Rapporteur : Omar HADDAD
Vu le code général des collectivités territoriales ;
Vu la loi n° 2014-173 du 21 février 2014 ;
Considérant que le contrat précédent a pris fin ;
Le conseil communautaire, après en avoir délibéré, par 24 voix pour, 0 contre et 1 abstention (M. Guy LE ROUX) :
Article 1 : APPROUVE le contrat de ville.
Article 2 : AUTORISE le Président à le signer.
Fait et délibéré à Brézac, le 27 juin 2023.
Le Président, Henri VASSEUR
Transmis en préfecture le 30 juin 2023 - Publié le 3 juillet 2023
""",
        present="Henri VASSEUR; Lise MOREL; Omar HADDAD; Guy LE ROUX",
        absent="Luc PAGES; Ana BORGES",
        proxies=(
            "Éva KLEIN > Lise MOREL",
            "Jean-Paul RÉMY > Omar HADDAD",
            "Nora SAÏDI > Guy LE ROUX",
        ),
        expected={
            "sitting.date": date(2023, 6, 27),
            "sitting.convocation_date": date(2023, 6, 20),
            "sitting.president": "Henri VASSEUR",
            "sitting.secretary": "Lise MOREL",
            "sitting.in_office": 31,
            "sitting.present_count": 22,
            "sitting.represented_count": 3,
            "deliberations.0.published_on": date(2023, 7, 3),
            "deliberations.0.transmitted_on": date(2023, 6, 30),
            "deliberations.0.rapporteur": "Omar HADDAD",
            "deliberations.0.subject": "Approbation du contrat de ville",
            "deliberations.0.vote.in_favour": 24,
            "deliberations.0.vote.against": 0,
            "deliberations.0.vote.abstentions": 1,
        },
    ),
    Case(
        "until and from a question",
        """VILLE DE PONTARLAC
PROCES-VERBAL DU CONSEIL MUNICIPAL
Séance du lundi 8 avril 2024
Étaient présents : M. Alain BERTIN, Maire, Mme Odette CHARRON, M. Élie DUPRÉ, Mme Fanny ESCOT (à partir de la question n° 3), M. Gil FAVRE (jusqu'à la question n° 5)
Avaient donné procuration : Mme Hana GALLI à M. Alain BERTIN
Absents : M. Ivan HENRY
M. Élie DUPRÉ est élu secrétaire de séance.
""",
        present="Alain BERTIN; Odette CHARRON; Élie DUPRÉ; Fanny ESCOT; Gil FAVRE",
        absent="Ivan HENRY",
        proxies=("Hana GALLI > Alain BERTIN",),
        expected={"sitting.date": date(2024, 4, 8), "sitting.secretary": "Élie DUPRÉ"},
    ),
    Case(
        "groups by civility and a two-date stamp",
        """REPUBLIQUE FRANCAISE
DEPARTEMENT DE L'AIN
COMMUNE DE CHAZEY-LE-HAUT
DELIBERATION DU CONSEIL MUNICIPAL
L'an 2022, le 15 juin à 20:00, le Conseil Municipal s'est réuni à la Mairie sous la présidence de Monsieur FERRAND Claude, Maire, en session ordinaire. Les convocations individuelles, l'ordre du jour et les notes explicatives de synthèse ont été transmis par écrit aux conseillers municipaux le 09/06/2022. La convocation et l'ordre du jour ont été affichés à la porte de la Mairie le 09/06/2022.
Présents : M. FERRAND Claude, Maire, Mmes : BRUNET Aline, CHAPUIS Rose, MM : DUC Noé, EYMARD Théo
Excusé(s) ayant donné procuration : M. FAYOLLE Jean à M. DUC Noé
Excusé(s) : Mme GENIN Lola
A été nommé(e) secrétaire : Mme BRUNET Aline
Nombre de membres
Afférents : 11
Présents : 5
Objet de la délibération : Durée d'amortissement
A l'unanimité (pour : 6 contre : 0 abstentions : 0)
Acte rendu exécutoire après dépôt en Préfecture de l'Ain le : 17/06/2022 et publication du : 20/06/2022
""",
        present="Claude FERRAND; Aline BRUNET; Rose CHAPUIS; Noé DUC; Théo EYMARD",
        absent="Jean FAYOLLE; Lola GENIN",
        proxies=("Jean FAYOLLE > Noé DUC",),
        expected={
            "sitting.date": date(2022, 6, 15),
            "sitting.convocation_date": date(2022, 6, 9),
            "sitting.president": "Claude FERRAND",
            "sitting.secretary": "Aline BRUNET",
            "deliberations.0.published_on": date(2022, 6, 20),
            "deliberations.0.vote.in_favour": 6,
            "deliberations.0.vote.against": 0,
            "deliberations.0.vote.abstentions": 0,
        },
    ),
    Case(
        "procurations with an arrow",
        """Compte-rendu de la réunion du Conseil Municipal du 19 janvier 2023 – Commune de Lussol
Présents : Pierre ALBERT, Marie BONNET, Lucas CARO et Jade DUMONT.
Absents : Hugo ERNST (pouvoir à Marie BONNET), Chloé FINET (excusée), Sami GARNIER.
Pouvoirs : Hugo ERNST → Marie BONNET
Le quorum est atteint. Secrétaire de séance : Jade DUMONT
Point n°1 : Approbation du RPQS. Vote : unanimité.
""",
        present="Pierre ALBERT; Marie BONNET; Lucas CARO; Jade DUMONT",
        absent="Hugo ERNST; Chloé FINET; Sami GARNIER",
        proxies=("Hugo ERNST > Marie BONNET",),
        expected={"sitting.date": date(2023, 1, 19), "sitting.secretary": "Jade DUMONT"},
    ),
)
