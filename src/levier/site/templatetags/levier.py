"""French wording in templates, and the small pieces that take arguments.

`{% load levier %}` gives the filters french_date, french_day, french_time, number, counted,
typographic and plain_value, and the tags page_header, breadcrumb and pager.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from levier.common.domain.findings import GRAVITY_ORDER, Finding, Status
from levier.common.domain.french import (
    NARROW_SPACE,
    date_in_words,
    group_thousands,
    plural,
    time_in_words,
)
from levier.site.input_labels import INPUT_LABELS, VALUE_LABELS

register = template.Library()

_BEFORE_DOUBLE_SIGN = re.compile("[ \u00a0](?=[;:!?€%»])")
_AFTER_GUILLEMET = re.compile("«[ \u00a0]")
_ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_ISO_TIME = re.compile(r"^\d{2}:\d{2}(:\d{2})?$")


@register.filter
def french_date(value: date | datetime | None) -> str:
    """11 juin 2024; an instant is dated in Paris; nothing gives "non renseignée"."""
    return date_in_words(_local_day(value)) if value else "non renseignée"


@register.filter
def french_day(value: date | datetime | None) -> str:
    """mardi 11 juin 2024."""
    return date_in_words(_local_day(value), weekday=True) if value else "non renseignée"


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def french_time(value: time | datetime | None) -> str:
    """18 h 30, never cut at the end of a line; an instant is given in Paris time."""
    if value is None or value == "":
        return "non renseignée"
    if isinstance(value, datetime):
        value = timezone.localtime(value).time()
    return time_in_words(value).replace(" ", "\u00a0")


@register.filter
def number(value: int | float | None) -> str:
    """1 831 401 with narrow no-break spaces; a decimal comma when there is one."""
    if value is None:
        return "non communiqué"
    if isinstance(value, float) and not value.is_integer():
        whole, _, decimals = f"{value:,.2f}".partition(".")
        return f"{whole.replace(',', NARROW_SPACE)},{decimals.rstrip('0')}"
    return group_thousands(int(value))


@register.filter
def counted(count: int, nouns: str) -> str:
    """`{{ 3|counted:"séance" }}` gives 3 séances; `"avis,avis"` when the plural is not in s."""
    singular, _, plural_form = nouns.partition(",")
    return plural(count, singular, plural_form or None).replace(" ", "\u00a0", 1)


@register.filter
def noun(count: int, nouns: str) -> str:
    """The noun alone, in agreement with a number shown elsewhere."""
    return counted(count, nouns).partition("\u00a0")[2]


@register.filter(is_safe=True)
def typographic(value: str) -> SafeString:
    """Typographic apostrophes, and narrow no-break spaces around double signs and guillemets.

    A space is never added: addresses and times ("http://", "18:30") stay as they are.
    """
    escaped = conditional_escape(value)
    text = escaped.replace("&#x27;", "’").replace("'", "’")
    text = _BEFORE_DOUBLE_SIGN.sub(NARROW_SPACE, text)
    return mark_safe(_AFTER_GUILLEMET.sub(f"«{NARROW_SPACE}", text))  # noqa: S308 (escaped above)


@register.filter
def plain_value(value: Any) -> str:
    """A fact used by a rule, as a person reads it: dates, times, yes or no, lists, unknown."""
    if value is None or value == "":
        return "non renseigné"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        parts = [f"{input_label(key)} : {plain_value(item)}" for key, item in value.items()]
        return " ; ".join(parts) or "aucun"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(plain_value(item) for item in value) or "aucun"
    if isinstance(value, str):
        return VALUE_LABELS.get(value) or _dated(value)
    if isinstance(value, time):
        return time_in_words(value)
    if isinstance(value, date):
        return french_date(value)
    return number(value) if isinstance(value, (int, float)) else str(value)


def _dated(text: str) -> str:
    """Dates and times come as ISO texts from stored findings; any other text stays as it is."""
    try:
        if _ISO_DATE.match(text):
            return french_date(date.fromisoformat(text))
        if _ISO_TIME.match(text):
            return time_in_words(time.fromisoformat(text))
    except ValueError:
        pass
    return text


@register.filter
def input_label(name: str) -> str:
    """The French name of a fact used by a rule; the key itself, in words, when it has none."""
    return INPUT_LABELS.get(name) or name.replace("_", " ").capitalize()


@register.filter
def tally(findings: Iterable[Finding]) -> list[tuple[Status, str]]:
    """How many findings of each status in words, gravest first; absent statuses are left out."""
    counts = Counter(finding.status for finding in findings)
    return [(status, status.counted(counts[status])) for status in GRAVITY_ORDER if counts[status]]


@register.filter
def error_count(form: BaseForm) -> int:
    """How many sentences the person has to act upon."""
    return sum(len(errors) for errors in form.errors.values())


@register.inclusion_tag("site/components/page_header.html")
def page_header(title: str, kicker: str = "", lead: str = "") -> dict[str, str]:
    """The heading of a page: its finding as a sentence, above it what the page is about."""
    return {"title": title, "kicker": kicker, "lead": lead}


@register.inclusion_tag("site/components/breadcrumb.html")
def breadcrumb(*steps: str) -> dict[str, object]:
    """`{% breadcrumb "Séances" list_url "Séance du 11 juin 2024" %}`: label and address by turns.

    The last step is the page itself and has no address.
    """
    if len(steps) % 2 == 0:
        raise template.TemplateSyntaxError("breadcrumb takes label, address, …, label.")
    pairs = zip(steps[:-1:2], steps[1::2], strict=True)
    return {"steps": list(pairs), "here": steps[-1]}


@register.inclusion_tag("site/components/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], page: Page[Any]) -> dict[str, object]:
    """Links to the neighbouring pages of a list; keeps the other parameters of the address."""
    kept = context["request"].GET.copy()
    kept.pop("page", None)
    return {"page": page, "kept": f"{kept.urlencode()}&" if kept else ""}
