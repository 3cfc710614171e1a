"""The settings for the console's page: what counts, who says so, what waits for a restart."""

from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from vms.cli.settings.catalogue import HOST_ALONE, Place, places, plain, processes_of, value_at
from vms.cli.settings.console import line_of
from vms.cli.settings.node import DataPaths, Settings
from vms.cli.settings.sources import Sources
from web.settings_desk import Locked, Setting, SettingKind, SettingSection, Source


def sections_of(sources: Sources, now: Settings, running: Settings, paths: DataPaths) -> list[SettingSection]:
    """Every section with all its settings. `now`: what the sources say; `running`: what this process began with."""
    now, running = (one.model_copy(update={"volumes": one.volumes_in(paths)}) for one in (now, running))
    of_section: dict[str, list[Place]] = {}
    for place in places():
        of_section.setdefault(place.section, []).append(place)
    return [
        SettingSection(
            name=name, is_set_up=name == "volumes" or value_at(now, name) is not None, processes=processes_of(name),
            settings=[_setting(place, sources, now, running) for place in found],
        )
        for name, found in of_section.items()
    ]  # fmt: skip


def _setting(place: Place, sources: Sources, now: Settings, running: Settings) -> Setting:
    source = sources.source_of(place.key)
    value, began = value_at(now, place.key), value_at(running, place.key)
    is_secret, is_cut = place.kind is SettingKind.SECRET, place.key in HOST_ALONE
    shown, shown_running = (None, None) if is_secret else (_shown(place, value), _shown(place, began))
    return Setting(
        key=place.key, kind=place.kind, value=shown, running=shown_running, default=place.default,
        is_set=value is not None, is_waiting=value != began if is_secret or is_cut else shown != shown_running,
        is_required=place.is_required, source=source, locked=_locked(place, source),
        line=sources.lines.get(place.key) if source is Source.FILE else None, variable=sources.told.get(place.key, ""),
        example=_example(place, value), options=place.options, minimum=place.minimum, maximum=place.maximum,
        max_length=place.max_length, article=place.article,
    )  # fmt: skip


def _shown(place: Place, value: Any) -> Any:
    """A section that is not set up has the values it would begin with."""
    assert not isinstance(value, SecretStr)
    if value is None:
        return place.default
    return _host_of(value) if place.key in HOST_ALONE else plain(value)


def _host_of(url: str) -> str:
    """Where an address leads, with a mark where it goes on."""
    parts = urlsplit(url)
    host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    return host if url == host else f"{host}/…"


def _locked(place: Place, source: Source) -> Locked | None:
    if not place.is_editable:
        return Locked.FILE_ONLY
    return Locked.BY_HAND if source in {Source.FILE, Source.VARIABLE} else None


def _example(place: Place, value: Any) -> str:
    """What to write into the file, as it is now or as it would begin. A secret has a file of its own.

    What may be left out, and is, stands there as a comment: an empty path would mean the data folder.
    """
    head = f"[{place.section}]\n"
    if place.kind is SettingKind.SECRET or (place.name == "password_file" and value is None):
        return f'{head}password_file = "keys/{place.section.replace(".", "-")}.password"'
    if place.key == "volumes":
        return '[[volumes]]\npath = "/srv/footage-a"\nreserve = "20 GB"'
    shown = _shown(place, value)
    if shown is not None:
        return head + line_of(place.name, shown).rstrip()
    empty = line_of(place.name, [] if place.kind is SettingKind.LIST else "").rstrip()
    return head + (empty if place.is_required else f"# {empty}")
