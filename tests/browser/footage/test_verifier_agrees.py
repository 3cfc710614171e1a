"""The offline page says of every changed package what `vms export verify` says."""

import importlib.util
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from vms.footage.bundle.unpacking import PackageFolder
from vms.footage.bundle.verify import verify

_spec = importlib.util.spec_from_file_location(
    "bundle_conftest_of_mutations", Path(__file__).parents[2] / "footage" / "bundle" / "conftest.py"
)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
for _name in (
    "clock", "disk_path", "make_volume", "volume", "key", "start_us", "make_writer", "wait_until_fixture", "clip",
    "new_camera", "archive", "camera", "when_closed", "authority", "seal", "forger", "keys", "sign_chain", "order_for",
    "build_package", "recorded", "package",
):  # fmt: skip
    globals()[_name] = getattr(_module, _name)
node_signing_key = _module.node
mutations = _module.mutations

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]


@pytest.fixture
def node(node_signing_key):
    """Here the recorder's signing key: no server runs in these tests."""
    return node_signing_key


@pytest.mark.proves("D-12.2", "edge-57")
def test_both_say_the_same(browser, package, forger, tmp_path):
    context = browser.new_context(offline=True, locale="tr-TR")
    page = context.new_page()
    apart = []
    for number, mutation in enumerate(one for one in mutations.MUTATIONS if one.is_everywhere):
        folder = tmp_path / str(number) / "package"
        shutil.copytree(package.folder, folder)
        mutation.change(mutations.Hand(folder, forger, package.manifest))
        report = verify(PackageFolder(folder))
        page.goto((package.folder / "dogrula.html").as_uri())
        page.locator("#folder").set_input_files(folder)
        box = page.locator(".verdict")
        expect(box).to_have_count(1, timeout=20_000)
        sentences = box.locator("li").all_inner_texts()
        is_red, is_open = (
            "unsound" in box.get_attribute("class").split(),
            "open" in box.get_attribute("class").split(),
        )
        names_all = all(any(one.file in sentence for sentence in sentences) for one in report.problems)
        is_chain = any("zincir" in one for one in sentences) == any(
            one.code == "chain_broken" for one in report.problems
        )
        told = len(report.problems) if is_red else len(report.notes) + any("zinciri tamam" in one for one in sentences)
        counts = len(sentences) == told and is_red != is_open
        if (is_red, names_all, counts, not is_red or is_chain) != (not report.is_sound, True, True, True):
            apart.append((mutation.name, list(map(str, report.problems)), sentences))
        shutil.rmtree(folder)
    context.close()
    assert apart == []
