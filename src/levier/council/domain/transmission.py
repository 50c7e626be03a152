"""An act as it goes to the State's representative by ACTES: names, identifiers, what is missing.

Levier builds the package and checks it. An approved third party sends it (CGCT R2131-1 to R2131-4,
arrêté du 26 octobre 2005): nothing here sends anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from levier.council.domain.matters import ActNature, matter

SUBJECT_LIMIT = 500
"""Most characters of the element Objet (ACTES v1.1)."""

NUMBER_PATTERN = re.compile(r"[A-Z0-9_]{1,15}\Z")
EMAIL_PATTERN = re.compile(
    r"[_a-zA-Z0-9\-]+(\.[_a-zA-Z0-9\-]+)*@[a-zA-Z0-9\-]+(\.[a-zA-Z0-9\-]+)*\.[a-zA-Z]{2,6}\Z"
)
DEPARTMENT_PATTERN = re.compile(r"[09][0-9][AB0-9]\Z")
FILE_TYPE_PATTERN = re.compile(r"[A-Z0-9]{2,5}_[A-Z0-9]{2,3}\Z")
THIRD_PARTY_PATTERN = re.compile(r"[A-Z0-9]{3}\Z")
SIREN_PATTERN = re.compile(r"[0-9]{9}\Z")

DEFAULT_DOCUMENT_TYPE = "99_DE"
DEFAULT_ANNEX_TYPE = "99_DE"

# What word processors type and ISO-8859-1 cannot write, with what replaces it.
_PLAIN = {
    "’": "'",
    "‘": "'",
    "‚": ",",
    "“": '"',
    "”": '"',
    "„": '"',
    "–": "-",
    "—": "-",
    "‑": "-",
    "−": "-",
    "…": "...",
    "•": "-",
    "œ": "oe",
    "Œ": "OE",
    "Ÿ": "Y",
    "€": "euros",
    "™": "(TM)",
    "\u2009": " ",
    "\u202f": " ",
    "\u00a0": " ",
}
_SIGNATURES = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "xml": (b"<?xml", b"<", b"\xef\xbb\xbf<"),
}
FILE_KINDS = tuple(_SIGNATURES)
"""Extensions of the files that a package may hold."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a package from being valid: where, and the sentence that says what to do."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sender:
    """The collectivité that sends, as the prefecture knows it.

    `department` is its usual code ("62", "2A", "971"); `district` the number of the arrondissement
    (one digit) and `nature` the code of the kind of collectivité (two digits), both given in the
    convention with the prefecture. `emails` are those that the State answers to.
    """

    siren: str = ""
    department: str = ""
    district: str = ""
    nature: str = ""
    emails: tuple[str, ...] = ()
    contact: str = ""
    telephone: str = ""

    @property
    def department_code(self) -> str:
        """The department in three characters.

        >>> Sender(department="62").department_code, Sender(department="2A").department_code
        ('062', '02A')
        """
        return self.department.upper().zfill(3)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the package: its bytes, its extension and the type of piece ("99_DE")."""

    content: bytes
    extension: str = "pdf"
    file_type: str = DEFAULT_ANNEX_TYPE
    label: str = ""


@dataclass(frozen=True, slots=True)
class ActToSend:
    """One act and its annexes. `decided_on` is the date of the decision, never that of sending.

    `classification_dated_on` is the date of the prefecture's classification of matters: an act that
    names an older one comes back as an anomaly.
    """

    sender: Sender
    decided_on: date | None
    number: str
    subject: str
    document: Attachment | None
    matter_code: str = ""
    nature: ActNature = ActNature.DELIBERATION
    annexes: tuple[Attachment, ...] = ()
    classification_dated_on: date | None = None
    previous_identifier: str = ""
    has_paper_annex: bool = False

    @property
    def identifier(self) -> str:
        """The unique identifier that the acknowledgement repeats: DDD-SIREN-AAAAMMJJ-NUMERO-XX."""
        return act_identifier(self.sender, self.decided_on, self.number, self.nature)

    @property
    def base_name(self) -> str:
        """What the name of each file of the message 1-1 holds."""
        return f"{self.identifier}-1-1"

    @property
    def message_name(self) -> str:
        """The name of the message."""
        return f"{self.base_name}_0.xml"

    @property
    def document_names(self) -> tuple[str, ...]:
        """The names of the act, then of its annexes."""
        files = (*((self.document,) if self.document else ()), *self.annexes)
        return tuple(
            f"{file.file_type}-{self.base_name}_{rank}.{file.extension}"
            for rank, file in enumerate(files, start=1)
        )


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The envelope: `on` is the day of sending, `rank` a number that no other has that day.

    `third_party` is the three-letter code of the operator that sends, when it is known: it begins
    the name of the archive.
    """

    on: date
    rank: int = 1
    third_party: str = ""

    def envelope_name(self, sender: Sender) -> str:
        """The name of the envelope."""
        return f"EACT--{sender.siren}--{self.on:%Y%m%d}-{self.rank}.xml"

    def archive_name(self, sender: Sender) -> str:
        """The name of the archive."""
        prefix = f"{self.third_party}-" if self.third_party else ""
        return f"{prefix}{self.envelope_name(sender).removesuffix('.xml')}.tar.gz"


def act_identifier(sender: Sender, decided_on: date | None, number: str, nature: ActNature) -> str:
    """DDD-SIREN-AAAAMMJJ-NUMERO-XX."""
    day = f"{decided_on:%Y%m%d}" if decided_on else ""
    return f"{sender.department_code}-{sender.siren}-{day}-{number}-{nature.value}"


_BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def internal_number(decided_on: date, number: int | None, key: int) -> str:
    """NumeroInterne of a deliberation: 15 characters at most, unique within its assembly and date.

    The number that the act bears, after its date; a number too long for that stands alone. An act
    without number takes the `key` under which it is stored, which never changes.

    >>> internal_number(date(2024, 6, 11), 12, 345)
    '20240611_12'
    >>> internal_number(date(2024, 6, 11), None, 345)
    '20240611D9L'
    """
    if number is None:
        return f"{decided_on:%Y%m%d}D{_in_base_36(key)}"
    short = f"{decided_on:%Y%m%d}_{number}"
    return short if len(short) <= 15 else f"N{number}"


def _in_base_36(value: int) -> str:
    digits = ""
    while value:
        value, rest = divmod(value, 36)
        digits = _BASE_36[rest] + digits
    return digits or "0"


def transmissible(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as ISO-8859-1 can write it, and each character replaced, once.

    Typographic signs take their plain form; lines become one. What has no plain form is left, for
    `faults` to refuse: nothing disappears unseen.

    >>> transmissible("L’œuvre à 3 €")
    ("L'oeuvre à 3 euros", ('’', 'œ', '€'))
    """
    composed = unicodedata.normalize("NFC", text)
    replaced = [sign for sign in composed if sign in _PLAIN and not sign.isspace()]
    plain = "".join(_PLAIN.get(sign, sign) for sign in composed)
    return " ".join(plain.split()), tuple(dict.fromkeys(replaced))


def faults(act: ActToSend, dispatch: Dispatch | None = None) -> tuple[Fault, ...]:
    """All that keeps this act from making a valid package, each with its field."""
    return (
        *sender_faults(act.sender),
        *_act_faults(act),
        *_file_faults(act),
        *(dispatch_faults(dispatch) if dispatch else ()),
    )


def sender_faults(sender: Sender) -> Iterator[Fault]:
    """What the envelope lacks to name the collectivité."""
    if not SIREN_PATTERN.match(sender.siren):
        yield Fault(
            "siren",
            "Il manque le numéro SIREN de la collectivité : ce sont les neuf premiers chiffres de "
            "son SIRET.",
        )
    if not (sender.department and DEPARTMENT_PATTERN.match(sender.department_code)):
        yield Fault(
            "department",
            "Il manque le code du département, ou il n’est pas valable : attendu 62, 2A ou 971.",
        )
    if not re.fullmatch(r"[0-9]", sender.district):
        yield Fault(
            "district",
            "Il manque le numéro de l’arrondissement : un chiffre, que donne la convention signée "
            "avec la préfecture.",
        )
    if not re.fullmatch(r"[0-9]{2}", sender.nature):
        yield Fault(
            "sender_nature",
            "Il manque le code de nature de la collectivité : deux chiffres, que donne la "
            "convention signée avec la préfecture.",
        )
    if not sender.emails:
        yield Fault("emails", "Il manque l’adresse électronique à laquelle l’État répond.")
    for email in sender.emails:
        if not EMAIL_PATTERN.match(email):
            yield Fault(
                "emails",
                f"« {email} » n’est pas une adresse électronique admise : attendu nom@domaine.fr, "
                "la fin comptant deux à six lettres.",
            )
    for field, text in (("contact", sender.contact), ("telephone", sender.telephone)):
        if foreign := _foreign(transmissible(text)[0]):
            yield Fault(field, _cannot_be_written(foreign))


def _act_faults(act: ActToSend) -> Iterator[Fault]:
    if act.decided_on is None:
        yield Fault("decided_on", "Il manque la date de la séance, qui est celle de la décision.")
    if not NUMBER_PATTERN.match(act.number):
        yield Fault(
            "number",
            f"Le numéro interne « {act.number} » n’est pas admis : attendu 1 à 15 majuscules sans "
            "accent, chiffres ou tirets bas.",
        )
    if not re.fullmatch(r"[1-9](\.[0-9]{1,2}){1,4}", act.matter_code):
        yield Fault(
            "matter_code",
            "Il manque la matière de l’acte dans la nomenclature de l’État, par exemple 8.5."
            if not act.matter_code
            else f"La matière « {act.matter_code} » n’est pas admise : attendu deux à cinq niveaux "
            "séparés par des points, par exemple 8.5.",
        )
    elif matter(".".join(act.matter_code.split(".")[:2])) is None:
        yield Fault(
            "matter_code",
            f"La matière « {act.matter_code} » n’est pas dans la nomenclature nationale, de 1.1 à "
            "9.4.",
        )
    if act.classification_dated_on is None:
        yield Fault(
            "classification_dated_on",
            "Il manque la date de la nomenclature des matières de votre préfecture : votre "
            "opérateur l’affiche, et le message 7-2 la donne.",
        )
    subject, _ = transmissible(act.subject)
    if not subject:
        yield Fault("subject", "Il manque l’objet de l’acte.")
    elif len(subject) > SUBJECT_LIMIT:
        yield Fault(
            "subject",
            f"L’objet compte {len(subject)} caractères : {SUBJECT_LIMIT} au plus. Raccourcissez-le "
            "pour la transmission.",
        )
    if foreign := _foreign(subject):
        yield Fault("subject", _cannot_be_written(foreign))
    if act.previous_identifier and not IDENTIFIER_PATTERN.match(act.previous_identifier):
        yield Fault(
            "previous_identifier",
            f"« {act.previous_identifier} » n’est pas l’identifiant d’un acte transmis.",
        )


def _file_faults(act: ActToSend) -> Iterator[Fault]:
    if act.document is None:
        yield Fault("document", "Il manque le fichier PDF de l’acte.")
    elif act.document.extension != "pdf":
        yield Fault("document", "Le fichier de l’acte n’est pas un PDF.")
    files = [("document", act.document)] if act.document else []
    files += [(f"annexes[{rank}]", annex) for rank, annex in enumerate(act.annexes)]
    for field, file in files:
        yield from attachment_faults(field, file)


def attachment_faults(field: str, file: Attachment) -> Iterator[Fault]:
    """What is wrong with one file: its type of piece, its extension, or its content."""
    name = f"« {file.label} »" if file.label else "Le fichier"
    if not FILE_TYPE_PATTERN.match(file.file_type):
        yield Fault(
            field,
            f"{name} : le type de pièce « {file.file_type} » n’est pas admis ; attendu un code "
            "comme 99_DE.",
        )
    if file.extension not in _SIGNATURES:
        yield Fault(field, f"{name} : attendu un fichier PDF, JPEG, PNG ou XML.")
    elif not file.content.startswith(_SIGNATURES[file.extension]):
        yield Fault(
            field, f"{name} : le contenu n’est pas celui d’un fichier {file.extension.upper()}."
        )


def dispatch_faults(dispatch: Dispatch) -> Iterator[Fault]:
    """What is wrong with the numbering of the envelope."""
    if dispatch.rank < 1:
        yield Fault("rank", "Le numéro d’enveloppe est un nombre à partir de 1.")
    if dispatch.third_party and not THIRD_PARTY_PATTERN.match(dispatch.third_party):
        yield Fault(
            "third_party",
            f"« {dispatch.third_party} » n’est pas le trigramme d’un opérateur : attendu trois "
            "majuscules ou chiffres.",
        )


IDENTIFIER_PATTERN = re.compile(
    r"(?P<department>[09][0-9][AB0-9])-(?P<siren>[0-9]{9})-(?P<day>[0-9]{8})"
    r"-(?P<number>[a-zA-Z0-9_]{1,15})-(?P<nature>[A-Z]{2})\Z"
)
"""The unique identifier of an act."""


def _foreign(text: str) -> str:
    """Characters that ISO-8859-1 has no printable code for, once each."""
    return "".join(
        dict.fromkeys(
            sign for sign in text if ord(sign) > 0xFF or unicodedata.category(sign).startswith("C")
        )
    )


def _cannot_be_written(signs: str) -> str:
    shown = ", ".join(
        f"« {sign} »" if sign.isprintable() else f"U+{ord(sign):04X}" for sign in signs
    )
    return (
        f"Le texte contient ce que la transmission ne sait pas écrire : {shown}. Remplacez-le par "
        "des lettres courantes."
    )
