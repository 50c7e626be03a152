"""The French words of the formalities: what each fact is called, and the article that asks for it.

Forms are made from the dataclasses of the domain and from this table; a test finds a fact without
words. `SECTIONS` gives the order of a page.
"""

from __future__ import annotations

from enum import StrEnum

from levier.council.domain import circumstances as life
from levier.council.domain import formalities as held
from levier.council.services.formalities import ActDates, AssemblyFacts, ProxyFormalities

Words = tuple[str, str]
CHOICES: dict[type[StrEnum], dict[str, str]] = {
    held.Channel: {"electronic": "par voie électronique", "paper": "sur papier"},
    held.PublicityMode: {
        "online": "publication sous forme électronique",
        "posting": "affichage",
        "paper": "publication sur papier",
    },
}
SEAT_FUNCTIONS = {
    "member": "membre du conseil",
    "mayor": "maire",
    "deputy_mayor": "adjoint ou adjointe",
    "president": "présidence",
    "vice_president": "vice-présidence",
}
SECTIONS: dict[type, dict[str, tuple[str, ...]]] = {
    held.SittingFormalities: {
        "Avant la séance": ("convocation",),
        "Pendant la séance": (
            *("place_is_permanent", "in_camera", "remote_places", "substitutes", "suspensions"),
            *("charter_read", "charter_handed"),
        ),
        "Après la séance": (
            *("list_posted_on", "list_online_on", "list_sent_on", "minutes"),
            *("register_signed_by_president", "register_signed_by_secretary"),
            *("register_sheets_initialled", "register_closing_sheet"),
        ),
    },
    held.ActFormalities: {
        "Transmission": (
            *("channel", "state_identifier", "state_request_on", "communicated_on"),
            *("missing_pieces_asked_on", "completed_on"),
        ),
        "Publication": ("publication",),
        "Effet et suites": (
            *("effective_on", "notified_on", "contract_signed_on", "gracious_appeal_on"),
            "gracious_answer_on",
        ),
    },
    life.Circumstances: {
        "Élection et installation": (
            *("election_round_on", "installed_on", "procedure_rules_on", "is_new_commune"),
        ),
        "Publicité des actes": ("website", "publicity_choice", "publicity_choice_on"),
        "Transmission à l’État": ("state_convention_on", "state_convention_suspended_on"),
        "Membres": ("seats_are_complete", "seats", "resignations", "single_seat_communes"),
        "Réunions": ("other_sittings", "requests", "commissions"),
        "Registres et décisions": ("registers", "delegated_decisions"),
    },
}
WORDS: dict[type, dict[str, Words]] = {
    held.SittingFormalities: {
        "convocation": ("Convocation", ""),
        "place_is_permanent": (
            "La réunion se tient à la mairie, ou dans un autre lieu définitif",
            "CGCT L2121-7 : lieu neutre, accessible, sûr et ouvert au public.",
        ),
        "in_camera": ("Huis clos", "CGCT L2121-18 : décidé sans débat, à la majorité absolue."),
        "remote_places": (
            "Lieux reliés en visioconférence",
            "CGCT L5211-11-1, établissements publics seulement. Un lieu par ligne.",
        ),
        "substitutes": ("Suppléances", "CGCT L5211-6 : commune à un seul siège."),
        "suspensions": ("Suspensions", "Le quorum se compte à nouveau à la reprise."),
        "charter_read": (
            "La charte de l’élu local a été lue",
            "CGCT L2121-7, séance d’installation.",
        ),
        "charter_handed": (
            "Une copie de la charte a été remise",
            "CGCT L2121-7, séance d’installation.",
        ),
        "list_posted_on": (
            "Liste des délibérations affichée le",
            "CGCT L2121-25 : dans la semaine qui suit la séance.",
        ),
        "list_online_on": (
            "Liste des délibérations mise en ligne le",
            "CGCT L2121-25, lorsque le site internet existe.",
        ),
        "list_sent_on": (
            "Liste envoyée aux conseillers municipaux le",
            "CGCT L5211-40-2, intercommunalités : dans le mois.",
        ),
        "minutes": ("Procès-verbal", "CGCT L2121-15."),
        "register_signed_by_president": (
            "Registre signé par la présidence de séance",
            "CGCT L2121-23.",
        ),
        "register_signed_by_secretary": (
            "Registre signé par le secrétaire de séance",
            "CGCT L2121-23.",
        ),
        "register_sheets_initialled": ("Feuillets cotés et paraphés", "CGCT R2121-9."),
        "register_closing_sheet": ("Feuillet de clôture porté au registre", "CGCT R2121-9."),
    },
    held.Convocation: {
        "sent_by": ("Convocation signée par", "CGCT L2121-10 : le maire ou la présidence."),
        "channel": ("Envoi", "CGCT L2121-10 : électronique, sauf demande du membre."),
        "entered_in_register": (
            "La convocation est mentionnée au registre",
            "CGCT L2121-10.",
        ),
        "note_enclosed": (
            "La note explicative de synthèse était jointe",
            "CGCT L2121-12, à partir de 3 500 habitants.",
        ),
        "special_mention": (
            "La convocation porte la mention spéciale de l’élection",
            "CGCT L2122-8, élection du maire ou des adjoints.",
        ),
        "remote_mention": ("La convocation annonce la visioconférence", "CGCT L5211-11-1."),
        "recalls_rule": (
            "La seconde convocation rappelle la dispense de quorum",
            "CGCT L2541-4, Alsace et Moselle.",
        ),
        "urgency_reported": (
            "L’urgence a été exposée à l’ouverture de la séance",
            "CGCT L2121-11 et L2121-12.",
        ),
        "urgency_approved": ("Le conseil a approuvé l’urgence", "CGCT L2121-11 et L2121-12."),
        "municipal_councillors_informed_on": (
            "Copie aux conseillers municipaux le",
            "CGCT L5211-40-2, intercommunalités.",
        ),
        "agendas": (
            "Ordres du jour envoyés",
            "Une ligne par envoi ; une affaire ajoutée demande à nouveau le délai entier.",
        ),
        "first": ("Première convocation, sans quorum", "CGCT L2121-17, avant une seconde."),
        "contract_requests": (
            "Demandes de lecture d’un projet de contrat de service public",
            "CGCT L2121-12.",
        ),
    },
    held.SentAgenda: {
        "sent_on": ("Envoyé le", ""),
        "subjects": ("Objets, un par ligne", ""),
    },
    held.FirstConvocation: {
        "sent_on": ("Envoyée le", ""),
        "sitting_date": ("Pour la séance du", ""),
        "in_office": ("Membres en exercice ce jour-là", ""),
        "present_count": ("Présents", ""),
        "subjects": ("Objets à l’ordre du jour", "Un par ligne."),
    },
    held.ContractRequest: {
        "member": ("Membre", ""),
        "asked_on": ("Demandé le", ""),
        "shown_on": ("Communiqué le", ""),
    },
    held.InCamera: {
        "requested_by": ("Nombre de membres qui l’ont demandé", ""),
        "by_president": ("À la demande du maire ou de la présidence", ""),
        "in_favour": ("Pour", ""),
        "against": ("Contre", ""),
        "debated": ("La demande a été débattue", ""),
    },
    held.Substitute: {
        "titular": ("Titulaire", ""),
        "substitute": ("Suppléance assurée par", ""),
        "president_informed": ("Présidence informée", ""),
    },
    held.Suspension: {
        "before_item": ("Reprise avant le point n°", ""),
        "present_count": ("Présents à la reprise", ""),
    },
    held.MinutesStatus: {
        "adopted_on": ("Procès-verbal arrêté le", "Au commencement de la séance suivante."),
        "signed_by_president": ("Signé par la présidence", ""),
        "signed_by_secretary": ("Signé par le secrétaire", ""),
        "online_on": (
            "Mis en ligne le",
            "Dans la semaine qui suit la séance au cours de laquelle il a été arrêté.",
        ),
        "paper_available": ("Un exemplaire papier est à la disposition du public", ""),
        "sent_to_municipal_councillors_on": (
            "Envoyé aux conseillers municipaux le",
            "CGCT L5211-40-2, intercommunalités.",
        ),
    },
    held.ActFormalities: {
        "channel": ("Transmission", "Par voie électronique ou sur papier (CGCT L2131-1)."),
        "state_identifier": (
            "Identifiant de l’accusé de réception",
            "Tel que l’accusé le porte, par exemple 062-216205237-20240611-1-DE.",
        ),
        "state_request_on": ("Acte demandé par la préfecture le", "CGCT L2131-3."),
        "communicated_on": ("Communiqué à la préfecture le", "CGCT L2131-3."),
        "missing_pieces_asked_on": ("Pièces manquantes demandées le", "CGCT R2131-7."),
        "completed_on": ("Pièces reçues par la préfecture le", ""),
        "publication": ("Publication", "CGCT L2131-1 et R2131-1."),
        "effective_on": ("Date d’effet que l’acte énonce", ""),
        "notified_on": ("Notifié le", "Décision individuelle (CGCT L2131-1)."),
        "contract_signed_on": ("Contrat signé le", ""),
        "gracious_appeal_on": ("Recours gracieux reçu le", ""),
        "gracious_answer_on": ("Réponse au recours gracieux le", ""),
    },
    held.Publication: {
        "mode": ("Mode de publicité", "CGCT L2131-1, IV."),
        "until": ("Publié jusqu’au", "Deux mois au moins (CGCT R2131-1)."),
        "on_own_site": ("Publié sur le site de la collectivité", ""),
        "whole_text": ("Le texte est publié en entier", ""),
        "fixed_format": ("Dans un format non modifiable", ""),
        "downloadable": ("Le public peut le télécharger", ""),
        "author_named": ("L’auteur est nommé, avec sa qualité", ""),
    },
    life.Circumstances: {
        "website": ("L’assemblée a un site internet", ""),
        "election_round_on": (
            "Tour décisif du dernier renouvellement général",
            "",
        ),
        "installed_on": ("Séance d’installation", "CGCT L2121-7."),
        "procedure_rules_on": (
            "Règlement intérieur adopté le",
            "CGCT L2121-8 : dans les six mois, à partir de 1 000 habitants.",
        ),
        "publicity_choice": (
            "Mode de publicité choisi",
            "CGCT L2131-1, IV : communes de moins de 3 500 habitants.",
        ),
        "publicity_choice_on": ("Choisi par délibération du", ""),
        "state_convention_on": (
            "Convention de télétransmission signée le",
            "CGCT R2131-3.",
        ),
        "state_convention_suspended_on": ("Convention suspendue le", "CGCT R2131-4."),
        "is_new_commune": ("Commune nouvelle", "CGCT L2113-7 et L2113-8."),
        "other_sittings": ("Autres séances", "Celles que Levier n’a pas (CGCT L2121-7)."),
        "requests": ("Demandes de réunion du conseil", "CGCT L2121-9."),
        "commissions": ("Commissions", "CGCT L2121-22."),
        "resignations": ("Démissions", "CGCT L2121-4."),
        "seats": ("Sièges", "Ordre du tableau (CGCT L2121-1)."),
        "seats_are_complete": ("La liste des sièges ci-dessous est complète", ""),
        "single_seat_communes": (
            "Communes à un seul siège",
            "CGCT L5211-6. Une commune par ligne.",
        ),
        "delegated_decisions": (
            "Décisions prises par délégation",
            "CGCT L2122-22 et L2122-23.",
        ),
        "registers": ("Registres des délibérations", "CGCT R2121-9, un par année."),
    },
    life.OtherSitting: {
        "date": ("Date", ""),
        "remote": ("En visioconférence", ""),
        "at_main_seat": ("À la mairie ou au siège", ""),
    },
    life.MeetingRequest: {
        "received_on": ("Reçue le", ""),
        "signatories": ("Signataires", ""),
        "by_prefect": ("Par la préfecture", ""),
        "reasoned": ("Motivée", ""),
    },
    life.Commission: {
        "name": ("Nom", ""),
        "appointed_on": ("Désignée le", ""),
        "first_convened_on": ("Réunie pour la première fois le", ""),
        "is_proportional": ("À la proportionnelle", ""),
    },
    life.Resignation: {"member": ("Membre", ""), "received_on": ("Reçue le", "")},
    life.Seat: {
        "member": ("Membre", ""),
        "function": ("Fonction", ""),
        "rank": ("Rang", ""),
        "starts_on": ("Depuis", ""),
        "ends_on": ("Jusqu’au", ""),
        "elected_on": ("Élection", ""),
        "votes": ("Suffrages", ""),
        "born_on": ("Naissance", ""),
    },
    life.DelegatedDecision: {
        "subject": ("Objet", ""),
        "taken_on": ("Prise le", ""),
        "reported_on": ("Rendue compte le", ""),
        "entered_in_register": ("Au registre", ""),
    },
    life.RegisterVolume: {
        "year": ("Année", ""),
        "on_paper": ("Sur papier", ""),
        "initialled": ("Coté et paraphé", ""),
        "bound_on": ("Relié le", ""),
        "table_by_date": ("Table par date", ""),
        "table_by_subject": ("Table par objet", ""),
    },
    ProxyFormalities: {
        "written": ("Procuration écrite", "CGCT L2121-20."),
        "signed_on": ("Signée le", ""),
        "sittings_used": (
            "Séances consécutives pour lesquelles elle sert, celle-ci comprise",
            "CGCT L2121-20 : trois au plus, sauf maladie.",
        ),
        "illness": ("Maladie dûment constatée", ""),
    },
    ActDates: {
        "matter_code": (
            "Matière",
            "Code de la nomenclature de l’État, par exemple 7.5.",
        ),
        "transmitted_on": ("Transmise à l’État le", ""),
        "received_on": ("Reçue par l’État le", ""),
        "published_on": ("Publiée le", ""),
    },
    AssemblyFacts: {
        "website": ("Adresse du site internet", "Par exemple https://www.ville.fr/"),
        "siret": ("Numéro SIRET", "Quatorze chiffres."),
        "state_district": (
            "Code de l’arrondissement",
            "Un chiffre, donné par la préfecture pour la télétransmission.",
        ),
        "state_nature": (
            "Nature d’émetteur",
            "Deux chiffres, donnés par la préfecture pour la télétransmission.",
        ),
    },
}
