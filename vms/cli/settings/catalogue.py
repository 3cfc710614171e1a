"""Every setting there is, read off the models that check it."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ByteSize, SecretStr
from pydantic.fields import FieldInfo

from vms.archive.rules import MIN_RETENTION_DAYS
from vms.cli.settings.node import Settings
from web.settings_desk import Process, SettingKind

# Whole sections that the console may write; `sign_in.policy` holds the legal text of the sign-in. What is left out
# names files of the server, or shuts everybody out by a slip: addresses of the directory, the port, disks.
EDITABLE = frozenset(
    {"institution", "initials", "mail", "authority", "footage", "service", "retention", "sign_in.policy"}
)
FILE_ONLY = frozenset(
    {"institution.logo", "institution.trusted_roots", "mail.password_file", "mail.ca_file", "mail.timeout_s"}
)
# Somebody else than the administrator decides these: a change says on whose decision (requirements, 7).
DECIDED = frozenset({"initials", "authority", "footage", "service", "retention", "sign_in.policy"})
# A change of where a password is sent needs the password again: nobody learns one by having it sent to themselves.
WHERE_MAIL_GOES = frozenset({"mail.host", "mail.port", "mail.tls", "mail.user"})
# Some authorities know their customers by a word in the address: no page shows more of it than where it leads.
HOST_ALONE = frozenset({"footage.time_stamp.url"})
MAIL_PASSWORD = "mail.password"  # noqa: S105 - the name of the setting
MAIL_PASSWORD_FILE = "mail.password_file"  # noqa: S105 - likewise

_PROSE_CHARACTERS = 1_000
_MINIMA = {"retention.days": MIN_RETENTION_DAYS}  # a rule of its own, with a code of its own
_ARTICLES = {  # of the directive; a section's counts for what it holds
    "retention": "9(1)", "volumes": "8", "mail": "11(5)", "sign_in.policy": "11(4)", "sign_in.second_factor": "11(4)",
    "sign_in.second_factor_exempt": "11(4)", "sign_in.is_single_session": "11(4)", "authority.two_person": "11(1)",
    "authority.guards_need_papers": "11(2)", "authority.late_renewal_days": "11(5)", "footage.separate": "10(1)",
    "footage.return_days": "10(1)", "footage.signature_days": "10(2)", "footage.viewing_days": "10(1)",
    "footage.purge_hours": "10(2)", "footage.time_stamp": "12(2)",
}  # fmt: skip
_BOTH = (Process.WEB, Process.JOBS)
_PROCESSES = {
    "retention": _BOTH, "authority": _BOTH, "footage": _BOTH, "institution": _BOTH, "initials": _BOTH, "mail": _BOTH,
    "footage.time_stamp": (Process.JOBS,), "ebys": (Process.JOBS,), "sign_in.ldap": _BOTH,
    "recorder": (Process.RECORDER, Process.WEB), "volumes": (Process.RECORDER, *_BOTH),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One setting's place in the model. `key`: as the file spells it, its sections before it."""

    key: str
    section: str
    kind: SettingKind
    is_required: bool
    default: Any
    options: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None

    @property
    def name(self) -> str:
        """Its name within its section."""
        return self.key.rpartition(".")[2]

    @property
    def is_editable(self) -> bool:
        """Whether the console may write it."""
        return self.section in EDITABLE and self.key not in FILE_ONLY

    @property
    def is_decided(self) -> bool:
        """Whether a change says on whose decision."""
        return self.section in DECIDED

    @property
    def article(self) -> str:
        """Of the directive."""
        return _ARTICLES.get(self.key, _ARTICLES.get(self.section, ""))


def places() -> list[Place]:
    """Every setting, in the order of the models; disks are one list."""
    return list(_walk(Settings, ""))


def processes_of(section: str) -> tuple[Process, ...]:
    """Who has to begin anew before a change of this section counts."""
    return _PROCESSES.get(section, (Process.WEB,))


def value_at(settings: BaseModel, key: str) -> Any:
    """What a model says at a place; None where its section is not set up."""
    found: Any = settings
    for word in key.split("."):
        if found is None:
            return None
        found = getattr(found, _field_name(type(found), word))
    return found


def plain(value: Any) -> Any:
    """A model's value as a page takes it. Never called for a secret."""
    if isinstance(value, StrEnum | Path):
        return str(value)
    if isinstance(value, tuple):
        return [_word(one) for one in value]
    return int(value) if isinstance(value, ByteSize) else value


def _word(one: Any) -> str:
    if isinstance(one, BaseModel):  # a disk
        return f"{one.path} · {one.reserve.human_readable()}"  # type: ignore[attr-defined]
    return str(one)


def _walk(model: type[BaseModel], section: str) -> Iterator[Place]:
    for name, field in model.model_fields.items():
        key = ".".join(part for part in (section, field.alias or name) if part)
        kind, inner = _kind(_bare(field.annotation))
        if kind is None:
            yield from _walk(inner, key)
            continue
        yield _place(key, section or key, kind, field)


def _place(key: str, section: str, kind: SettingKind, field: FieldInfo) -> Place:
    limits = _limits(field)
    longest = limits.get("max_length")
    if kind is SettingKind.TEXT and longest is not None and longest >= _PROSE_CHARACTERS:
        kind = SettingKind.PROSE
    return Place(
        key=key, section=section, kind=kind, is_required=field.is_required(),
        default=None if field.is_required() else plain(field.default), options=_options(_bare(field.annotation)),
        minimum=_MINIMA.get(key, limits.get("ge")), maximum=limits.get("le"),
        max_length=None if longest is None else int(longest),
    )  # fmt: skip


def _bare(annotation: Any) -> Any:
    """A type without the None that may stand in its place."""
    if get_origin(annotation) in (Union, types.UnionType):
        kept = [one for one in get_args(annotation) if one is not types.NoneType]
        return kept[0] if len(kept) == 1 else annotation
    return annotation


def _kind(annotation: Any) -> tuple[SettingKind | None, Any]:
    """Of a setting; None with the model for a section."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None, annotation
    if get_origin(annotation) is Literal:
        return SettingKind.CHOICE, None
    if get_origin(annotation) is tuple:
        return (SettingKind.CHOICES if _options(annotation) else SettingKind.LIST), None
    for known, kind in _KINDS:
        if isinstance(annotation, type) and issubclass(annotation, known):
            return kind, None
    return SettingKind.TEXT, None


_KINDS: tuple[tuple[type, SettingKind], ...] = (  # the first that fits: a switch is a number for Python
    (bool, SettingKind.SWITCH), (int, SettingKind.NUMBER), (float, SettingKind.NUMBER), (SecretStr, SettingKind.SECRET),
    (Path, SettingKind.PATH),
)  # fmt: skip


def _options(annotation: Any) -> tuple[str, ...]:
    """The words there are to choose from."""
    if get_origin(annotation) is Literal:
        return tuple(str(one) for one in get_args(annotation))
    if get_origin(annotation) is tuple:
        return _options(get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return tuple(one.value for one in annotation)
    return ()


def _limits(field: FieldInfo) -> Mapping[str, float]:
    """The bounds that the field itself declares."""
    told = ((name, getattr(one, name, None)) for one in field.metadata for name in ("ge", "le", "max_length"))
    return {name: bound for name, bound in told if bound is not None}


def _field_name(model: type[BaseModel], word: str) -> str:
    """The attribute behind a word of the file."""
    return next((name for name, field in model.model_fields.items() if field.alias == word), word)
