"""Opening organisations and accounts, and giving roles."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from levier.accounts import audit
from levier.accounts.domain.actors import Actor, Role
from levier.accounts.models import (
    Appointment,
    Organisation,
    OrganisationKind,
    Person,
    normal_email,
)
from levier.accounts.policies import (
    can_appoint,
    can_appoint_auditor,
    can_change_password,
    can_create_organisation,
    can_open_account,
    require,
)
from levier.accounts.writing import writing
from levier.common.domain.errors import Invalid, LevierError
from levier.common.validation import checked


def add_organisation(
    actor: Actor,
    *,
    kind: OrganisationKind,
    name: str,
    insee_code: str = "",
    siren: str = "",
    is_demo: bool = False,
) -> Organisation:
    """Open an organisation. Raises Refused, or Invalid with the sentence of each field."""
    require(can_create_organisation, actor, None)
    organisation = Organisation(
        kind=kind.value,
        name=name.strip(),
        insee_code=insee_code,
        siren=siren,
        is_demo=is_demo,
    )
    with writing(actor):
        checked(organisation).save()
        audit.write(
            actor,
            "organisation.added",
            organisation,
            {
                "name": (None, organisation.name),
                "kind": (None, organisation.kind),
                "insee_code": (None, organisation.insee_code),
                "siren": (None, organisation.siren),
                "is_demo": (None, organisation.is_demo),
            },
        )
    return organisation


def add_person(
    actor: Actor,
    *,
    email: str,
    full_name: str,
    password: str,
    organisation: Organisation,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    is_demo: bool = False,
) -> Person:
    """Open an account together with its first role, within an organisation."""
    require(can_appoint, actor, organisation)
    with writing(actor):
        person = _open_account(
            actor, email, full_name, password, organisation=organisation, is_demo=is_demo
        )
        appoint(
            actor,
            person=person,
            organisation=organisation,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    return person


def open_account(actor: Actor, *, email: str, full_name: str, password: str) -> Person:
    """Open an account that may do nothing yet: a role is confided to it afterwards."""
    require(can_open_account, actor, None)
    with writing(actor):
        return _open_account(actor, email, full_name, password)


def appoint(
    actor: Actor,
    *,
    person: Person,
    organisation: Organisation,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
) -> Appointment:
    """Give a role to a person within an organisation, from a day to a day (included)."""
    require(can_appoint_auditor if role is Role.AUDITOR else can_appoint, actor, organisation)
    appointment = Appointment(
        person=person,
        organisation=organisation,
        role=role.value,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    with writing(actor):
        checked(appointment).save()
        audit.write(
            actor,
            "appointment.added",
            appointment,
            {
                "person": (None, person.full_name),
                "organisation": (None, organisation.name),
                "role": (None, role.value),
                "starts_on": (None, starts_on),
                "ends_on": (None, ends_on),
            },
        )
    return appointment


def change_password(actor: Actor, person: Person, password: str) -> None:
    """Give another password; the journal says that it changed, never what it is.

    One changes one's own; the operator of the machine may give one to somebody who lost theirs.
    """
    require(can_change_password, actor, person)
    _require_strong(password, person)
    with writing(actor):
        person.set_password(password)
        person.save()
        audit.write(actor, "person.password_changed", person, {})


def refuse_examples() -> None:
    """Raise LevierError when the database holds the demonstration: nothing real is mixed with it.

    The passwords of example accounts are printed on the screen.
    """
    if Organisation.objects.filter(is_demo=True).exists():
        raise LevierError(
            "Cette base contient la démonstration : rien de réel ne s'y mêle, et rien n'a été "
            "changé. Donnez un autre dossier par la variable LEVIER_HOME, ou une autre base par "
            "DATABASE_URL."
        )


def _open_account(
    actor: Actor,
    email: str,
    full_name: str,
    password: str,
    *,
    organisation: Organisation | None = None,
    is_demo: bool = False,
) -> Person:
    person = Person(email=normal_email(email), full_name=full_name.strip(), is_demo=is_demo)
    _require_strong(password, person)
    person.set_password(password)
    checked(person).save()
    audit.write(
        actor,
        "person.added",
        person,
        {
            "email": (None, person.email),
            "full_name": (None, person.full_name),
            "is_demo": (None, person.is_demo),
        },
        organisation=organisation,
    )
    return person


def _require_strong(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid({"password": " ".join(error.messages)}) from None
