"""Facts of public acts kept beside the checkout, transcribed by eye from their texts.

Only elected members and facts of the sittings are given; the texts themselves are not copied.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from levier.council.domain.record import Movement, MovementEvent, Outcome

DELIBERATIONS = "data/deliberations"


@dataclass(frozen=True)
class RealAct:
    """What one act prints; `facts` maps dotted paths of the record to values."""

    path: str
    present: str = ""
    absent: str = ""
    proxies: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    votes: tuple[tuple[int | None, Outcome | None, int | None, int | None, int | None], ...] = ()


ADOPTED, REJECTED = Outcome.ADOPTED, Outcome.REJECTED

REAL_ACTS = (
    RealAct(
        "reference/loison-2024-06-11.txt",
        absent="Françoise TOULOUSE; Catherine WILLE; Corinne LEFEBVRE; Robert UNTERFRANC; "
        "Naséra BENSLIMANE; Dorine CORROYEZ",
        proxies=(
            "Françoise TOULOUSE > Jacky LELONG",
            "Catherine WILLE > Sandrine WABLE",
            "Corinne LEFEBVRE > Daniel KRUSZKA",
            "Robert UNTERFRANC > Jean-Rémy FERRANT",
            "Naséra BENSLIMANE > David GUIDE",
            "Dorine CORROYEZ > David PENETTICOBRA",
        ),
        facts={
            "assembly": "Loison-sous-Lens",
            "assembly_kind": "commune",
            "document_kind": "extract",
            "sitting.date": date(2024, 6, 11),
            "sitting.opens_at": None,
            "sitting.convocation_date": date(2024, 6, 5),
            "sitting.convocation_posted": True,
            "sitting.president": "Daniel KRUSZKA",
            "sitting.secretary": "Emmanuel DONDELA",
            "sitting.in_office": None,
            "sitting.all_present_except_absent": True,
            "deliberations.0.subject": "Signature du Contrat de Ville 2024-2030",
            "deliberations.0.rapporteur": "Khadija LANNABI",
            "deliberations.0.vote.unanimous": True,
            "deliberations.0.vote.in_favour": None,
            "deliberations.0.vote.against": None,
            "deliberations.0.vote.abstentions": None,
            "deliberations.0.visas": (
                "Vu la délibération du Conseil Communautaire du 28 mars 2024",
            ),
            "signed_on": date(2024, 6, 20),
            "signatory": "Daniel KRUSZKA",
        },
        votes=((None, ADOPTED, None, None, None),),
    ),
    RealAct(
        f"{DELIBERATIONS}/pages/avion_2020-06-23.txt",
        present="Jean-Marc TELLIER; Perrine CIOFFI; David GOSSELIN; Alain BARANOWSKI; "
        "Christelle VERNACK née WILLERVAL; Guillaume SAYON; Dany OWCZARZAK; Brahim KOUJANE; "
        "Danielle TISON née CARON; Alex GEST; Pierre CHERET; Rose-May SCHIAVON née VAHE; "
        "Renée CAPRON née PARENT; Guy DECONINCK; Brigitte PETIT née PONCHANT; Marc LAURENT; "
        "Gilles GUILLEMANT; Pascale BEUGNET née DUFAY; Renée LACROIX née LHERBIER; "
        "Fabrice BOURDON; Daniel SUSZKA; Mohamed DOUIHI; Cyril DUQUESNOY; Linda LOEUILLEUX; "
        "Karin PICARD née BEAUVOIS; Sandrine TISON; Fadhila YAMANI née ARBIA; "
        "Abdeljalil IDYOUSSEF; Laetitia FONTAINE",
        absent="Jean LETOQUART; Zineb BOUZIANE; Cathy POLY née APOURCEAU; Anthony SARDO",
        proxies=(
            "Jean LETOQUART > David GOSSELIN",
            "Zineb BOUZIANE > Perrine CIOFFI",
            "Cathy POLY née APOURCEAU > Christelle VERNACK née WILLERVAL",
            "Anthony SARDO > Guillaume SAYON",
        ),
        facts={
            "assembly": None,
            "document_kind": "minutes",
            "sitting.date": date(2020, 6, 23),
            "sitting.opens_at": time(18, 30),
            "sitting.place": "salle Mouloudji Espace Jean Ferrat",
            "sitting.convocation_date": date(2020, 6, 17),
            "sitting.convocation_posted": True,
            "sitting.president": "Jean-Marc TELLIER",
        },
    ),
    RealAct(
        f"{DELIBERATIONS}/pages/call_2021-09-23.txt",
        present="Latifa AIT ABDERRAFII; Jean-Marie ALEXANDRE; Frédéric ALLOÏ; Carine BANAS; "
        "Bernard BAUDE; Alain BAVAY; Farid BOUKERCHA; Cécile BOURDON; Christelle BUISSETTE; "
        "Michèle CARBONNIER BEN AZOUZ; Pascal CARON; Jean-François CECAK; Christian CHAMPIRE; "
        "Pierre CHERET; Perrine CIOFFI; Christophe CIURYS; Justin CLAIRET; Bruno CLAVET; "
        "Katy CLEMENT; Hélène CORRE; Catherine DAMBRINE; Jérôme DARRAS; Martine DEMEYERE; "
        "Daniel DERNONCOURT; Bernadette DOUTREMEPUICH; Alain DUBREUCQ; Laurent DUCAMP; "
        "Nadine DUCLOY; Violette DUFOUR; Laurent DUPORGE; Philippe DUQUESNOY; Nicolas FRANCKE; "
        "Nicolas GODART; Joachim GUFFROY; Donata HOCHART; Daniel KRUSZKA; André KUCHCINSKI; "
        "Philippe LA GRANGE; Yvon LEJEUNE; François LEMAIRE; Jean LETOQUART; Agnès LEVANT; "
        "Alain LHERBIER; Caroline LOUBAT; Brigitte MARTIN; Nathalie MEGUEULLE MANIER; "
        "Laure MEPHU NGUIFO",
        facts={
            "assembly": "Communauté d'Agglomération de Lens-Liévin",
            "assembly_kind": "epci",
            "document_kind": "extract",
            "sitting.date": date(2021, 9, 23),
            "sitting.opens_at": time(18, 30),
            "sitting.convocation_date": date(2021, 9, 16),
            "sitting.convocation_posted": True,
            "sitting.president": "Sylvain ROBERT",
            "sitting.in_office": 91,
            "sitting.present_count": 70,
            "sitting.represented_count": 15,
        },
    ),
    RealAct(
        f"{DELIBERATIONS}/pages/harnes_2009-02-02.txt",
        absent="Nathalie CHASTIN; Nathalie CHEVALIER; Claudine LEMAR; Nicolas SZYDLOWSKI; "
        "Nadine DERWEDUWERS; Corinne TATE; Jean-Pierre HOUZIAUX; Roger LESIRE; "
        "Jean-Pierre KLEINPETER; Abdelhaq NEGGAZ",
        facts={
            "assembly": "HARNES",
            "sitting.date": date(2009, 2, 2),
            "sitting.opens_at": time(19, 0),
            "sitting.convocation_date": None,
            "sitting.president": "Philippe DUQUESNOY",
            "sitting.secretary": "Jeanne HOUZIAUX",
            "sitting.all_present_except_absent": True,
            "sitting.movements": (
                Movement("Abdelhaq NEGGAZ", MovementEvent.ARRIVES, None, time(19, 30)),
            ),
        },
    ),
    RealAct(
        f"{DELIBERATIONS}/pages/loison-sous-lens_2018-04-03.txt",
        facts={
            "sitting.date": date(2018, 4, 3),
            "sitting.secretary": "Françoise TOULOUSE",
            "sitting.president": None,
            "sitting.place": None,
            "sitting.all_present_except_absent": False,
            "deliberations": (),
        },
    ),
    RealAct(
        f"{DELIBERATIONS}/pages/mortagne-du-nord_2017-03-13.txt",
        present="Quiévy Michel; Loin Bruno; Lumet Danielle; Dubois Jean-Pierre; Druart M.Claire; "
        "Fruchart Geneviève; Dupont Nicole; Langlemez Bernard; Noël Christian; Bloqueau Michel; "
        "Leseultre Françoise; Verlynde Cédric; Moreel Joëlle; Verbrugghe Stéphanie; "
        "Gahide Clarisse",
        absent="Lengacher Philippe; Descouvemont Josette; Delprove Edgard; Walquant Bertrand",
        proxies=(
            "Lengacher Philippe > Noël Christian",
            "Descouvemont Josette > Dubois Jean-Pierre",
        ),
        facts={
            "assembly": "Mortagne-du-Nord",
            "sitting.date": date(2017, 3, 13),
            "sitting.opens_at": time(18, 30),
            "sitting.place": "à la salle des mariages de Mortagne-du-Nord",
            "sitting.president": "Michel QUIÉVY",
            "sitting.secretary": "Gahide Clarisse",
            "sitting.in_office": None,
            "deliberations.1.number": 1,
            "deliberations.1.subject": "ADHÉSION DE COMMUNE AU SMAHVSBE",
            "deliberations.1.vote.unanimous": True,
        },
        votes=((None, ADOPTED, None, None, None), (1, ADOPTED, None, None, None)),
    ),
    RealAct(
        f"{DELIBERATIONS}/couthenans/CR_conseil_municipal_28_10_2022.txt",
        present="David TRIPOGNEY; Nelly WIDMER; Agnès MICHELOT; Adeline TEXEIRA; "
        "Jacques DELUNSCH; Patrick KACZMAREK; Anne-Marie MUNINGER",
        absent="Maryline LECESTRE; Marielle SAUGET; Yves LISCHKA; Jean-Pierre JEANROY; "
        "Mathieu FIGINI; Marc SAUGET",
        proxies=(
            "Maryline LECESTRE > Adeline TEXEIRA",
            "Marielle SAUGET > Agnès MICHELOT",
            "Yves LISCHKA > Anne-Marie MUNINGER",
            "Jean-Pierre JEANROY > David TRIPOGNEY",
        ),
        facts={"sitting.date": date(2022, 10, 28), "assembly": None},
        votes=(
            (2, ADOPTED, 11, 0, 0),
            (3, ADOPTED, 11, 0, 0),
            (4, REJECTED, 5, 6, 0),
            (5, ADOPTED, 11, 0, 0),
            (6, ADOPTED, 11, 0, 0),
        ),
    ),
    RealAct(
        f"{DELIBERATIONS}/couthenans/CR_reunion_20210129.txt",
        present="Jean-Pierre; Anne-Marie; Nelly; Agnès; Maryline; Jacques; Mario; Matthieu; "
        "Patrick; Yves",
        absent="Marielle; Adeline; Hélène; Marc; David",
        proxies=(
            "Marielle > Agnès",
            "Adeline > Maryline",
            "Hélène > Jacques",
            "David > Jean-Pierre",
        ),
        facts={
            "assembly": "Couthenans",
            "sitting.date": date(2021, 1, 29),
            "sitting.opens_at": time(18, 30),
        },
        votes=(
            (1, ADOPTED, None, None, None),
            (2, ADOPTED, None, None, None),
            (3, ADOPTED, None, None, None),
            (None, ADOPTED, 9, None, 5),
        ),
    ),
    RealAct(
        f"{DELIBERATIONS}/couthenans/CR_reunion_20210604.txt",
        present="Jean-Pierre; Yves; Jacques; Mathieu; Patrick; Maryline; Anne-Marie; Mario; "
        "Nelly; Agnès; Marc; Marielle; David",
        absent="Hélène",
        proxies=("Adeline > Mario",),
        facts={"sitting.date": date(2021, 6, 4)},
        votes=tuple((number, ADOPTED, 14, 0, 0) for number in (1, 2, 3, 4, None)),
    ),
    RealAct(
        f"{DELIBERATIONS}/couthenans/CR_reunion_20211126.txt",
        present="Jean-Pierre; Yves; Jacques; Maryline; Anne-Marie; Patrick; Agnès; Mario; Adeline",
        absent="David; Marielle; Marc; Mathieu",
        proxies=("David > Jean-Pierre", "Marielle > Agnès", "Marc > Mario"),
        facts={
            "sitting.date": date(2021, 11, 26),
            "deliberations.0.vote.blank": 1,
            "deliberations.1.vote.in_favour": 13,
            "deliberations.2.vote.in_favour": 13,
        },
        votes=(
            (1, ADOPTED, None, None, None),
            (2, None, 13, None, None),
            (4, None, 13, None, None),
        ),
    ),
    RealAct(
        f"{DELIBERATIONS}/lannion/281b09e6.txt",
        present="Paul LE BIHAN; Eric ROBERT; Françoise LE MEN; Cédric SEUREAU; "
        "Bernadette CORVISIER; Marc NEDELEC; Trefina KERRAIN; Patrice KERVAON; Gwénaëlle LAIR; "
        "Michel DIVERCHY; Hervé LATIMIER; Pierre GOUZI; Yvon BRIAND; Marie Christine BARAC'H; "
        "Sonya NICOLAS; Christian MEHEUST; Marie-Annick GUILLOU; Françoise BARBIER; "
        "Anne-Claire EVEN; Christine TANGUY; Myriam DUBOURG; Fabrice LOUEDEC; Nolwenn HENRY; "
        "Carine HUE; Christophe KERGOAT; Gaël CORNEC; Louison NOËL; Danielle MAREC; Anne LE GUEN",
        absent="Jean-Yves CALLAC",
        proxies=(
            "Yves NEDELLEC > Marie-Annick GUILLOU",
            "Fabien CANEVET > Patrice KERVAON",
            "Catherine BRIDET > Danielle MAREC",
        ),
        facts={
            "assembly": "Lannion",
            "sitting.date": date(2021, 7, 5),
            "sitting.opens_at": time(18, 0),
            "sitting.convocation_date": date(2021, 6, 25),
            "sitting.president": "Paul LE BIHAN",
            "sitting.secretary": "Trefina KERRAIN",
            "sitting.present_count": 29,
            "sitting.represented_count": 3,
            "sitting.movements": (),
            "deliberations.2.present_changes": (
                Movement("Jean-Yves CALLAC", MovementEvent.ARRIVES, 3),
            ),
            "deliberations.0.rapporteur": "Yvon BRIAND",
            "deliberations.6.rapporteur": "Marc NEDELEC",
            "deliberations.10.rapporteur": "Françoise LE MEN",
            "deliberations.13.rapporteur": "Patrice KERVAON",
            "deliberations.15.rapporteur": "Eric ROBERT",
            "deliberations.19.rapporteur": "Gwénaëlle LAIR",
        },
        votes=tuple((number, ADOPTED, None, None, None) for number in range(1, 21)),
    ),
)
