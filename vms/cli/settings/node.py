"""All settings of the node with the places of its files."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ByteSize, ConfigDict, Field, IPvAnyNetwork, field_validator

from vms.archive.rules import DEFAULT_RETENTION_DAYS, check_retention_days
from vms.archive.volume import DEFAULT_RESERVE_BYTES
from vms.cameras.rules import MAX_RETENTION_DAYS
from vms.cli.settings.authority import AuthoritySettings
from vms.cli.settings.ebys import EbysSettings
from vms.cli.settings.footage import FootageSettings
from vms.cli.settings.initials import InitialsSettings
from vms.cli.settings.institution import InstitutionSettings
from vms.cli.settings.live import LiveSettings
from vms.cli.settings.mail import MailSettings
from vms.cli.settings.service import ServiceSettings
from vms.cli.settings.sign_in import SignInSettings
from vms.kernel import settings
from vms.kernel.errors import Kind, VmsError

SETTINGS_NAME = "nazar.toml"
CONSOLE_SETTINGS_NAME = "settings-console.toml"

DataOption = Annotated[
    Path, typer.Option("--data", envvar="NAZAR_DATA", help="Folder that holds everything of this node.")
]
DEFAULT_DATA = Path("data")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RetentionSettings(_Section):
    """`[retention]`: what counts where no policy was set. Not below 20 days (directive, article 9(1))."""

    days: int = Field(DEFAULT_RETENTION_DAYS, le=MAX_RETENTION_DAYS)

    @field_validator("days")
    @classmethod
    def _not_below_minimum(cls, days: int) -> int:
        try:
            return check_retention_days(days)
        except VmsError as err:
            raise ValueError(f"{err.code}: {err.message}") from err


class VolumeSettings(_Section):
    """`[[volumes]]`: a directory on a disk for footage; `reserve` is what new footage never takes ("2 GiB")."""

    path: Path
    reserve: ByteSize = Field(ByteSize(DEFAULT_RESERVE_BYTES), ge=0)


class WebSettings(_Section):
    """`[web]`: where the console listens.

    `proxies`: addresses or networks of reverse proxies. Only of what they forward is the caller's address believed.
    """

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    proxies: tuple[IPvAnyNetwork, ...] = ()


class RecorderSettings(_Section):
    """`[recorder]`: processes that share the cameras, and how much a dead machine may lose."""

    shards: int = Field(1, ge=1, le=64)
    sync_interval_s: float = Field(5.0, gt=0, le=60)


class Settings(_Section):
    """One `nazar.toml`. A key that is not known here is refused: a misspelt limit must not mean the default."""

    retention: RetentionSettings = RetentionSettings()
    volumes: tuple[VolumeSettings, ...] = ()
    web: WebSettings = WebSettings()
    live: LiveSettings = LiveSettings()
    recorder: RecorderSettings = RecorderSettings()
    authority: AuthoritySettings = AuthoritySettings()
    footage: FootageSettings = FootageSettings()
    service: ServiceSettings = ServiceSettings()
    institution: InstitutionSettings | None = None
    initials: InitialsSettings = InitialsSettings()
    sign_in: SignInSettings = SignInSettings()
    mail: MailSettings | None = None
    ebys: EbysSettings | None = None

    def volumes_in(self, paths: "DataPaths") -> tuple[VolumeSettings, ...]:
        """The volumes in use: those of the file (relative paths start at the data folder), else one beside it."""
        chosen = self.volumes or (VolumeSettings(path=Path("volumes") / "main"),)
        return tuple(volume.model_copy(update={"path": paths.root / volume.path}) for volume in chosen)


@dataclass(frozen=True, slots=True)
class DataPaths:
    """Where each file of a node lies under its data folder. Nothing here touches the disk."""

    root: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / SETTINGS_NAME

    @property
    def console_settings(self) -> Path:
        """What administrators set in the console; what the settings file says counts before it."""
        return self.root / CONSOLE_SETTINGS_NAME

    @property
    def database(self) -> Path:
        """The control database."""
        return self.root / "nazar.db"

    @property
    def secret_key(self) -> Path:
        """Seals camera addresses."""
        return self.root / "keys" / "secret.key"

    @property
    def node_key(self) -> Path:
        """Signs checkpoints."""
        return self.root / "keys" / "node.key"

    @property
    def audit_checkpoints(self) -> Path:
        """The copy of the audit log's signed statements outside the database."""
        return self.root / "audit" / "checkpoints.jsonl"

    @property
    def volumes(self) -> Path:
        """Folder of the volume that is used when none is set."""
        return self.root / "volumes"

    @property
    def known_volumes(self) -> Path:
        """Which disk belongs where."""
        return self.root / "volumes.json"

    @property
    def camera_cache(self) -> Path:
        """The recorder's last good configuration, sealed."""
        return self.root / "recorder" / "cameras.sealed"

    @property
    def first_run_code(self) -> Path:
        """The one-time code of the set-up, while there is no account."""
        return self.root / "keys" / "first-run.code"

    @property
    def demo_accounts(self) -> Path:
        """Passwords of the demonstration's accounts, for its second start."""
        return self.root / "keys" / "demo-accounts.json"

    @property
    def documents(self) -> Path:
        """Folder of the papers with their signed files."""
        return self.root / "documents"

    @property
    def training(self) -> Path:
        """Folder of the training materials."""
        return self.root / "training"

    @property
    def letters(self) -> Path:
        """Folder of the scans and e-signed files of incoming letters."""
        return self.root / "letters"

    @property
    def exports(self) -> Path:
        """Folder of the packages between being built and being destroyed; no backup holds it (A-13)."""
        return self.root / "exports"

    @property
    def document_templates(self) -> Path:
        """Folder of the institution's own templates, titles, legal texts; usually missing."""
        return self.root / "document-templates"

    @property
    def run(self) -> Path:
        """Folder of sockets and other things that mean nothing after a restart."""
        return self.root / "run"

    def recorder_socket(self, shard: int) -> Path:
        """The tap of one recorder shard."""
        return self.run / f"recorder-{shard}.sock"


def load_settings(paths: DataPaths, environment: Mapping[str, str] | None = None) -> Settings:
    """What counts: NAZAR_* variables, then `nazar.toml` (or the file NAZAR_CONFIG names), then what the console keeps.

    VmsError(INVALID): `retention_below_minimum`, `settings_invalid`.
    """
    environment = os.environ if environment is None else environment
    return settings.load(Settings, settings_file(paths, environment), environment, beneath=paths.console_settings)


def settings_file(paths: DataPaths, environment: Mapping[str, str]) -> Path:
    """The file that is written by hand; it may not be there. VmsError(INVALID, `settings_missing`)."""
    named = environment.get("NAZAR_CONFIG")
    if named is None:
        return paths.settings
    if not Path(named).is_file():
        raise VmsError(
            Kind.INVALID, "settings_missing", f"NAZAR_CONFIG names {named}, which is no file. Correct the variable."
        )
    return Path(named)
