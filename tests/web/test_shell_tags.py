"""Filters and pieces: French wording, shapes beside colours, forms that say where to look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from hypothesis import given
from hypothesis import strategies as st

from levier.common.domain.findings import Finding, Severity, Status
from levier.council.domain.record import (
    Movement,
    MovementEvent,
    Outcome,
    Recusal,
    RecusalGround,
    Vote,
)
from levier.council.domain.rules import check
from levier.site.input_labels import INPUT_LABELS
from levier.site.templatetags import levier as tags
from tests.web.shell_cases import record

NARROW, FIXED = "\u202f", "\u00a0"


def render(source: str, **context: object) -> str:
    return Template("{% load levier %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2024, 6, 11), "11 juin 2024"),
        (date(2024, 7, 1), "1er juillet 2024"),
        (datetime(2024, 6, 11, 22, 30, tzinfo=UTC), "12 juin 2024"),
        (None, "non renseignée"),
    ],
)
def test_dates(value: date | None, words: str) -> None:
    assert tags.french_date(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (time(18, 30), f"18{FIXED}h{FIXED}30"),
        (time(0, 0), f"0{FIXED}h"),
        (datetime(2024, 6, 11, 22, 30, tzinfo=UTC), f"0{FIXED}h{FIXED}30"),
        (None, "non renseignée"),
    ],
)
def test_times(value: time | None, words: str) -> None:
    assert tags.french_time(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1831401, f"1{NARROW}831{NARROW}401"),
        (0, "0"),
        (-1200, f"-1{NARROW}200"),
        (1234.5, f"1{NARROW}234,5"),
        (2.0, "2"),
        (None, "non communiqué"),
    ],
)
def test_numbers(value: float | None, words: str) -> None:
    assert tags.number(value) == words


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 avis"), (1, "1 avis"), (2, "2 avis"), (1200, f"1{NARROW}200 avis")]
)
def test_counts(count: int, words: str) -> None:
    assert tags.counted(count, "avis,avis") == words.replace(" ", FIXED)


def test_typography_changes_spaces_and_apostrophes_only() -> None:
    assert tags.typographic("L'acte dit : « oui » ; 49 % ?") == (
        f"L’acte dit{NARROW}: «{NARROW}oui{NARROW}»{NARROW}; 49{NARROW}%{NARROW}?"
    )
    assert tags.typographic("http://a/ 18:30") == "http://a/ 18:30"


@given(st.text(alphabet=st.sampled_from("<>&\"' :;!?«»%é/abc"), max_size=60))
def test_typography_escapes_and_keeps_each_visible_character(text: str) -> None:
    shown = str(tags.typographic(text))
    assert "<" not in shown
    assert ">" not in shown

    def letters(value: str) -> str:
        return "".join(value.replace("'", "’").split())

    from html import unescape

    assert letters(unescape(shown).replace(NARROW, " ")) == letters(text)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "non renseigné"),
        ("", "non renseigné"),
        (0, "0"),
        (False, "non"),
        (True, "oui"),
        ("2024-06-11", "11 juin 2024"),
        ("18:30", "18 h 30"),
        (date(2024, 6, 11), "11 juin 2024"),
        ([], "aucun"),
        (["a", None], "a, non renseigné"),
        ({"for": 3}, "Pour : 3"),
        ("99-9999", "99-9999"),
        ("2024-13-45", "2024-13-45"),
    ],
)
def test_facts_are_told_in_words_and_unknown_is_never_zero(value: object, words: str) -> None:
    assert tags.plain_value(value) == words


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text()
        | st.dates(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_no_fact_makes_a_page_fail(value: object) -> None:
    assert tags.plain_value(value) != ""


def test_each_fact_reported_by_the_rules_has_a_french_name() -> None:
    plain = record(date(2024, 6, 11))
    (act,) = plain.deliberations
    unsure = replace(
        plain,
        sitting=replace(
            plain.sitting,
            in_office=29,
            movements=(Movement("Khadija LANNABI", MovementEvent.LEAVES),),
        ),
        deliberations=(
            replace(
                act,
                vote=Vote(outcome=Outcome.ADOPTED, in_favour=2),
                recused=(Recusal("Emmanuel DONDELA", RecusalGround.L1111_6_II),),
            ),
        ),
    )
    named = {
        name
        for judged, department in ((plain, None), (unsure, "62"), (unsure, "57"))
        for finding in check(judged, as_of=date(2024, 7, 1), department=department)
        for name in finding.inputs
    }
    assert {"department", "in_office_counted", "recused", "votes_expected_at_most"} <= named
    assert named <= set(INPUT_LABELS)


@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_a_shape_and_a_word(status: Status) -> None:
    html = render(
        '{% include "site/components/status.html" with status=status only %}', status=status
    )
    assert status.label in html
    assert "<path" in html
    assert "<title" not in html


def test_the_five_statuses_have_distinct_shapes() -> None:
    shapes = {
        render(
            '{% include "site/components/sign.html" with status=status only %}', status=status.value
        )
        for status in Status
    }
    assert len(shapes) == len(Status)


def test_a_finding_shows_article_sentence_and_inputs() -> None:
    finding = Finding(
        rule="K8",
        article="CGCT L2121-12",
        version="2019-12-28",
        status=Status.IRREGULAR,
        severity=Severity.NULLITY,
        explanation="Délai de 4 jours <francs> : trop court.",
        inputs={"clear_days": 4, "population": None},
    )
    html = render(
        '{% include "site/components/finding.html" with finding=finding only %}', finding=finding
    )
    for expected in (
        "irrégulier",
        "CGCT L2121-12",
        "&lt;francs&gt;",
        "Jours francs comptés",
        "<dd>4</dd>",
        "non renseigné",
        "28 décembre 2019",
        "risque d’annulation",
    ):
        assert expected in html
    assert "nul " not in html


def test_a_tally_goes_from_the_gravest_and_leaves_out_what_is_absent() -> None:
    findings = [
        Finding("A", "a", "", status, Severity.FORM, "x")
        for status in (Status.OK, Status.UNVERIFIABLE, Status.OK)
    ]
    assert tags.tally(findings) == [
        (Status.UNVERIFIABLE, "1 à vérifier"),
        (Status.OK, "2 conformes"),
    ]


class Example(forms.Form):
    """A field of each family."""

    day = forms.DateField(label="Jour", help_text="Celui de la séance.")
    place = forms.CharField(label="Lieu", required=False)
    posted = forms.BooleanField(label="Affichée", required=False)
    mode = forms.ChoiceField(
        label="Mode", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )


FORM = (
    '{% include "site/components/form_errors.html" with form=form only %}'
    "{% for field in form %}"
    '{% include "site/components/field.html" with field=field only %}'
    "{% endfor %}"
)


def test_a_form_without_fault_has_no_summary_and_marks_what_is_optional() -> None:
    html = render(FORM, form=Example())
    assert "form-errors" not in html
    assert html.count("facultatif") == 1
    assert 'id="id_day_helptext"' in html
    assert 'aria-describedby="id_day_helptext"' in html


def test_each_fault_is_beside_its_field_and_in_the_summary() -> None:
    html = render(FORM, form=Example(data={"day": "hier"}))
    assert "2\u00a0points à corriger" in html
    assert 'href="#id_day"' in html
    assert 'id="id_day_error"' in html
    assert 'id="id_mode_error"' in html
    assert 'aria-describedby="id_day_helptext id_day_error"' in html


def test_a_breadcrumb_ends_on_the_page_itself() -> None:
    html = render('{% breadcrumb "Séances" "/seances/" "Séance du 11 juin" %}')
    assert html.index('href="/seances/"') < html.index('aria-current="page">Séance du 11 juin')
    with pytest.raises(TemplateSyntaxError):
        render('{% breadcrumb "Séances" "/seances/" %}')
