"""Numbers that must agree: votes against the room, and stated numbers against the lists."""

from __future__ import annotations

from typing import Any

from levier.common.domain.findings import Severity
from levier.common.domain.french import enumerate_in_words, plural
from levier.council.domain.record import Outcome, name_key
from levier.council.domain.rules.attendance import Span, known_count, sorted_names
from levier.council.domain.rules.facts import Case, Item
from levier.council.domain.rules.rule import (
    Mark,
    Rule,
    Verdict,
    at_risk,
    not_applicable,
    ok,
    unverifiable,
)


def _range(span: Span) -> str:
    return str(span.low) if span.exact else f"entre {span.low} et {span.high}"


def votes_add_up(item: Item) -> Verdict:
    """T3. Votes, abstentions, blanks and refusals to vote make the members and the proxies used.

    Recused members and procurations without effect are taken off; absence is never abstention.
    Arithmetic, not an article: it warns of a material error.
    """
    if item.postponed:
        return not_applicable("L’affaire a été ajournée : il n’y a pas eu de vote.")
    facts = _facts(item)
    contradictions = _contradictions(item)
    if contradictions:
        return at_risk(
            f"Le vote se contredit : {enumerate_in_words(contradictions)}. Corrigez l’acte.",
            **facts,
        )
    if item.vote.rounds:
        return _rounds_against_the_room(item, facts)
    total = _total(item)
    if total is None:
        return unverifiable(
            "L’acte ne donne pas le nombre de voix : elles ne peuvent pas être rapprochées des "
            "présents.",
            **facts,
        )
    if item.voters is None:
        return unverifiable(
            "L’acte ne dit pas combien de membres étaient présents : les voix ne peuvent pas être "
            "rapprochées de ce nombre.",
            **facts,
        )
    return _against_the_room(item, total, item.voters, facts)


def _against_the_room(item: Item, total: int, voters: Span, facts: dict[str, Any]) -> Verdict:
    complete = None not in (item.votes_for, item.votes_against, item.abstentions)
    votes = plural(total, "voix comptée", "voix comptées")
    room = f"{_range(voters)} possibles (présents et procurations utilisables)"
    if total > voters.high:
        return at_risk(
            f"{votes} pour {room} : il y en a trop. Vérifiez la liste des présents, et que "
            "personne n’a voté pour un absent sans procuration utilisable.",
            **facts,
        )
    if complete and voters.exact and total == voters.low:
        return ok(f"{votes}, pour autant de présents et de procurations utilisables.", **facts)
    if complete and total < voters.low:
        missing = plural(voters.low - total, "voix manquante", "voix manquantes")
        sentence = (
            f"{votes} pour {room}, {missing} : précisez les départs, les refus de vote ou les "
            "bulletins blancs. Une absence n’est pas une abstention."
        )
        return unverifiable(sentence, **facts) if item.blank is None else at_risk(sentence, **facts)
    return unverifiable(
        f"{votes} pour {room} : l’acte ne permet pas de vérifier le compte exactement.", **facts
    )


def _rounds_against_the_room(item: Item, facts: dict[str, Any]) -> Verdict:
    """No round of a nomination holds more votes than the room can cast for one seat."""
    if item.voters is None:
        return unverifiable(
            "L’acte ne dit pas combien de membres étaient présents : les voix des candidats ne "
            "peuvent pas être rapprochées de ce nombre.",
            **facts,
        )
    several = len(item.vote.elected) > 1  # One ballot then names several persons.
    too_many = [
        rank
        for rank, one in enumerate(item.vote.rounds, start=1)
        if (max if several else sum)([candidate.votes for candidate in one.candidates] or [0])
        + (one.blank or 0)
        > item.voters.high
    ]
    room = f"{_range(item.voters)} votants possibles (présents et procurations utilisables)"
    if too_many:
        ranks = enumerate_in_words(str(rank) for rank in too_many)
        return at_risk(
            f"Trop de voix au tour {ranks} pour {room} : vérifiez la liste des présents et les "
            "procurations.",
            **facts,
        )
    return ok(f"Aucun tour de scrutin ne compte plus de voix que de votants : {room}.", **facts)


def _total(item: Item) -> int | None:
    counts = (item.votes_for, item.votes_against, item.abstentions, item.blank, item.not_voting)
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _facts(item: Item) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "for": item.votes_for,
        "against": item.votes_against,
        "abstentions": item.abstentions,
        "blank": item.blank,
        "not_voting": item.not_voting,
        "votes_counted": _total(item),
        "votes_expected": None,
    }
    if item.voters is not None and item.present is not None:
        facts["votes_expected"] = item.voters.low
        if not item.voters.exact:
            facts["votes_expected_at_most"] = item.voters.high
        facts["present"] = item.present.low
        facts["proxies_used"] = item.proxies_used.low
    if item.deliberation.recused:
        facts["recused"] = sorted_names(one.member for one in item.deliberation.recused)
    return facts


def _contradictions(item: Item) -> list[str]:
    """What the ballot says against itself."""
    vote, found = item.vote, []
    if vote.unanimous and item.votes_for and item.votes_against:
        found.append(
            f"l’unanimité est annoncée avec {item.votes_for} voix pour et "
            f"{item.votes_against} contre"
        )
    elif vote.unanimous and vote.outcome is Outcome.ADOPTED and item.votes_against:
        found.append(f"l’unanimité est annoncée avec {item.votes_against} voix contre")
    for choice, count, words in (
        ("for", item.votes_for, "pour"),
        ("against", item.votes_against, "contre"),
        ("abstention", item.abstentions, "en abstention"),
    ):
        if vote.president_vote == choice and count == 0:
            found.append(f"le président a voté {words}, mais aucune voix n’est comptée {words}")
    return found


def numbers_agree(case: Case) -> Verdict:
    """T3 for the sitting: the numbers that the act states agree with the names that it lists."""
    sitting, attendance = case.sitting, case.attendance
    stated = known_count(sitting.present_count)
    represented = known_count(sitting.represented_count)
    listed = attendance.listed_span()
    givers = len({key for proxy in sitting.proxies if (key := name_key(proxy.giver))})
    facts: dict[str, Any] = {
        "in_office": case.in_office,
        "present_stated": stated,
        "present_listed": None if listed is None else len(sitting.present),
        "represented_stated": represented,
        "proxies_listed": givers,
    }
    compared = False
    found = []
    if stated is not None and listed is not None:
        compared = True
        if not listed.low <= stated <= listed.high:
            found.append(f"{stated} présents annoncés, {len(sitting.present)} nommés")
    if represented is not None and givers:
        compared = True
        if represented != givers:
            found.append(f"{represented} représentés annoncés, {givers} procurations lues")
    if case.in_office is not None and (attendance.members or stated is not None):
        compared = True
        found.extend(_beyond_in_office(case, case.in_office, stated))
    twice = sorted_names(
        name
        for key, name in attendance.names.items()
        if key in attendance.present and key in attendance.absent and not attendance.moves(name)
    )
    if twice:
        found.append(f"{enumerate_in_words(twice)} à la fois parmi les présents et les absents")
    if found:
        return at_risk(
            f"Les nombres de la séance ne concordent pas : {enumerate_in_words(found)}. Corrigez "
            "l’acte ou le relevé.",
            **facts,
        )
    if compared:
        return ok("Les nombres annoncés concordent avec les noms lus.", **facts)
    return not_applicable("L’acte n’annonce aucun nombre à rapprocher des listes.", **facts)


def _beyond_in_office(case: Case, in_office: int, stated: int | None) -> list[str]:
    attendance = case.attendance
    named = len(set(attendance.present) | attendance.absent)
    found = []
    if named > in_office:
        found.append(f"{named} membres nommés pour {in_office} en exercice")
    if stated is not None and stated > in_office:
        found.append(f"{stated} présents annoncés pour {in_office} en exercice")
    return found


RULES = (
    Rule(
        id="T3",
        article="CGCT L2121-20 (cohérence des nombres)",
        title="Cohérence des présents, des procurations et des voix",
        description=(
            "Les voix comptées égalent les présents et les procurations utilisables, et les "
            "nombres annoncés égalent les noms listés."
        ),
        severity=Severity.ARITHMETIC,
        # A count that contradicts itself needs no text: the tolerance of slips is what was read.
        mark=Mark.SECONDARY,
        facts=(
            "sitting.in_office",
            "sitting.present",
            "sitting.absent",
            "sitting.all_present_except_absent",
            "sitting.present_count",
            "sitting.movements",
            "deliberations[].present_changes",
            "sitting.proxies",
            "deliberations[].vote.for",
            "deliberations[].vote.against",
            "deliberations[].vote.abstentions",
            "deliberations[].vote.blank",
            "deliberations[].vote.not_voting",
            "deliberations[].recused",
            "sitting.represented_count",
        ),
        source="arithmétique ; lgp-avocats",
        judge_sitting=numbers_agree,
        judge_item=votes_add_up,
    ),
)
