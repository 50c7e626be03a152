"""The loop: eight verbs in order, what each room does, and the pages that a person may open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from levier.accounts.domain.actors import Actor
from levier.council.policies import WRITERS


@dataclass(frozen=True, slots=True)
class Page:
    """A page listed under a verb. `url_name` takes no argument; `shown_to` says who may use it."""

    title: str
    url_name: str
    shown_to: Callable[[Actor], bool] = lambda actor: True


@dataclass(frozen=True, slots=True)
class Room:
    """One step of the loop. `namespace` is the first segment of its pages' addresses.

    `purpose` says what the room is for in one sentence; `does` lists what a person does there,
    and `asks` the question that it answers. A room without pages is not built in this version.
    """

    slug: str
    verb: str
    asks: str
    purpose: str
    does: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    pages: tuple[Page, ...] = field(default=())

    @property
    def is_built(self) -> bool:
        """Whether this version has something to open here."""
        return bool(self.pages)

    def pages_for(self, actor: Actor) -> tuple[Page, ...]:
        """The pages that this person may use."""
        return tuple(page for page in self.pages if page.shown_to(actor))


def keeps_acts(actor: Actor) -> bool:
    """Whoever may enter a sitting for at least one organisation, and the operator."""
    return actor.is_operator or any(grant.role in WRITERS for grant in actor.grants)


LOOP = (
    Room(
        slug="decider",
        verb="Décider",
        asks="Qu’est-ce que le conseil a décidé, et l’acte est-il solide ?",
        purpose=(
            "Les conseils municipaux et communautaires autorisent le contrat, puis ses avenants. "
            "Levier lit leurs actes, les enregistre et les confronte au droit, article par article."
        ),
        does=(
            "lire un extrait ou un procès-verbal et en tirer une fiche à relire",
            "enregistrer une séance : présents, procurations, votes, décisions",
            "connaître les points conformes, à vérifier ou à risque de chaque acte",
            "produire l’extrait de délibération en PDF accessible",
        ),
        prefixes=("/decider/", "/recherche"),
        pages=(
            Page("Séances", "council:home"),
            Page("Actes en ligne", "council:published-acts"),
            Page("Échéances", "council:calendar"),
            Page("Saisir une séance", "council:sitting-new", keeps_acts),
            Page("Déposer un acte", "council:act-read", keeps_acts),
            Page("Contrôler un acte", "council:act-check"),
        ),
    ),
    Room(
        slug="s-engager",
        verb="S’engager",
        asks="Qui s’est engagé, à quoi, et par quelle délibération ?",
        purpose=(
            "Le contrat de ville lie l’État, l’intercommunalité, les communes et leurs "
            "partenaires. Personne ne signe valablement sans une délibération exécutoire."
        ),
        does=(
            "tenir la liste des signataires et l’autorité de chacun pour signer",
            "dérouler la stratégie : principes, piliers, ambitions, enjeux transversaux",
            "lire le contrat consolidé à une date, avec l’origine de chaque clause",
            "préparer un avenant et les délibérations qu’il demande",
        ),
    ),
    Room(
        slug="situer",
        verb="Situer",
        asks="Cette adresse est-elle dans un quartier prioritaire ?",
        purpose=(
            "Les quartiers prioritaires (QPV) ont un contour fixé par décret, en deux "
            "générations : 2015 et 2024. Une rue peut n’y être que pour partie."
        ),
        does=(
            "dire si une adresse est dedans, dehors ou à vérifier",
            "situer un fichier entier d’adresses ou de points",
            "comparer les contours de 2015 et de 2024",
        ),
    ),
    Room(
        slug="observer",
        verb="Observer",
        asks="Où les écarts se creusent-ils ?",
        purpose=(
            "Chaque indicateur se lit en écart à l’unité urbaine, avec son incertitude et le "
            "secret statistique. « Pas assez d’années » est une réponse."
        ),
        does=(
            "lire les écarts entre les quartiers et leur unité urbaine",
            "suivre une tendance, seulement quand les données le permettent",
            "retrouver la source et le millésime de chaque chiffre",
        ),
    ),
    Room(
        slug="mobiliser",
        verb="Mobiliser",
        asks="Où le droit commun n’arrive-t-il pas ?",
        purpose=(
            "Le droit commun doit devenir le levier de la politique de la ville : il faut savoir "
            "quelle part des moyens ordinaires parvient réellement à chaque quartier."
        ),
        does=(
            "tenir le registre des actions et de leurs financements",
            "estimer la part de droit commun de chaque quartier, par une méthode notée",
            "lire l’indice de parité et son intervalle",
        ),
    ),
    Room(
        slug="ecouter",
        verb="Écouter",
        asks="Qu’est devenue la parole des habitants ?",
        purpose=(
            "Les habitants sont consultés, répondent à des enquêtes, proposent. Chaque avis doit "
            "pouvoir être suivi jusqu’à la réponse donnée et à l’action engagée."
        ),
        does=(
            "organiser une consultation et publier ce qui en ressort",
            "suivre le fil d’un avis : réponse, décision, action",
            "tirer au sort un panel en gardant la preuve du tirage",
        ),
    ),
    Room(
        slug="piloter",
        verb="Piloter",
        asks="Qui doit faire quoi, et pour quand ?",
        purpose=(
            "Comités de pilotage, comités techniques, « hackathon du droit commun » : leurs "
            "décisions deviennent des engagements suivis jusqu’à la preuve."
        ),
        does=(
            "préparer et tenir les instances du contrat",
            "suivre un engagement, du constat à la preuve",
            "voir ce qui attend une décision",
        ),
    ),
    Room(
        slug="evaluer",
        verb="Évaluer",
        asks="Le contrat réduit-il les inégalités ?",
        purpose=(
            "La grille d’évaluation est figée tôt, puis nourrie par les autres étapes. Ses "
            "recommandations deviennent des avenants : la boucle reprend à « Décider »."
        ),
        does=(
            "fixer les questions évaluatives et leurs critères avant les résultats",
            "réunir les preuves pour le bilan à mi-parcours de 2027",
            "produire le rapport annuel",
        ),
    ),
)
ROOMS = {room.slug: room for room in LOOP}


def room_of_path(path: str) -> Room | None:
    """The room that an address belongs to; None for the cockpit, the account and the journal."""
    for room in LOOP:
        if path.startswith((f"/boucle/{room.slug}/", *room.prefixes)):
            return room
    return None
