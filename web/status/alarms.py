"""The status page's alarms: few lines that say what is wrong, where, since when, with what to do next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from vms.operations.alarms import HEALTH_CODES, AlarmCode, Severity
from web.facts import AlarmFacts
from web.status.figures import Figures
from web.status.words import ADVICE, ALARMS, DETAILS, OFFLINE_ADVICE, VOLUMES, Words

SHOWN_SINGLY = 3  # of one code; more are told together
SHOWN_SITES = 4  # with trouble in more places than this it is one event for the whole node
SHOWN_MEMBERS = 30
SHOWN_REASONS = 3
_ABOUT_CAMERAS = HEALTH_CODES - {AlarmCode.RECORDER_AWAY}
_SHAPES = {Severity.CRITICAL: "critical", Severity.WARNING: "warning", Severity.INFO: "info"}
_RANK = {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """One line: an alarm, or many of one kind (`members`, at most `SHOWN_MEMBERS` with a line for the rest)."""

    id: str
    shape: str
    text: str
    reason: str
    subject: str
    since: str
    advice: str
    advice_language: str
    members: list[str] = field(default_factory=list)


class AlarmRows:
    """Writes alarms in one language at one moment.

    However many are open, a code has at most `SHOWN_SITES` lines.
    """

    def __init__(self, words: Words, figures: Figures, now_us: int) -> None:
        self._words = words
        self._figures = figures
        self._now_us = now_us

    def of(self, alarms: Sequence[AlarmFacts]) -> list[AlarmRow]:
        """The lines for `alarms` (worst first), in the order in which their codes come up."""
        by_code: dict[str, list[AlarmFacts]] = {}
        for alarm in alarms:
            by_code.setdefault(alarm.code, []).append(alarm)
        return [row for same in by_code.values() for row in self._of_code(same)]

    def _of_code(self, alarms: list[AlarmFacts]) -> list[AlarmRow]:
        if len(alarms) <= SHOWN_SINGLY:
            return [self._row([alarm], alarm.subject, str(position)) for position, alarm in enumerate(alarms)]
        by_site: dict[str, list[AlarmFacts]] = {}
        for alarm in alarms:
            by_site.setdefault(alarm.site, []).append(alarm)
        if len(by_site) > SHOWN_SITES:
            by_site = {"": alarms}
        return [self._row(same, self._place(site, same), f"site{n}") for n, (site, same) in enumerate(by_site.items())]

    def _place(self, site: str, alarms: list[AlarmFacts]) -> str:
        if len(alarms) == 1:
            return alarms[0].subject
        count = self._figures.number(len(alarms))
        if alarms[0].code not in _ABOUT_CAMERAS:
            return self._words.page("group_others", count=count)
        return self._words.page("group_site" if site else "group_cameras", site=site, count=count)

    def _row(self, alarms: list[AlarmFacts], subject: str, place: str) -> AlarmRow:
        first = min(alarms, key=lambda alarm: alarm.since_us)
        worst = min((alarm.severity for alarm in alarms), key=_RANK.__getitem__)
        advice, language = self._advice(alarms)
        return AlarmRow(
            id=f"alarm-{first.code}-{place}",
            shape=_SHAPES[worst],
            text=self._words.of(ALARMS, first.code),
            reason=self._reasons(alarms),
            subject=subject,
            since=self._words.page("since", time=self._figures.moment_near(first.since_us, self._now_us)),
            advice=advice,
            advice_language=language,
            members=self._members(alarms) if len(alarms) > 1 else [],
        )

    def _members(self, alarms: list[AlarmFacts]) -> list[str]:
        """Their names, with the reason of each where not all have the same."""
        reasons = [self._reason(alarm) for alarm in alarms]
        is_same = len(set(reasons)) == 1
        lines = [
            alarm.subject if is_same or not reason else f"{alarm.subject} ({reason})"
            for alarm, reason in zip(alarms[:SHOWN_MEMBERS], reasons, strict=False)
        ]
        if len(alarms) > SHOWN_MEMBERS:
            lines.append(self._words.page("more_members", count=self._figures.number(len(alarms) - SHOWN_MEMBERS)))
        return lines

    def _reasons(self, alarms: list[AlarmFacts]) -> str:
        """Of one its reason; of many the usual ones with their counts, or the largest figure."""
        worst = max(alarms, key=_figure)
        if len(alarms) > 1 and _figure(worst):
            return self._words.page("at_most", figure=self._reason(worst))
        reasons = Counter(reason for alarm in alarms if (reason := self._reason(alarm)))
        if len(reasons) <= 1:
            return "".join(reasons)
        return ", ".join(f"{reason} {count}" for reason, count in reasons.most_common(SHOWN_REASONS))

    def _reason(self, alarm: AlarmFacts) -> str:
        if alarm.code not in HEALTH_CODES:
            return ""
        if alarm.code == AlarmCode.PACKET_LOSS and _figure(alarm):
            decimals = 1 if _figure(alarm) < 10 else 0
            return self._words.page("lost_share", share=self._figures.percent(_figure(alarm) / 100, decimals))
        if alarm.code == AlarmCode.CLOCK_OFFSET and _figure(alarm):
            key = "clock_slow" if alarm.message.startswith("-") else "clock_fast"
            return self._words.page(key, time=self._figures.duration(_figure(alarm) * 1e6))
        return self._words.of(VOLUMES if alarm.message in VOLUMES else DETAILS, alarm.message)

    def _advice(self, alarms: list[AlarmFacts]) -> tuple[str, str]:
        """What to do next with its language: the alarm's own sentence where only English has it."""
        language, first = self._words.language, alarms[0]
        if first.code not in HEALTH_CODES and first.message and (language == "en" or first.code not in ADVICE):
            return first.message, "en"
        usual = Counter(alarm.message for alarm in alarms).most_common(1)[0][0]
        if first.code == AlarmCode.CAMERA_OFFLINE and usual in OFFLINE_ADVICE:
            return self._words.of(OFFLINE_ADVICE, usual), language
        return (self._words.of(ADVICE, first.code) if first.code in ADVICE else ""), language


def _figure(alarm: AlarmFacts) -> float:
    """How large the figure in its detail is; 0 when it has none."""
    if alarm.code not in {AlarmCode.PACKET_LOSS, AlarmCode.CLOCK_OFFSET}:
        return 0.0
    try:
        return abs(float(alarm.message))
    except ValueError:
        return 0.0
