"""Papers that prepare a sitting: convocation, agenda, note, procuration form, attendance sheet.

They are made of a sitting that is only prepared: nothing is asked of who will be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from levier.common.domain.french import date_in_words, enumerate_in_words, fold
from levier.council.domain.calling_dates import follows_large_rule
from levier.council.domain.parameters import CODIFIED_ON
from levier.council.domain.record import (
    AssemblyKind,
    Deliberation,
    MatterNature,
    Proxy,
    Record,
    name_key,
)
from levier.council.writers.item_view import numbered_articles
from levier.council.writers.view import follows_local_law, paper_arguments, sitting_view
from levier.council.writers.wording import (
    BODIES,
    Plain,
    day_text,
    known_text,
    known_texts,
    number_text,
    of_name,
)
from levier.documents.typesetting import render

_ELECTIONS = {
    MatterNature.MAYOR_ELECTION: "l’élection du maire",
    MatterNature.DEPUTIES_ELECTION: "l’élection des adjoints",
}
_SPARE_LINES = 6
_CODE = "du code général des collectivités territoriales"


def convocation_pdf(record: Record, member: str | None = None) -> bytes:
    """The convocation (CGCT L2121-10 to L2121-12), addressed to `member` or left to address."""
    return render(**convocation_arguments(record, member))


def agenda_pdf(record: Record) -> bytes:
    """The agenda to post or publish with the convocation (CGCT L2121-10)."""
    return render(**agenda_arguments(record))


def note_pdf(record: Record) -> bytes:
    """The note explicative de synthèse, one section for each matter (CGCT L2121-12)."""
    return render(**note_arguments(record))


def procuration_pdf(record: Record, member: str | None = None) -> bytes:
    """The procuration form with the limits of the law (CGCT L2121-20), for `member` or blank."""
    return render(**procuration_arguments(record, member))


def attendance_sheet_pdf(record: Record, members: Sequence[str] = ()) -> bytes:
    """The sheet that members sign on arriving; `members` adds those that the record leaves out."""
    return render(**attendance_sheet_arguments(record, members))


def convocation_arguments(record: Record, member: str | None = None) -> Plain:
    """The arguments of `render` for the convocation."""
    view = _calling_view(record)
    sender = record.sitting.formalities.convocation.sent_by or record.signatory
    data = view | {
        "member": known_text(member),
        "notices": list(_notices(record)),
        "signatures": [
            {
                "label": f"{view['head']},",
                "name": known_text(sender or record.sitting.president),
            }
        ],
    }
    return paper_arguments("council_convocation", record, data, f"Convocation {view['of_body']}")


def agenda_arguments(record: Record) -> Plain:
    """The arguments of `render` for the agenda."""
    view = _calling_view(record)
    heading = f"Ordre du jour de la séance {view['of_body']}"
    return paper_arguments("council_agenda", record, view, heading)


def note_arguments(record: Record) -> Plain:
    """The arguments of `render` for the explanatory note."""
    view = _calling_view(record)
    data = view | {"matters": list(_matters(record))}
    return paper_arguments("council_note", record, data, "Note explicative de synthèse")


def procuration_arguments(record: Record, member: str | None = None) -> Plain:
    """The arguments of `render` for the procuration form."""
    giver = known_text(member)
    holder = next(
        (
            proxy.holder
            for proxy in record.sitting.proxies
            if giver and name_key(proxy.giver) == name_key(giver)
        ),
        None,
    )
    data = _calling_view(record) | {
        "giver": giver,
        "holder": known_text(holder),
        "limits": _proxy_limits(follows_local_law(record)),
        "capacity": _capacity(record),
    }
    return paper_arguments("council_procuration", record, data, "Procuration")


def attendance_sheet_arguments(record: Record, members: Sequence[str] = ()) -> Plain:
    """The arguments of `render` for the attendance sheet."""
    holders: dict[object, Proxy] = {
        name_key(proxy.giver): proxy for proxy in record.sitting.proxies
    }
    names = member_names(record, members)
    rows = [
        [str(rank), name, "", holders[name_key(name)].holder if name_key(name) in holders else ""]
        for rank, name in enumerate(names, start=1)
    ]
    # Lines to fill by hand, up to the members in office; some, where their number is not known.
    seats = max(record.sitting.in_office or len(rows) + _SPARE_LINES, len(rows))
    rows += [[str(rank), "", "", ""] for rank in range(len(rows) + 1, seats + 1)]
    data = _calling_view(record) | {"rows": rows}
    return paper_arguments("council_attendance", record, data, "Feuille d’émargement")


def member_names(record: Record, members: Iterable[str] = ()) -> list[str]:
    """Whom the record or the assembly's file name as members on that day, by surname."""
    sitting, day = record.sitting, record.sitting.date
    seated = (
        seat.member
        for seat in record.circumstances.seats
        if day is None
        or ((seat.starts_on or day) <= day and (seat.ends_on is None or seat.ends_on >= day))
    )
    found: dict[object, str] = {}
    for name in (
        *members,
        *seated,
        *sitting.present,
        *sitting.absent,
        *(name for proxy in sitting.proxies for name in (proxy.giver, proxy.holder)),
        *filter(None, (sitting.president, sitting.secretary)),
    ):
        if text := known_text(name):
            found.setdefault(name_key(text) or text, text)
    return sorted(found.values(), key=_by_surname)


def _by_surname(name: str) -> tuple[str, str]:
    """Acts print the surname in capitals, after the given name."""
    surname = " ".join(word for word in name.split() if word.isupper() and len(word) > 1)
    return fold(surname or name.split()[-1]), fold(name)


def subjects_called(record: Record) -> list[tuple[str | None, str | None]]:
    """The matters to be discussed, with their numbers: the agenda, else the draft deliberations."""
    agenda = [(matter.number, matter.subject) for matter in record.sitting.agenda]
    drafts = [(matter.number, matter.subject) for matter in record.deliberations]
    matters = agenda or drafts
    unnumbered = all(number is None for number, _ in matters)
    return [
        (number_text(rank if unnumbered else number), known_text(subject))
        for rank, (number, subject) in enumerate(matters, start=1)
    ]


def _calling_view(record: Record) -> Plain:
    view = sitting_view(record, only=())
    return view | {
        "agenda": [
            {"number": number, "subject": subject} for number, subject in subjects_called(record)
        ],
        "sent_on": day_text(record.sitting.convocation_date),
        "member": None,
    }


def _notices(record: Record) -> Iterator[str]:
    """What the law has the convocation say, according to the sitting."""
    sitting, sent = record.sitting, record.sitting.formalities.convocation
    local_law = follows_local_law(record)
    elections = [
        words
        for nature, words in _ELECTIONS.items()
        if any(item.nature is nature for item in record.deliberations)
    ]
    if elections or sent.special_mention:
        matter = enumerate_in_words(elections) or "l’élection du maire ou d’adjoints"
        yield f"Mention spéciale : il sera procédé à {matter} (article L2122-8 {_CODE})."
    places = known_texts(sitting.formalities.remote_places)
    if places or sent.remote_mention:
        where = f" : {enumerate_in_words(places)}" if places else ""
        article = (
            f" (article L5211-11-1 {_CODE})" if record.assembly_kind is AssemblyKind.EPCI else ""
        )
        yield f"La séance se tiendra par visioconférence dans plusieurs lieux{where}{article}."
    if sitting.second_convocation:
        yield _second_notice(record, local_law)
    if sitting.urgency:
        yield (
            "Cette convocation est adressée en urgence, dans un délai abrégé. Il en sera rendu "
            "compte dès l’ouverture de la séance : le conseil se prononcera sur l’urgence et "
            "pourra renvoyer tout ou partie des affaires à une séance ultérieure."
        )
    if sent.note_enclosed or _note_is_due(record):
        yield "Une note explicative de synthèse sur les affaires à délibérer est jointe."
    if not local_law:
        yield (
            "En cas d’empêchement, vous pouvez donner à un membre du conseil de votre choix "
            f"procuration écrite de voter en votre nom (article L2121-20 {_CODE})."
        )


def _second_notice(record: Record, local_law: bool) -> str:
    first = record.sitting.formalities.convocation.first
    held = f" du {date_in_words(first.sitting_date)}" if first and first.sitting_date else ""
    called = f", convoquée le {date_in_words(first.sent_on)}," if first and first.sent_on else ""
    article = "" if local_law else f" (article L2121-17 {_CODE})"
    return (
        f"Seconde convocation : le quorum n’ayant pas été atteint lors de la séance{held}{called} "
        "le conseil est convoqué à nouveau sur le même ordre du jour. Il délibérera valablement "
        f"sans condition de quorum{article}."
    )


def _note_is_due(record: Record) -> bool:
    """A note goes with every convocation from 3 500 inhabitants, and in an EPCI (L2121-12)."""
    day = record.sitting.date
    return (
        day is not None
        and day >= CODIFIED_ON
        and bool(follows_large_rule(record.assembly_kind, record.population, day))
    )


def _matters(record: Record) -> Iterator[Plain]:
    """Each matter of the agenda with its draft deliberation; then the drafts beyond the agenda."""
    left = list(record.deliberations)
    for item in record.sitting.agenda:
        draft = next(
            (
                one
                for one in left
                if fold(one.subject) == fold(item.subject)
                or (item.number is not None and one.number == item.number)
            ),
            None,
        )
        if draft is None:
            draft = Deliberation(subject=item.subject, number=item.number)
        else:
            left.remove(draft)
        yield _matter(draft, item.number)
    for draft in left:
        yield _matter(draft, draft.number)


def _matter(draft: Deliberation, number: int | None) -> Plain:
    return {
        "number": number_text(number),
        "subject": known_text(draft.subject),
        "rapporteur": known_text(draft.rapporteur),
        "visas": known_texts(draft.visas),
        "recitals": known_texts(draft.recitals),
        "articles": numbered_articles(known_texts(draft.decisions)),
    }


def _capacity(record: Record) -> str:
    if record.assembly_kind is None:
        return "membre de l’assemblée délibérante"
    name = known_text(record.assembly)
    if record.assembly_kind is AssemblyKind.EPCI or name is None:
        return f"membre {BODIES[record.assembly_kind][1]}"
    return f"membre du conseil municipal {of_name(name)}"


def _proxy_limits(local_law: bool) -> list[str]:
    article = "" if local_law else f" (article L2121-20 {_CODE})"
    return [
        f"La procuration est écrite ; elle est donnée à un autre membre du conseil{article}.",
        "Un membre ne peut porter qu’une seule procuration.",
        "Elle est toujours révocable.",
        "Sauf maladie dûment constatée, elle ne vaut pas pour plus de trois séances consécutives.",
        "Elle n’a d’effet que si la personne qui la porte est en séance et peut voter.",
        "Elle ne compte pas dans le quorum.",
        "Elle cesse de valoir dès l’arrivée de la personne qui l’a donnée.",
    ]
