"""OParl 1.1 objects of a council: what stands in the public record, and nothing more.

OParl has no vote counts, no procurations and no quorum: they come as properties that begin with
`levier:`, as the standard allows extensions. Each object has an absolute address as its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from levier.council.domain.formalities import ActFormalities
from levier.council.domain.matters import matter
from levier.council.domain.presence import Presence
from levier.council.domain.record import VoteMode
from levier.council.domain.terms import term_end
from levier.council.domain.transmission import internal_number
from levier.council.models import Assembly, Deliberation, Member, PublishedFile, Sitting
from levier.council.models.deliberations import ClauseKind
from levier.council.models.sittings import AttendanceState
from levier.council.record_json import load_part

SCHEMA = "https://schema.oparl.org/1.1/"
PARIS = ZoneInfo("Europe/Paris")
LISTS = {
    "organization": "organizations",
    "person": "people",
    "meeting": "meetings",
    "paper": "papers",
    "agendaItem": "agenda-items",
    "consultation": "consultations",
    "file": "files",
    "locationList": "locations",
    "legislativeTermList": "legislative-terms",
    "membership": "memberships",
}
"""The lists that a Body must have, and where they are."""

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Absolute addresses: `root` is that of the System, with its final slash.

    `act_page` and `act_file` give the page and the PDF of an act that people read.
    """

    root: str
    act_page: Callable[[int], str]
    act_file: Callable[[int, bool], str]

    def of(self, kind: str, key: object) -> str:
        """The address of one object."""
        return f"{self.root}{kind}/{key}"

    def list_of(self, body: int, name: str) -> str:
        """The address of one list of a Body."""
        return f"{self.root}body/{body}/{name}"


def tombstone(kind: str, key: object, row: Any, at: Addresses) -> Object:
    """What remains of an object that is no longer public."""
    return {**_head(kind, key, at), **_moments(row), "deleted": True}


def system(at: Addresses) -> Object:
    """The entry point."""
    return {
        "id": at.root,
        "type": f"{SCHEMA}System",
        "oparlVersion": SCHEMA,
        "name": "Levier",
        "body": f"{at.root}bodies",
    }


def body(assembly: Assembly, terms: Iterable[date], at: Addresses) -> Object:
    """A collectivité, with its terms and the addresses of its lists."""
    return {
        **_head("body", assembly.pk, at),
        "system": at.root,
        "name": assembly.name,
        "classification": assembly.get_kind_display(),
        **_known(
            website=assembly.website,
            **{
                "levier:siren": assembly.siren or assembly.siret[:9],
                "levier:siret": assembly.siret,
            },
        ),
        "legislativeTerm": [legislative_term(assembly, term, at) for term in terms],
        **{name: at.list_of(assembly.pk, place) for name, place in LISTS.items()},
    }


def legislative_term(assembly: Assembly, first: date, at: Addresses) -> Object:
    """A term, from one general renewal to the day before the next when it is known."""
    last = term_end(first)
    known = last != date.max
    return {
        **_head("legislative-term", f"{assembly.pk}-{first:%Y%m%d}", at),
        "body": at.of("body", assembly.pk),
        "name": f"Mandat {first.year}-{last.year}" if known else f"Mandat depuis {first.year}",
        "startDate": first.isoformat(),
        **({"endDate": last.isoformat()} if known else {}),
    }


def organization(assembly: Assembly, mandate_ids: Iterable[int], at: Addresses) -> Object:
    """The council of the collectivité."""
    return {
        **_head("organization", assembly.pk, at),
        "body": at.of("body", assembly.pk),
        "name": f"{assembly.get_kind_display().capitalize()}, {assembly.name}",
        "organizationType": assembly.get_kind_display(),
        "classification": assembly.get_kind_display(),
        "membership": [at.of("membership", key) for key in mandate_ids],
        "meeting": at.list_of(assembly.pk, "meetings"),
    }


def person(member: Member, mandates: Iterable[Any], at: Addresses) -> Object:
    """An elected member as public acts name them, with their known mandates."""
    words = member.name.split()
    family = [word for word in words if len(word) > 1 and word == word.upper()]
    given = [word for word in words if word not in family]
    return {
        **_head("person", member.pk, at),
        "body": at.of("body", member.assembly_id),
        "name": member.name,
        **_known(
            familyName=" ".join(family) if family and given else "",
            givenName=" ".join(given) if family else "",
        ),
        "membership": [membership(mandate, at) for mandate in mandates],
    }


def membership(mandate: Any, at: Addresses) -> Object:
    """A mandate that `queries.oparl.mandates_shown` gave."""
    attested = mandate.seen_on if mandate.starts_on is None else None
    return {
        **_head("membership", mandate.pk, at),
        "person": at.of("person", mandate.member_id),
        "organization": at.of("organization", mandate.member.assembly_id),
        "role": mandate.get_function_display(),
        "votingRight": True,
        **_known(
            startDate=mandate.starts_on,
            endDate=mandate.ends_on,
            **{"levier:attestedOn": attested},
        ),
    }


def meeting(
    sitting: Any,
    files: dict[int, PublishedFile],
    at: Addresses,
    *,
    as_of: date,
    presences: dict[int, Presence] | None = None,
) -> Object:
    """A sitting that `queries.oparl.sittings_shown` gave, with its items."""
    attendances = list(sitting.attendances.all())

    def listed(state: AttendanceState) -> list[str]:
        return [at.of("person", row.member_id) for row in attendances if row.state == state.value]

    place = {"location": location(sitting, at)} if sitting.place else {}
    return {
        **_head("meeting", sitting.pk, at),
        **_moments(sitting),
        "name": str(sitting),
        "meetingState": "durchgeführt" if sitting.date <= as_of else "terminiert",
        **_known(
            start=_moment(sitting.date, sitting.opens_at),
            end=_moment(sitting.date, sitting.closes_at),
            **{
                "levier:date": sitting.date,
                "levier:convocationDate": sitting.convocation_date,
                "levier:membersInOffice": sitting.in_office,
            },
        ),
        **place,
        "organization": [at.of("organization", sitting.assembly_id)],
        "participant": listed(AttendanceState.PRESENT),
        "levier:absent": listed(AttendanceState.ABSENT),
        "levier:procurations": [
            {
                "giver": at.of("person", row.giver_id),
                "holder": at.of("person", row.holder_id),
            }
            for row in sitting.procurations.all()
        ],
        "levier:agenda": [
            {**_known(number=item.number), "subject": item.subject}
            for item in sitting.agenda_items.all()
        ],
        "agendaItem": [
            agenda_item(act, sitting, files.get(act.pk), at, (presences or {}).get(act.pk))
            for act in sitting.deliberations.all()
        ],
    }


def agenda_item(
    act: Deliberation,
    sitting: Sitting,
    file: PublishedFile | None,
    at: Addresses,
    presence: Presence | None = None,
) -> Object:
    """One matter of a sitting, its result and its vote; the quorum where it was computed."""
    decisions = [row.text for row in act.clauses.all() if row.kind == ClauseKind.DECISION.value]
    quorum = (
        {
            "levier:quorum": _known(
                required=presence.quorum_required,
                present=presence.quorum_present,
                status=presence.quorum.value,
            )
        }
        if presence
        else {}
    )
    return {
        **_head("agenda-item", act.pk, at),
        "meeting": at.of("meeting", sitting.pk),
        "order": act.position,
        "name": act.subject,
        **_known(
            number=None if act.number is None else str(act.number),
            result=act.vote.get_outcome_display() if act.vote.outcome else None,
            resolutionText="\n".join(decisions),
        ),
        "consultation": at.of("consultation", act.pk),
        "resolutionFile": act_file(act, sitting, file, at),
        "levier:vote": vote(act, at),
        **quorum,
    }


def vote(act: Deliberation, at: Addresses) -> Object:
    """The ballot; names only for a roll call, never for a secret one."""
    row = act.vote
    names = [] if row.mode == VoteMode.SECRET.value else list(act.ballots.all())
    counted = _known(
        mode=row.mode,
        outcome=row.outcome,
        unanimous=row.unanimous,
        against=row.against,
        abstentions=row.abstentions,
        blank=row.blank,
        notVoting=row.not_voting,
        presidentVote=row.president_vote,
        **{"for": row.in_favour},
    )
    if names:
        counted["ballots"] = [
            {
                "person": at.of("person", one.member_id),
                "choice": one.choice,
                **({"castBy": at.of("person", one.cast_by_id)} if one.cast_by_id else {}),
            }
            for one in names
        ]
    return counted


def paper(act: Any, file: PublishedFile | None, at: Addresses) -> Object:
    """A deliberation as a document."""
    sitting = act.sitting
    found = matter(act.matter_code)
    formalities = load_part(act.formalities, ActFormalities)
    return {
        **_head("paper", act.pk, at),
        **_moments(act),
        "body": at.of("body", sitting.assembly_id),
        "name": act.subject,
        "reference": internal_number(sitting.date, act.number, act.pk),
        "date": sitting.date.isoformat(),
        "paperType": "délibération",
        "mainFile": act_file(act, sitting, file, at),
        "originatorOrganization": [at.of("organization", sitting.assembly_id)],
        "consultation": [consultation(act, at)],
        "web": at.act_page(act.pk),
        **_known(
            **{
                "levier:matter": {"code": found.code, "label": found.scdl_label} if found else None,
                "levier:transmittedOn": act.transmitted_on,
                "levier:receivedOn": act.received_on,
                "levier:publishedOn": act.published_on,
                "levier:stateIdentifier": formalities.state_identifier,
            }
        ),
    }


def consultation(act: Any, at: Addresses) -> Object:
    """The link between a deliberation and the matter under which it was put to the vote."""
    return {
        **_head("consultation", act.pk, at),
        "paper": at.of("paper", act.pk),
        "agendaItem": at.of("agenda-item", act.pk),
        "meeting": at.of("meeting", act.sitting_id),
        "organization": [at.of("organization", act.sitting.assembly_id)],
        "authoritative": True,
        "role": "décision",
    }


def act_file(act: Any, sitting: Sitting, file: PublishedFile | None, at: Addresses) -> Object:
    """The PDF of an act: the file that is online, or else the extract of the record."""
    online = file is not None
    return {
        **_head("file", act.pk, at),
        "name": act.subject,
        "fileName": f"deliberation-{internal_number(sitting.date, act.number, act.pk)}.pdf",
        "mimeType": "application/pdf",
        "accessUrl": at.act_file(act.pk, online),
        "paper": [at.of("paper", act.pk)],
        "agendaItem": [at.of("agenda-item", act.pk)],
        **(
            {"date": file.posted_on.isoformat(), "size": file.size, "levier:sha256": file.sha256}
            if file
            else {}
        ),
    }


def location(sitting: Sitting, at: Addresses) -> Object:
    """Where a sitting was held, in words."""
    return {
        **_head("location", sitting.pk, at),
        "description": sitting.place,
        "meetings": [at.of("meeting", sitting.pk)],
    }


def _head(kind: str, key: object, at: Addresses) -> Object:
    type_name = "".join(part.capitalize() for part in kind.split("-"))
    return {"id": at.of(kind, key), "type": f"{SCHEMA}{type_name}"}


def _moments(row: Any) -> Object:
    return {
        "created": row.first_at.isoformat(timespec="seconds"),
        "modified": row.last_at.isoformat(timespec="seconds"),
    }


def _moment(day: date, hour: time | None) -> str | None:
    return datetime.combine(day, hour, PARIS).isoformat() if hour else None


def _known(**values: Any) -> Object:
    """The values that are known: an unknown one has no place in an object."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value not in (None, "")
    }
