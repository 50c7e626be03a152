"""The forms of the screen that holds a sitting: one per gesture, each makes one entry.

A member is named by the beginning of a word or two, as one types in a full room: « dup » is enough
where one name only has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Protocol

from django import forms
from django.http import QueryDict

from levier.common.domain.french import enumerate_in_words, fold
from levier.council.domain.record import (
    BallotChoice,
    MatterNature,
    MovementEvent,
    RecusalGround,
    VoteMode,
    name_key,
)
from levier.council.forms.fields import (
    CountField,
    DayField,
    HourField,
    LinesField,
    NameField,
    QuietForm,
    choice_field,
    yes_no_field,
)
from levier.council.forms.parts import BALLOT_WORDS, GROUND_WORDS
from levier.council.models.deliberations import MATTER_NATURES
from levier.council.services import live_entries, live_room, live_votes
from levier.council.services.live import Entry, Undo

CANDIDATES_SHOWN = 4
_MOST_NAMED = 4
_NOW = "Vide : l’heure du serveur quand vous enregistrez."


class Named(Protocol):
    """What a field needs of a member."""

    @property
    def pk(self) -> int: ...
    @property
    def name(self) -> str: ...


class MemberField(NameField):
    """A member by the beginning of their names; the value is their identifier, or None."""

    def __init__(self, label: str, *, needed: str = "", **kwargs: Any) -> None:
        super().__init__(label, suggest="membres", **kwargs)
        self.needed = needed
        self.members: tuple[Named, ...] = ()

    def clean(self, value: Any) -> int | None:
        """Raises ValidationError with the members who could be meant."""
        text = super().clean(value)
        if text is None:
            if self.needed:
                raise forms.ValidationError(self.needed)
            return None
        found = _named(text, self.members)
        if len(found) == 1:
            return int(found[0].pk)
        if not found:
            raise forms.ValidationError(f"Aucun membre ne correspond à « {text} ».")
        names = [member.name for member in found]
        shown = enumerate_in_words(names[:_MOST_NAMED], "ou")
        more = "…" if len(names) > _MOST_NAMED else ""
        raise forms.ValidationError(f"« {text} » peut être {shown}{more} : précisez.")


def _named(text: str, members: Iterable[Named]) -> list[Named]:
    """Those whom the text names: one whole name, or words that begin as it says."""
    known = list(members)
    whole = [member for member in known if name_key(member.name) == name_key(text)]
    if whole:
        return whole
    starts = fold(text).split()
    return [
        member
        for member in known
        if starts
        and all(any(word.startswith(s) for word in fold(member.name).split()) for s in starts)
    ]


class Gesture(QuietForm):
    """A form that makes an entry about the item under discussion, `item`."""

    kind: ClassVar[str]

    def __init__(
        self, data: QueryDict | None, members: Iterable[Named], item: int, **kwargs: Any
    ) -> None:
        super().__init__(data, auto_id=f"{self.kind}-%s", **kwargs)
        self.item = item
        self.sent = QueryDict() if data is None else data
        for field in self.fields.values():
            if isinstance(field, MemberField):
                field.members = tuple(members)

    def entry(self) -> Entry:
        """The entry that a checked form describes."""
        raise NotImplementedError

    def place(self, by_field: Mapping[str, str]) -> None:
        """Show refusals beside their field, or above the form."""
        self.checked = True
        self.is_valid()
        for name, sentence in by_field.items():
            self.add_error(name if name in self.fields else None, sentence)


class OpeningForm(Gesture):
    """The opening of the sitting."""

    kind = "opening"
    opens_at = HourField("Heure d’ouverture", help_text=_NOW)
    president = MemberField("Présidence", needed="Indiquez qui préside.")
    secretary = MemberField("Secrétaire de séance")
    in_office = CountField(
        "Membres en exercice", least=1, help_text="Les sièges pourvus aujourd’hui : base du quorum."
    )

    def entry(self) -> Entry:
        values = self.cleaned_data
        if values["in_office"] is None:
            self.add_error("in_office", "Indiquez le nombre de membres en exercice.")
        return live_entries.Opening(
            values["opens_at"],
            values["president"],
            values["secretary"],
            values["in_office"] or 0,
            tuple(int(pk) for pk in self.sent.getlist("matter") if _is_row(pk)),
        )


class RollForm(Gesture):
    """The roll call at the opening; the page has one choice per member."""

    kind = "roll"

    def entry(self) -> Entry:
        everyone = self.sent.get("everyone") == "present"
        states = _by_member(self.sent, "state-")
        listed = self.sent.getlist("called")
        return live_room.RollCall(
            tuple(
                (int(pk), "present" if everyone else states[pk])
                for pk in listed
                if _is_row(pk) and (everyone or states.get(pk))
            )
        )


class _MoveForm(Gesture):
    event: ClassVar[MovementEvent]
    member = MemberField("Qui", needed="Indiquez qui.")
    before_item = CountField("Avant l’affaire n°")
    at = HourField("Heure", help_text=_NOW)

    def entry(self) -> Entry:
        values = self.cleaned_data
        return live_room.Move(values["member"], self.event, values["before_item"], values["at"])


class ArrivalForm(_MoveForm):
    """Somebody comes in."""

    kind, event = "arrival", MovementEvent.ARRIVES


class DepartureForm(_MoveForm):
    """Somebody goes out."""

    kind, event = "departure", MovementEvent.LEAVES


class ProxyForm(Gesture):
    """A procuration is handed over."""

    kind = "proxy"
    giver = MemberField("Donnée par", needed="Indiquez qui donne procuration.")
    holder = MemberField("À", needed="Indiquez qui la porte.")
    written = yes_no_field("Remise par écrit", initial="true")

    def entry(self) -> Entry:
        values = self.cleaned_data
        return live_room.ProxyGiven(values["giver"], values["holder"], values["written"])


class RevocationForm(Gesture):
    """A procuration is taken back."""

    kind = "proxy_revoked"
    revoked = MemberField("Révoquée par", needed="Indiquez qui reprend sa procuration.")

    def entry(self) -> Entry:
        return live_room.ProxyRevoked(self.cleaned_data["revoked"])


class RecusalForm(Gesture):
    """A member keeps out of the item."""

    kind = "recusal"
    recused = MemberField("Qui se déporte", needed="Indiquez qui se déporte.")
    ground = choice_field("Motif", reversed(GROUND_WORDS), RecusalGround)
    body = NameField("Organisme représenté", suggest="")
    withdrawn = forms.BooleanField(label="Retirer ce déport", required=False)

    def entry(self) -> Entry:
        values = self.cleaned_data
        ground = values["ground"] or RecusalGround.PERSONAL
        return live_room.Recused(
            self.item, values["recused"], ground, values["body"] or "", values["withdrawn"]
        )


class ItemForm(Gesture):
    """An item is called."""

    kind = "item"

    def entry(self) -> Entry:
        called = self.sent.get("call", "")
        return live_entries.OpenItem(int(called) if _is_row(called) else 0)


class AddedItemForm(Gesture):
    """A matter that was not on the agenda."""

    kind = "item_added"
    subject = LinesField("Objet de l’affaire ajoutée")

    def entry(self) -> Entry:
        return live_entries.AddedItem(self.cleaned_data["subject"])


class DetailsForm(Gesture):
    """What the matter is, who presides over it, who reports on it."""

    kind = "item_details"
    nature = choice_field("Nature de l’affaire", MATTER_NATURES.items(), MatterNature)
    chair = MemberField(
        "Présidence pour cette affaire", help_text="Si ce n’est pas celle de la séance."
    )
    rapporteur = MemberField("Rapporteur")

    def entry(self) -> Entry:
        values = self.cleaned_data
        return live_entries.ItemDetails(
            self.item, values["nature"], values["chair"], values["rapporteur"]
        )


class DebateForm(Gesture):
    """The substance of the discussion."""

    kind = "debate"
    debate = LinesField("Teneur des discussions, pour le procès-verbal", rows=4)

    def entry(self) -> Entry:
        return live_entries.Debate(
            self.item, self.cleaned_data["debate"], self.sent.get("seen", "")
        )


class UrgencyForm(Gesture):
    """The council votes on the urgency."""

    kind = "urgency"

    def entry(self) -> Entry:
        return live_entries.Urgency(self.sent.get("approved") == "true")


class PauseForm(Gesture):
    """The sitting is suspended, or resumes."""

    kind = "pause"

    def entry(self) -> Entry:
        return live_entries.Pause(self.sent.get("resumes") == "true")


class VoteForm(Gesture):
    """A public ballot by its counts."""

    kind = "vote"
    against = CountField("Contre", initial=0)
    abstentions = CountField("Abstentions", initial=0)
    not_voting = CountField("Ne prennent pas part", initial=0)
    in_favour = CountField("Pour", help_text="Vide : tous les autres.")
    president_vote = choice_field("Vote de la présidence", BALLOT_WORDS, str)
    roll_call_requests = CountField("Demandes d’appel nominal")
    secret_requests = CountField("Demandes de scrutin secret")

    def entry(self) -> Entry:
        return live_votes.Tallies(
            self.item,
            president_vote=self.cleaned_data["president_vote"] or "",
            roll_call_requests=self.cleaned_data["roll_call_requests"],
            **_counts(self.cleaned_data),
        )


class UnanimousForm(Gesture):
    """Everyone who may vote is in favour."""

    kind = "unanimous"

    def entry(self) -> Entry:
        return live_votes.Tallies(self.item)


class SecretForm(Gesture):
    """A secret ballot: tallies only."""

    kind = "secret"
    against = CountField("Contre", initial=0)
    blank = CountField("Blancs ou nuls", initial=0)
    abstentions = CountField("Abstentions", initial=0)
    not_voting = CountField("Ne prennent pas part", initial=0)
    in_favour = CountField("Pour", help_text="Vide : tous les autres.")
    secret_requests = CountField("Demandes de scrutin secret")

    def entry(self) -> Entry:
        return live_votes.Tallies(
            self.item,
            mode=VoteMode.SECRET,
            secret_requests=self.cleaned_data["secret_requests"],
            **_counts(self.cleaned_data),
        )


class NominalForm(Gesture):
    """A roll call; the page has one choice per vote that can be cast."""

    kind = "roll_call"
    roll_call_requests = CountField("Demandes d’appel nominal")

    def entry(self) -> Entry:
        known = {choice.value: choice for choice in BallotChoice}
        return live_votes.NamedVotes(
            self.item,
            tuple(
                (int(pk), known[value])
                for pk, value in _by_member(self.sent, "choice-").items()
                if value in known
            ),
            self.cleaned_data["roll_call_requests"],
        )


class RoundForm(Gesture):
    """One round of a nomination."""

    kind = "round"
    blank = CountField("Blancs ou nuls")
    secret_waived = yes_no_field("Scrutin secret levé à l’unanimité")
    restart = forms.BooleanField(label="Recommencer au premier tour", required=False)

    def __init__(self, *args: Any, shown: int = CANDIDATES_SHOWN, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = range(shown)
        for rank in self.shown:
            self.fields[f"candidate_{rank}"] = NameField(
                f"Candidature {rank + 1}", suggest="membres"
            )
            self.fields[f"votes_{rank}"] = CountField("Voix")
            self.fields[f"born_{rank}"] = DayField(f"Candidature {rank + 1}, née le")

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The three fields of each candidacy."""
        names = ("candidate", "votes", "born")
        return [tuple(self[f"{name}_{rank}"] for name in names) for rank in self.shown]  # type: ignore[misc]

    def entry(self) -> Entry:
        values = self.cleaned_data
        return live_votes.NominationRound(
            self.item,
            tuple(
                (name, values[f"votes_{rank}"] or 0, values[f"born_{rank}"])
                for rank in self.shown
                if (name := values[f"candidate_{rank}"])
            ),
            values["blank"],
            values["secret_waived"],
            values["restart"],
        )


class PostponedForm(Gesture):
    """The matter is put off."""

    kind = "postponed"

    def entry(self) -> Entry:
        return live_votes.Postponed(self.item)


class ClosingForm(Gesture):
    """The sitting is closed."""

    kind = "closing"
    closes_at = HourField("Heure de clôture", help_text=_NOW)

    def entry(self) -> Entry:
        return live_entries.Closing(self.cleaned_data["closes_at"])


class UndoForm(Gesture):
    """The last entry is taken back."""

    kind = "undo"

    def entry(self) -> Entry:
        return Undo()


GESTURES: dict[str, Callable[..., Gesture]] = {
    form.kind: form
    for form in (
        *(OpeningForm, RollForm, ArrivalForm, DepartureForm, ProxyForm, RevocationForm),
        *(RecusalForm, ItemForm, AddedItemForm, DetailsForm, DebateForm, UrgencyForm, PauseForm),
        *(VoteForm, UnanimousForm, SecretForm, NominalForm, RoundForm, PostponedForm),
        *(ClosingForm, UndoForm),
    )
}


def _counts(values: Mapping[str, Any]) -> dict[str, Any]:
    """The counts typed; an empty one is none, but for the votes in favour: all the others."""
    names = ("against", "abstentions", "blank", "not_voting")
    return {name: values.get(name) or 0 for name in names} | {"in_favour": values["in_favour"]}


def _by_member(data: QueryDict, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): str(data[name])
        for name in data
        if name.startswith(prefix) and _is_row(name.removeprefix(prefix))
    }


def _is_row(text: str) -> bool:
    return text.isdecimal() and len(text) < 16
