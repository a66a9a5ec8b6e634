"""The page docs/reference/clocks.md, from data/clocks.yaml."""

from collections.abc import Iterator

from shelterbelt.tips.rules.plans import KINDS, Break, Settings, Step

WHAT = {
    "claim": ("Somebody takes the tip on", "the tip is taken in", "it has an owner"),
    "dispatch": ("It is sent out", "the tip is taken in", "a primary recipient was reached"),
    "acknowledge": ("A contact acknowledges", "a referral is sent", "somebody there acknowledges it"),
    "chain": ("Somebody in the call chain acknowledges", "a referral is sent", "somebody there acknowledges it"),
    "outcome": ("The recipient reports an outcome", "a referral is acknowledged", "an outcome is reported"),
    "reply": ("The desk answers the reporter", "the reporter writes", "the desk says something to them"),
}
"""Each kind: what must happen, from when it runs, and what ends it."""
DOES = {
    "alarm_owner": "calls the tip's owner, and those on shift where the owner isn't",
    "alarm_on_duty": "calls those on shift, or everybody where nobody is",
    "alarm_supervisors": "calls the desk's supervisors, by every way",
    "alarm_everybody": "calls all analysts and supervisors, by every way",
    "next_contact": "tells the next contact of the recipient's call chain",
    "district": "tells the district",
    "law_enforcement_again": "tells law enforcement once more",
    "ask_outcome": "asks the recipient for an outcome",
}
HOURS = {"always": "at any hour", "desk": "in the desk's hours", "school": "while school is in session"}
HEAD = """# Clocks

Printed from `shelterbelt/tips/data/clocks.yaml` by `python -m shelterbelt clocks_page`. A changed file holds for clocks
that start after the processes were started anew; a wrong one stops them with the reason. The lengths for life safety
echo weak sources or are proposals: the desk's own practice decides.
"""
TAIL = """
## How they run

- Minutes and hours are real time: on the nights on which clocks change, an hour is an hour. What opens and closes, and
  whole days, go by the state's wall clock. Half past two on the night that has none is half past three.
- The desk's hours are {desk_from} to {desk_until}, every day. A school's are its own, else its district's, else the
  usual ones; where neither entered breaks, the usual breaks below are free too. A clock by school days is due after
  {latest} days at the latest.
- While the desk waits for its reporter, a tip's clocks stand still, and go on with the time that was left. Those of a
  tip about life safety never stand still.
- A tip that turns out to be about life safety, or not, begins its running clocks anew by the other plan.
- The time in which nothing was taken in counts: a tip that waited for its turn is late by what it waited.
- A miss is acted on once, whoever looks: what it does, its line in the tip's history and the next step are one
  transaction. After a time in which nobody looked, each clock is acted on once and its next step has its full time.
- Late is judged by the database's time. Right after that jumped by more than five seconds, nothing is judged late for
  ten. A clock that began in a time that never came runs anew from now: none is due later than its own length from now.
- What ended in time is counted as met, what didn't as missed, once, without a trace of the tip.

## Alarms

- An alarm calls one person, about one tip, for one cause, until they press **I have seen this**. Opening the tip, or
  any page, answers nothing.
- Once the owner of a tip has answered, the others' alarms about taking it are called off, and they see who took it.
  Alarms about something late are called off when it is done.
- Whoever is on shift, was seen on the site in the last {seen} minutes and has a browser that notifies them is called
  there; everybody else by text message and e-mail too. Where nobody is on shift, everybody is called, and the desk's
  pages say so in red.
- An alarm about life safety that nobody answers within {unanswered} seconds goes to the supervisors too.
- A shift that nobody ends is over after {shift} hours.
- Nothing that is sent says a word of a tip: its number, why it calls, the school's name and a link.

## Usual breaks

{breaks}
"""


def page(told: Settings) -> str:
    """The whole page."""
    return HEAD + "".join(_kind(told, kind) for kind in KINDS) + _tail(told)


def _kind(told: Settings, kind: str) -> str:
    what, since, until = WHAT[kind]
    rows = [
        row
        for name, grave in (("life safety", True), ("others", False))
        for row in _rows(name, told.clocks[kind].steps(is_life_safety=grave))  # type: ignore[index]
    ]
    head = f"\n## {what} (`{kind}`)\n\nRuns since {since}; ends when {until}.\n\n"
    return head + "| tips | step | within | time runs | a miss |\n|---|---|---|---|---|\n" + "".join(rows)


def _rows(name: str, steps: tuple[Step, ...]) -> Iterator[str]:
    for number, step in enumerate(steps, 1):
        again = " and on" if step.again else ""
        does = "; ".join(DOES[each] for each in step.do)
        yield f"| {name} | {number}{again} | {step.within} | {HOURS[step.hours]} | {does} |\n"


def _tail(told: Settings) -> str:
    return TAIL.format(
        desk_from=f"{told.hours.desk.from_:%H:%M}",
        desk_until=f"{told.hours.desk.until:%H:%M}",
        latest=told.at_latest_days,
        seen=told.seen_within_minutes,
        unanswered=told.unanswered_alarm_seconds,
        shift=told.shift_hours,
        breaks="\n".join(f"- {each.name}: {_when(each)}" for each in told.breaks),
    )


def _when(given: Break) -> str:
    if given.from_ is not None:
        return f"{given.from_} to {given.until}"
    beside = " and the days beside it" if given.days_before or given.days_after else ""
    return f"{given.rule}{beside}"
