"""Loading settings: one `nazar.toml` over what the console keeps, overridden by NAZAR_* variables."""

import copy
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
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


def load(
    model: type[M], path: Path | None, environment: Mapping[str, str] | None = None, beneath: Path | None = None
) -> M:
    """Read `path` (when it exists) into `model`; `NAZAR_A__B=x` replaces `b` of section `[a]`.

    `beneath`: another file, whose settings count where `path` says nothing. A rule broken by a file or a variable
    raises VmsError(INVALID) whose code is the rule's own when the model raised a VmsError-like `code: sentence` text,
    else `settings_invalid`. Unknown keys and NAZAR_* variables that nothing reads are refused: a misspelt limit must
    not silently mean the default.
    """
    return validated(model, merged(read_toml(beneath), read_toml(path)), environment)


def validated(model: type[M], values: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> M:
    """`values` under the NAZAR_* variables, as `model`. VmsError as `load`."""
    told = copy.deepcopy(dict(values))
    for name, keys, value in variables(os.environ if environment is None else environment):
        _override(told, name, keys, value)
    try:
        return model.model_validate(told)
    except ValidationError as err:
        raise _refusal(err) from err


def read_toml(path: Path | None) -> dict[str, Any]:
    """What a file says; nothing where there is none. VmsError(INVALID, `settings_invalid`)."""
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as err:
        raise VmsError(
            Kind.INVALID, "settings_invalid", f"{path.name} cannot be read: {err.strerror}. Check its owner and mode."
        ) from err
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise VmsError(
            Kind.INVALID, "settings_invalid", f"{path.name} is no valid TOML: {err}. Correct that line."
        ) from err


def merged(beneath: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Setting by setting: what `above` says counts, then what `beneath` says. A list is one setting."""
    found = dict(beneath)
    for name, value in above.items():
        under = found.get(name)
        found[name] = merged(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return found


def variables(environment: Mapping[str, str]) -> Iterator[tuple[str, list[str], str]]:
    """Each NAZAR_* variable with the setting it stands for, section by section, and its value.

    VmsError(INVALID, `settings_invalid`) for one that stands for none.
    """
    for name, value in environment.items():
        if not name.startswith(PREFIX) or name in OTHER_NAMES:
            continue
        keys = name.removeprefix(PREFIX).lower().split(NESTING)
        if len(keys) == 1:
            section, _, setting = keys[0].upper().partition("_")
            form = f"{PREFIX}{section}{NESTING}{setting or 'SETTING'}"
            raise VmsError(
                Kind.INVALID, "settings_invalid",
                f"Variable {name} is read by nothing. Two underscores stand between section and setting: {form}.",
                setting=name,
            )  # fmt: skip
        yield name, keys, value


def _override(values: dict[str, Any], name: str, keys: Sequence[str], value: str) -> None:
    target = values
    for section in keys[:-1]:
        target = target.setdefault(section, {})
        if not isinstance(target, dict):
            raise VmsError(
                Kind.INVALID, "settings_invalid",
                f"Variable {name} names a part of a setting that has no parts. Set it in the file.", setting=name,
            )  # fmt: skip
    target[keys[-1]] = value


def _refusal(err: ValidationError) -> VmsError:
    first = err.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    cause = first.get("ctx", {}).get("error")
    code, _, sentence = str(cause).partition(": ") if cause else ("", "", "")
    if code and sentence and code.replace("_", "").isalnum():
        return VmsError(Kind.INVALID, code, f"Setting {where}: {sentence}", setting=where)
    return VmsError(Kind.INVALID, "settings_invalid", f"Setting {where}: {first['msg']}. Correct it.", setting=where)
