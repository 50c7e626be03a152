"""Holding a sitting: the screen and its entries, as the server answers them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from bench.measure import Timing, timed

ITEM_UNDER_DISCUSSION = 150


def live_timings(client, sitting_id: int) -> Iterator[Timing]:  # type: ignore[no-untyped-def]
    """On the sitting of the large council: the screen, a vote, a roll call, the next item, undo."""
    from django.urls import reverse

    from levier.accounts.actors import OPERATOR
    from levier.council.models import Sitting
    from levier.council.queries.live import live_sitting

    address = reverse("council:sitting-hold", args=[sitting_id])
    acts = list(
        Sitting.objects.get(pk=sitting_id)
        .deliberations.order_by("position")
        .values_list("pk", flat=True)
    )
    keys = count()

    def enter(gesture: str, **typed: object) -> None:
        held = Sitting.objects.get(pk=sitting_id)
        item = acts[(held.current_item or 1) - 1]
        data = {"geste": gesture, "key": f"bench-{next(keys)}", "version": held.version}
        answer = client.post(address, data | {"item": item} | typed, headers={"HX-Request": "true"})
        if answer.status_code != 200:
            raise SystemExit(f"{gesture} répond {answer.status_code}")

    enter("item", call=acts[ITEM_UNDER_DISCUSSION - 1])
    voters = live_sitting(OPERATOR, sitting_id).voters
    named = {f"choice-{voter.pk}": "for" for voter in voters}
    for label, run in (
        ("l’écran", lambda: client.get(address)),
        ("un vote", lambda: enter("vote", against="4")),
        ("un appel nominal", lambda: enter("roll_call", **named)),
        ("un vote puis son annulation", lambda: (enter("vote", against="3"), enter("undo"))),
        ("ouvrir une affaire", lambda: enter("item", call=acts[ITEM_UNDER_DISCUSSION])),
    ):
        goal = 200 if label.endswith("annulation") else 100
        yield timed(f"69 × 200, tenir la séance : {label}", run, runs=10, goal=goal)
