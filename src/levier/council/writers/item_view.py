"""The view of one deliberation: what it rests on, who was there, the ballot, the decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from levier.common.domain.findings import Status
from levier.common.domain.french import date_in_words, fold, plural
from levier.council.domain.outcome import ComputedOutcome, outcome_of
from levier.council.domain.presence import Presence, presence_at
from levier.council.domain.record import (
    Ballot,
    BallotChoice,
    Deliberation,
    Movement,
    Outcome,
    Record,
    Round,
    Vote,
    VoteMode,
)
from levier.council.plain_text import OUTCOME_WORDS
from levier.council.writers.wording import (
    CHOICES,
    MODES,
    RECUSAL_GROUNDS,
    Plain,
    known_text,
    known_texts,
    number_text,
    of_name,
    sentence,
    to_body,
)

_ROUND_NAMES = ("Premier tour", "Deuxième tour", "Troisième tour")
# Plain majority explains itself by the counts beside it; the other rules are worth a sentence.
_SELF_EVIDENT = "T1"
_VOTE_WORDS = {"for": "pour", "against": "contre", "abstention": "abstention"}


def item_view(
    record: Record, position: int, body: str, in_words: Callable[[Movement], str]
) -> Plain:
    """What the documents show of the deliberation at that position, from 0."""
    deliberation = record.deliberations[position]
    vote = deliberation.vote
    as_of = record.sitting.date or date.max
    computed = outcome_of(record, position, as_of=as_of)
    outcome = vote.outcome or computed.outcome
    own = [one for one in deliberation.present_changes if one not in record.sitting.movements]
    return {
        "number": number_text(deliberation.number),
        "order": str(deliberation.number if deliberation.number is not None else position + 1),
        "subject": known_text(deliberation.subject),
        "rapporteur": known_text(deliberation.rapporteur),
        "president": known_text(deliberation.president),
        "corrects": known_text(deliberation.corrects),
        "visas": known_texts(deliberation.visas),
        "recitals": known_texts(deliberation.recitals),
        "debate": known_text(deliberation.debate),
        "movements": [in_words(movement) for movement in own],
        "recused": [
            f"{recusal.member} ({RECUSAL_GROUNDS[recusal.ground]})"
            for recusal in deliberation.recused
        ],
        "presence": list(_presence_sentences(record, position, as_of)),
        "outcome": OUTCOME_WORDS[outcome].capitalize() if outcome else None,
        "unanimous": bool(vote.unanimous),
        "mode": MODES[vote.mode] if vote.mode else None,
        "counts": _counts(vote),
        "ballots": list(_ballot_groups(vote.ballots)),
        "rounds": [_round_view(rank, held) for rank, held in enumerate(vote.rounds)],
        "elected": known_texts(vote.elected or computed.elected),
        "reasons": list(_reasons(vote, computed, outcome)),
        "requests": list(_requests(vote)),
        "ruling": _ruling(vote, outcome, body),
        "articles": numbered_articles(known_texts(deliberation.decisions)),
        "final": outcome is not Outcome.POSTPONED,
        "dates": _act_dates(deliberation),
    }


def _presence_sentences(record: Record, position: int, as_of: date) -> Iterator[str]:
    """The room at this item, told where somebody moved or keeps out: elsewhere nothing changed."""
    item = record.deliberations[position]
    moves = record.sitting.movements or any(one.present_changes for one in record.deliberations)
    if not moves and not item.recused and not record.sitting.formalities.suspensions:
        return
    place = item.number if item.number is not None else position + 1
    presence: Presence = presence_at(record, place, as_of=as_of)
    if presence.quorum in (Status.OK, Status.IRREGULAR) and not record.sitting.second_convocation:
        reached = "atteint" if presence.quorum is Status.OK else "non atteint"
        if presence.quorum_present is not None and presence.quorum_required is not None:
            yield (
                f"{plural(presence.quorum_present, 'présent')} à l’ouverture de l’affaire pour "
                f"{presence.quorum_required} requis : quorum {reached}."
            )
    for use in presence.suspended_proxies:
        if use.usable is False:
            reason = f" : {use.reason.rstrip('.')}" if use.reason else ""
            yield (
                f"La procuration {of_name(use.proxy.giver)} à {use.proxy.holder} n’a pas d’effet "
                f"pour cette affaire{reason}."
            )


def _counts(vote: Vote) -> list[Plain]:
    counts = (
        ("Pour", vote.in_favour),
        ("Contre", vote.against),
        ("Abstentions", vote.abstentions),
        ("Blancs ou nuls", vote.blank),
        ("Ne prennent pas part au vote", vote.not_voting),
    )
    shown = [{"label": label, "value": str(count)} for label, count in counts if count is not None]
    if vote.president_vote and vote.mode is not VoteMode.SECRET:
        sense = _VOTE_WORDS.get(vote.president_vote, vote.president_vote)
        shown.append({"label": "Voix du président", "value": sense})
    return shown


def _ballot_groups(ballots: Sequence[Ballot]) -> Iterator[Plain]:
    """The names of a roll call under each answer (CGCT L2121-15 and L2121-21)."""
    for choice in BallotChoice:
        names = [
            ballot.member + (f" (par {ballot.cast_by})" if ballot.cast_by else "")
            for ballot in ballots
            if ballot.choice is choice
        ]
        if names:
            yield {"label": f"{CHOICES[choice]} ({len(names)})", "names": ", ".join(names)}


def _round_view(rank: int, held: Round) -> Plain:
    cast = sum(candidate.votes for candidate in held.candidates)
    facts = [f"Suffrages exprimés : {cast}"]
    if rank < 2:
        facts.append(f"majorité absolue : {cast // 2 + 1}")
    if held.blank is not None:
        facts.append(f"blancs ou nuls : {held.blank}")
    return {
        "label": _ROUND_NAMES[rank] if rank < len(_ROUND_NAMES) else f"Tour n° {rank + 1}",
        "rows": [[candidate.name, str(candidate.votes)] for candidate in held.candidates],
        "facts": " ; ".join(facts) + ".",
    }


def _reasons(vote: Vote, computed: ComputedOutcome, outcome: Outcome | None) -> Iterator[str]:
    """Why the counts give this outcome, when more than a plain majority decided."""
    if computed.outcome is None or computed.outcome is not outcome:
        return
    if computed.rule != _SELF_EVIDENT and outcome is not Outcome.POSTPONED:
        yield computed.explanation
    if vote.secret_waived:
        yield "Le conseil a renoncé à l’unanimité au scrutin secret."


def _requests(vote: Vote) -> Iterator[str]:
    for count, mode in (
        (vote.roll_call_requests, VoteMode.ROLL_CALL),
        (vote.secret_requests, VoteMode.SECRET),
    ):
        if count:
            yield f"{MODES[mode].capitalize()} demandé par {plural(count, 'membre')}."


def _ruling(vote: Vote, outcome: Outcome | None, body: str) -> str:
    """What introduces the numbered decisions, according to what became of the proposal."""
    unanimity = ", à l’unanimité," if vote.unanimous else ""
    return sentence(
        {
            Outcome.ADOPTED: f"{body}{unanimity} décide :",
            Outcome.REJECTED: f"{body}{unanimity} rejette la proposition suivante :",
            Outcome.POSTPONED: f"{body}{unanimity} reporte l’examen de la proposition suivante :",
            None: f"Proposition soumise {to_body(body)} :",
        }[outcome]
    )


def numbered_articles(decisions: Sequence[str]) -> list[Plain]:
    """Decisions under « Article 1er », « Article 2 »…; those that bear such a number keep it."""
    if any(fold(text).startswith("article ") for text in decisions):
        return [{"label": None, "text": text} for text in decisions]
    if len(decisions) == 1:
        return [{"label": "Article unique", "text": decisions[0]}]
    return [
        {"label": f"Article {'1er' if rank == 1 else rank}", "text": text}
        for rank, text in enumerate(decisions, start=1)
    ]


def _act_dates(deliberation: Deliberation) -> list[Plain]:
    dates = (
        ("Transmise au représentant de l’État le", deliberation.transmitted_on),
        ("Reçue par le représentant de l’État le", deliberation.received_on),
        ("Publiée le", deliberation.published_on),
    )
    return [{"label": label, "value": date_in_words(day)} for label, day in dates if day]
