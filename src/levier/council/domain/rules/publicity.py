"""Publication and notification of acts (CGCT L2131-1 and R2131-1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from levier.common.domain.dates import add_months
from levier.common.domain.findings import Severity
from levier.common.domain.french import date_in_words, enumerate_in_words
from levier.council.domain.formalities import Publication, PublicityMode
from levier.council.domain.parameters import (
    CHOICE_ON_EPCI_SITE_ON,
    ONLINE_PUBLICATION,
    POSTING_MONTHS,
    PUBLICITY_REFORM_ON,
)
from levier.council.domain.record import AssemblyKind, MatterNature, name_key
from levier.council.domain.rules.facts import Case, Item, plausible
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    at_risk,
    irregular,
    not_applicable,
    nothing_known,
    ok,
    unverifiable,
)
from levier.council.domain.rules.transmission import NO_DECISION, act_dates, too_early
from levier.council.domain.rules.wordings import CODIFICATION, PUBLICITY_REFORM

_ACT_PAGE = "les formalités de l’acte"
_BEFORE_REFORM = (
    "Avant le 1er juillet 2022, l’affichage ou la publication suffisait, sans autre condition que "
    "Levier puisse juger."
)
_MODE_WORDS = {
    PublicityMode.ONLINE: "publication électronique",
    PublicityMode.POSTING: "affichage",
    PublicityMode.PAPER: "publication sur papier",
}
_NO_START = "Risque : le délai de recours des tiers ne court pas."


def publishes_online(case: Case) -> bool | None:
    """Whether acts must be published electronically: communes from 3 500 inhabitants, and EPCI.

    None when the record does not tell.
    """
    if case.kind is AssemblyKind.EPCI:
        return True
    if case.kind is None or case.population is None:
        return None
    return case.population >= ONLINE_PUBLICATION.at(max(case.law_date, PUBLICITY_REFORM_ON))


def notified(item: Item) -> Verdict:
    """X2. CGCT L2131-1, II: an individual decision is notified to the person concerned."""
    if item.postponed:
        return not_applicable(NO_DECISION)
    if item.deliberation.nature is not MatterNature.INDIVIDUAL_DECISION:
        return not_applicable("Rien n’indique que l’acte soit une décision individuelle.")
    notified_on = plausible(item.deliberation.formalities.notified_on)
    if notified_on is None:
        return unverifiable(
            "Il manque la date de notification : sans elle, une décision individuelle n’est pas "
            "opposable à la personne concernée.",
            notified_on=None,
        )
    if early := too_early(item, notified_on):
        return early
    return ok(
        f"La décision individuelle a été notifiée le {date_in_words(notified_on)}.",
        notified_on=notified_on,
    )


def posted_until(item: Item) -> date | None:
    """Last day of the two months during which a published act stays online; None when unknown."""
    published_on = act_dates(item)["published_on"]
    if published_on is None or _no_publication(item):
        return None
    return add_months(published_on, POSTING_MONTHS.at(item.case.law_date))


def published_online(item: Item) -> Verdict:
    """X3. CGCT L2131-1, III and R2131-1, I: what electronic publication is made of."""
    publication, large = item.deliberation.formalities.publication, publishes_online(item.case)
    if unconcerned := _no_publication(item):
        return unconcerned
    if large is False:
        return not_applicable(
            "Sous 3 500 habitants, le conseil choisit le mode de publicité (règle X4)."
        )
    facts = _publication_facts(item)
    if publication == Publication():
        return nothing_known("la manière dont l’acte est publié", _ACT_PAGE)
    if publication.mode in (PublicityMode.POSTING, PublicityMode.PAPER):
        how = _MODE_WORDS[publication.mode]
        if item.case.kind is AssemblyKind.EPCI:
            # Some groupings without own taxation may choose, which a record does not tell.
            return at_risk(
                f"L’acte est rendu public par {how}, alors que la publication électronique "
                f"s’impose aux EPCI, sauf syndicat qui a choisi un autre mode. {_NO_START}",
                **facts,
            )
        if large:
            return irregular(
                f"L’acte est rendu public par {how}, alors que la publication électronique "
                f"s’impose ici. {_NO_START}",
                **facts,
            )
        return unverifiable(
            f"L’acte est rendu public par {how} ; il manque la nature de l’assemblée ou sa "
            "population pour dire si la publication électronique s’imposait.",
            **facts,
        )
    checks = _checks(publication)
    if broken := [breach for breach, _, is_so in checks if is_so is False]:
        return irregular(
            f"Publication électronique : {enumerate_in_words(broken)}. {_NO_START}", **facts
        )
    published_on, least, until = facts["published_on"], posted_until(item), facts["until"]
    if published_on and least and until and until < least:
        return irregular(
            f"L’acte publié le {date_in_words(published_on)} est retiré le {date_in_words(until)}, "
            f"avant deux mois ({date_in_words(least)}).",
            **facts,
        )
    unknown = [kept for _, kept, is_so in checks if is_so is None]
    if published_on is None or unknown:
        told = ["il manque la date de mise en ligne"] if published_on is None else []
        told += [f"vérifiez que {enumerate_in_words(unknown)}"] if unknown else []
        return unverifiable(f"Publication électronique : {' ; '.join(told)}.", **facts)
    return ok(
        f"L’acte est publié en ligne depuis le {date_in_words(published_on)}, en entier, dans un "
        "format non modifiable et téléchargeable, avec le nom et la qualité de son auteur.",
        **facts,
    )


def _no_publication(item: Item) -> Verdict | None:
    """Why the rules on publication say nothing of this act; None when they apply."""
    if item.postponed:
        return not_applicable(NO_DECISION)
    if item.case.law_date < PUBLICITY_REFORM_ON:
        return not_applicable(_BEFORE_REFORM)
    if item.deliberation.nature is MatterNature.INDIVIDUAL_DECISION:
        return not_applicable("Une décision individuelle se notifie (règle X2).")
    return None


def _publication_facts(item: Item) -> dict[str, Any]:
    publication = item.deliberation.formalities.publication
    return {
        "published_on": act_dates(item)["published_on"],
        "publicity_mode": publication.mode.value if publication.mode else None,
        "until": plausible(publication.until),
        "posted_at_least_until": posted_until(item),
    }


def _checks(publication: Publication) -> list[tuple[str, str, bool | None]]:
    """Each condition of R2131-1: what breaks it, what keeps it, and whether it is kept."""
    return [
        (
            "l’acte n’est pas sur le site de la collectivité",
            "l’acte est sur le site de la collectivité",
            publication.on_own_site,
        ),
        ("le texte n’est pas entier", "le texte est entier", publication.whole_text),
        ("le format est modifiable", "le format n’est pas modifiable", publication.fixed_format),
        ("le fichier ne se télécharge pas", "le fichier se télécharge", publication.downloadable),
        (
            "l’auteur n’est pas nommé avec sa qualité",
            "l’auteur est nommé avec sa qualité",
            publication.author_named,
        ),
    ]


def publicity_chosen(item: Item) -> Verdict:
    """X4. CGCT L2131-1, IV: a commune below 3 500 inhabitants chooses; online failing a choice."""
    case, publication = item.case, item.deliberation.formalities.publication
    if unconcerned := _no_publication(item):
        return unconcerned
    large = publishes_online(case)
    if large:
        return not_applicable("La publication électronique s’impose à cette assemblée (règle X3).")
    if publication.mode is None:
        return nothing_known("le mode de publicité de l’acte", _ACT_PAGE)
    circumstances = case.record.circumstances
    chosen, chosen_on = circumstances.publicity_choice, plausible(circumstances.publicity_choice_on)
    facts = {
        **_publication_facts(item),
        "publicity_choice": chosen.value if chosen else None,
        "publicity_choice_on": chosen_on,
    }
    how = _MODE_WORDS[publication.mode]
    if large is None:
        return unverifiable(
            f"L’acte est rendu public par {how} ; il manque la nature de l’assemblée ou sa "
            "population pour dire si elle avait le choix.",
            **facts,
        )
    if chosen is None:
        return unverifiable(
            f"L’acte est rendu public par {how}. Sans délibération du conseil, la publication est "
            "électronique : renseignez son choix dans la fiche de l’assemblée.",
            **facts,
        )
    published_on = facts["published_on"] or case.held_on
    if chosen_on and published_on and chosen_on > published_on:
        chosen = PublicityMode.ONLINE  # What the law decides until the council does.
    if chosen is not publication.mode:
        return irregular(
            f"L’acte est rendu public par {how}, alors que le mode en vigueur est celui-ci : "
            f"{_MODE_WORDS[chosen]}. {_NO_START}",
            **facts,
        )
    told = f"L’acte est rendu public par {how}, selon le choix du conseil"
    if circumstances.website is False and case.law_date >= CHOICE_ON_EPCI_SITE_ON:
        return unverifiable(
            f"{told} ; faute de site, vérifiez que la délibération qui fait ce choix est publiée "
            "sur celui de l’EPCI.",
            **facts,
        )
    return ok(f"{told}.", **facts)


def same_regime(case: Case) -> Verdict:
    """X14. CGCT L5211-3: the acts of an EPCI follow the regime of those of communes."""
    if case.kind is AssemblyKind.EPCI:
        return ok(
            "Les actes d’un EPCI suivent le régime de ceux des communes : publicité, transmission "
            "et contrôle se jugent par les mêmes règles."
        )
    return not_applicable("Cette règle ne concerne que les EPCI.")


def urgent_publicity(case: Case) -> Verdict:
    """X5. CGCT L2131-1, V and VI: posting in urgency, paper copy on request; informs only."""
    return not_applicable(
        "En cas d’urgence, un acte peut devenir exécutoire par son affichage ; et toute personne "
        "peut en demander une copie sur papier. À vérifier dans le texte : pour information."
    )


def author_told(case: Case) -> Verdict:
    """X15. CRPA L212-1: signature, first name, name and capacity of the author; informs only."""
    signatory = case.record.signatory
    if not signatory or not name_key(signatory):
        return not_applicable(
            "Un acte porte la signature de son auteur, son prénom, son nom et sa qualité : pour "
            "information, aucun signataire n’est relevé."
        )
    return not_applicable(
        f"L’acte nomme son signataire, {signatory} ; il porte aussi sa qualité et sa signature, à "
        "voir sur l’original : pour information.",
        signatory=signatory,
    )


RULES = (
    Rule(
        id="X2",
        article="CGCT L2131-1",
        title="Notification des décisions individuelles",
        description="Une décision individuelle est notifiée à la personne qu’elle concerne.",
        severity=Severity.EFFECT,
        mark=Mark.READ,
        facts=(
            "deliberations[].nature",
            "deliberations[].formalities.notified_on",
        ),
        source="doctrine ; legif JORFARTI000044177150",
        versions=(CODIFICATION, PUBLICITY_REFORM),
        judge_item=notified,
    ),
    Rule(
        id="X3",
        article="CGCT L2131-1, R2131-1",
        title="Publication électronique",
        description=(
            "À partir de 3 500 habitants et dans un EPCI, l’acte est publié en entier sur le site, "
            "dans un format non modifiable et téléchargeable, avec le prénom, le nom et la qualité "
            "de l’auteur et la date, deux mois au moins."
        ),
        severity=Severity.EFFECT,
        mark=Mark.READ,
        facts=(
            "assembly_kind",
            "population",
            "deliberations[].published_on",
            "deliberations[].formalities.publication",
        ),
        source="juriblio R2131-1 ; legavox",
        versions=(CODIFICATION, PUBLICITY_REFORM),
        judge_item=published_online,
    ),
    Rule(
        id="X4",
        article="CGCT L2131-1, R2131-1",
        title="Choix du mode de publicité",
        description=(
            "Sous 3 500 habitants, le conseil choisit entre affichage, papier et forme "
            "électronique ; à défaut, la publication est électronique."
        ),
        severity=Severity.EFFECT,
        mark=Mark.READ,
        facts=(
            "assembly_kind",
            "population",
            "deliberations[].formalities.publication.mode",
            "circumstances.publicity_choice",
            "circumstances.publicity_choice_on",
            "circumstances.website",
        ),
        source="juriblio R2131-1 ; gaz-951529",
        versions=(CODIFICATION, PUBLICITY_REFORM),
        judge_item=publicity_chosen,
    ),
    Rule(
        id="X14",
        article="CGCT L5211-3, L2131-12",
        title="Actes des EPCI",
        description="Les actes des EPCI suivent le régime de ceux des communes.",
        severity=Severity.INFO,
        mark=Mark.SECONDARY,
        facts=("assembly_kind",),
        source="essonne",
        versions=(CODIFICATION,),
        judge_sitting=same_regime,
    ),
    Rule(
        id="X5",
        article="CGCT L2131-1",
        title="Publicité en urgence et copie sur papier",
        description=(
            "En urgence, l’affichage suffit ; chacun peut demander une copie sur papier. Pour "
            "information."
        ),
        severity=Severity.INFO,
        mark=Mark.GENERAL,
        facts=(
            "assembly_kind",
            "deliberations[].formalities.publication.mode",
        ),
        source="maires63 (existence)",
        judge_sitting=urgent_publicity,
    ),
    Rule(
        id="X15",
        article="CRPA L212-1",
        title="Auteur de l’acte",
        description=(
            "L’acte porte la signature, le prénom, le nom et la qualité de son auteur. Pour "
            "information."
        ),
        severity=Severity.INFO,
        mark=Mark.GENERAL,
        facts=(
            "population",
            "deliberations[].formalities.publication.author_named",
        ),
        source="connaissance générale",
        judge_sitting=author_told,
    ),
)
