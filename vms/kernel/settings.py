"""Loading settings: one `nazar.toml`, overridden by NAZAR_* variables."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from vms.kernel.errors import Kind, VmsError

M = TypeVar("M", bound=BaseModel)

PREFIX = "NAZAR_"
NESTING = "__"
# Read elsewhere: options of the command line, the file's place. NAZAR_SOAK_KILLS belongs to the long tests.
OTHER_NAMES = frozenset(
    {"NAZAR_DATA", "NAZAR_CONFIG", "NAZAR_CAMERA_PASSWORD", "NAZAR_SIMCAM_PASSWORD", "NAZAR_SOAK_KILLS"}
)


def load(model: type[M], path: Path | None, environment: Mapping[str, str] | None = None) -> M:
    """Read `path` (when it exists) into `model`; `NAZAR_A__B=x` replaces `b` of section `[a]`.

    A rule broken by the file or a variable raises VmsError(INVALID) whose code is the rule's own when the
    model raised a VmsError-like `code: sentence` text, else `settings_invalid`. Unknown keys and NAZAR_* variables
    that nothing reads are refused: a misspelt limit must not silently mean the default.
    """
    values: dict[str, Any] = {}
    if path is not None and path.exists():
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
            raise VmsError(
                Kind.INVALID, "settings_invalid", f"{path.name} is no valid TOML: {err}. Correct that line."
            ) from err
    for name, value in (os.environ if environment is None else environment).items():
        if name.startswith(PREFIX) and name not in OTHER_NAMES:
            _override(values, name, value)
    try:
        return model.model_validate(values)
    except ValidationError as err:
        raise _refusal(err) from err


def _override(values: dict[str, Any], name: str, value: str) -> None:
    *sections, key = name.removeprefix(PREFIX).lower().split(NESTING)
    if not sections:
        section, _, setting = key.upper().partition("_")
        form = f"{PREFIX}{section}{NESTING}{setting or 'SETTING'}"
        raise VmsError(
            Kind.INVALID, "settings_invalid",
            f"Variable {name} is read by nothing. Two underscores stand between section and setting: {form}.",
            setting=name,
        )  # fmt: skip
    target = values
    for section in sections:
        target = target.setdefault(section, {})
        if not isinstance(target, dict):
            raise VmsError(
                Kind.INVALID, "settings_invalid",
                f"Variable {name} names a part of a setting that has no parts. Set it in the file.", setting=name,
            )  # fmt: skip
    target[key] = value


def _refusal(err: ValidationError) -> VmsError:
    first = err.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    cause = first.get("ctx", {}).get("error")
    code, _, sentence = str(cause).partition(": ") if cause else ("", "", "")
    if code and sentence and code.replace("_", "").isalnum():
        return VmsError(Kind.INVALID, code, f"Setting {where}: {sentence}", setting=where)
    return VmsError(Kind.INVALID, "settings_invalid", f"Setting {where}: {first['msg']}. Correct it.", setting=where)
