"""What the invented state office reports for itself. The numbers lean on nothing real; their parts sum to the whole."""

import numpy as np

from shelterbelt.attestations.demonstration.answers import Answers

CHANNELS = {"by_phone": 0.14, "by_web": 0.34, "by_app": 0.33, "by_text": 0.19}
SUBJECTS = {
    "about_suicide_or_self_harm": 0.17, "about_attack_or_weapons": 0.23, "about_bullying": 0.27,
    "about_assault_or_fighting": 0.08, "about_sexual_offense_or_trafficking": 0.05, "about_drugs": 0.11,
    "about_something_else": 0.09,
}  # fmt: skip


def of_state(index: int, part: float, size: float, rng: np.random.Generator) -> dict[str, Answers]:
    """The state's answers for the year with this index, of which a part has passed."""

    def about(number: float) -> int:
        return max(0, round(number * part * size * (1 + 0.18 * index) * float(rng.normal(1, 0.05))))

    received, started, joint, active = about(940), about(46), about(24), about(150)
    by_state, by_federal = _parts(started, {"state": 0.6, "federal": 0.15, "other": 0.25}, rng)[:2]
    schools, police, support = round(received * 0.93), round(received * 0.71), round(received * 0.31)
    return {
        "A-O2": {
            "received": received, "tests": about(60), "spam": about(140), "duplicates": about(85),
            "agency_notices": about(210),
            **dict(zip(CHANNELS, _parts(received, CHANNELS, rng), strict=True)),
            **dict(zip(SUBJECTS, _parts(received, SUBJECTS, rng), strict=True)),
        },
        "A-O3": {
            "schools": schools, "law_enforcement": police, "community_support": support,
            "acknowledged": round((schools + police + support) * min(0.97, 0.78 + 0.03 * index)),
            "answered": round((schools + police + support) * min(0.9, 0.42 + 0.06 * index)),
        },
        "F-O1": {
            "started": started, "cancelled": about(4), "by_state": by_state, "by_federal": by_federal,
            "by_other_provider": started - by_state - by_federal, "seats": started * 34, "attended": started * 26,
        },
        "H-O1": {"joint": joint, "all_applications": joint + about(70), "amount": joint * 184_000},
        "H-O2": {"active": active, "newly_awarded": round(active * 0.6), "amount": active * 96_500},
        "I-O1": {"ferpa": int(rng.poisson(2.2 * part)), "hipaa": int(rng.poisson(0.7 * part))},
    }  # fmt: skip


def _parts(whole: int, shares: dict[str, float], rng: np.random.Generator) -> list[int]:
    return [int(count) for count in rng.multinomial(whole, list(shares.values()))]
