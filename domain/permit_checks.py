"""What may be recorded of permits and land: codes that storage refuses with a sentence of its own."""

from __future__ import annotations

from datetime import date

from domain.permit_steps import APPLIED, GRANTED, NOT_NEEDED, PERMIT_STATES, PERMIT_STEP
from domain.permit_words import LandEvent, PermitEvent


def fault_of_permit(event: PermitEvent, kind: str | None, today: date) -> str | None:
    """Why an event of a step cannot be recorded, as a code; None when it can.

    ``kind`` is that of the project on record, None where there is no such project of this body.
    """
    step = PERMIT_STEP.get(event.step)
    applied, granted = event.applied_date, event.granted_date
    faults = (
        ("unknown_project", kind is None),
        ("unknown_code", step is None or event.state not in PERMIT_STATES),
        ("not_of_chain", step is not None and kind not in step.kinds),
        ("in_future", event.on_date > today),
        ("after_day", any(day is not None and day > event.on_date for day in (applied, granted))),
        ("not_granted", granted is not None and event.state != GRANTED),
        ("not_applied", applied is not None and event.state not in (APPLIED, GRANTED)),
        ("granted_first", applied is not None and granted is not None and granted < applied),
        ("no_reason", event.state == NOT_NEEDED and not event.note.strip()),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)


def fault_of_land(event: LandEvent, kind: str | None, today: date) -> str | None:
    """Why an event of land cannot be recorded, as a code; None when it can."""
    areas = [area for area in (event.wanted_mu, event.applied_mu, event.granted_mu) if area is not None]
    faults = (
        ("unknown_project", kind is None),
        ("in_future", event.on_date > today),
        ("no_area", not areas),
        ("negative", any(area < 0 for area in areas)),
    )
    return next((code for code, is_wrong in faults if is_wrong), None)
