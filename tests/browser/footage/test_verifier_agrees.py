"""The offline page says of every changed package what `vms export verify` says."""

import importlib.util
import shutil
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import expect

from vms.footage.bundle.unpacking import PackageFolder
from vms.footage.bundle.verdict import Code, Report
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

PROVEN = "kayıt zinciri tamam"
OF_FILMS = ("is not made of the segments", "the pictures of")

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]


@pytest.fixture
def node(node_signing_key):
    """Here the recorder's signing key: no server runs in these tests."""
    return node_signing_key


@pytest.fixture
def ask(browser, package):
    """Asks the untouched page about a folder: the state of its verdict, with the sentences."""
    context = browser.new_context(offline=True, locale="tr-TR")
    page = context.new_page()

    def ask_(folder: Path) -> tuple[str, list[str]]:
        page.goto((package.folder / "dogrula.html").as_uri())
        page.locator("#folder").set_input_files(folder)
        box = page.locator(".verdict")
        expect(box).to_have_count(1, timeout=20_000)
        return box.get_attribute("class").split()[1], box.locator("li").all_inner_texts()

    yield ask_
    context.close()


def is_alike(report: Report, state: str, sentences: list[str]) -> bool:
    """Whether the page says what the report says, which of proven chains says nothing."""
    if report.is_sound:
        proven = sum(PROVEN in one for one in sentences)
        return state == "open" and len(sentences) - proven == len(report.notes)
    names_all = all(any(one.file in sentence for sentence in sentences) for one in report.problems)
    has_chain = any(one.code == Code.CHAIN for one in report.problems)
    is_told = any("zincir" in one for one in sentences) == has_chain
    return state == "unsound" and len(sentences) == len(report.problems) and names_all and is_told


@pytest.mark.proves("D-12.2", "edge-57")
def test_both_say_the_same_of_every_known_change(ask, package, forger, tmp_path):
    apart = []
    for number, mutation in enumerate(one for one in mutations.MUTATIONS if one.is_everywhere):
        folder = tmp_path / str(number) / "package"
        shutil.copytree(package.folder, folder)
        mutation.change(mutations.Hand(folder, forger, package.manifest))
        report, told = verify(PackageFolder(folder)), ask(folder)
        if not is_alike(report, *told):
            apart.append((mutation.name, list(map(str, report.problems + report.notes)), *told))
        shutil.rmtree(folder)
    assert apart == []


@pytest.mark.filterwarnings("ignore:.*subject key identifier")
def test_both_say_the_same_of_signatures_of_other_making(ask, package, forger, tmp_path):
    hand, apart = mutations.Hand(package.folder, forger, package.manifest), []
    for how, (options, _) in mutations.SIGNINGS.items():
        mutations.sign_by_openssl(hand, options, tmp_path)
        report, told = verify(PackageFolder(package.folder)), ask(package.folder)
        if not is_alike(report, *told):
            apart.append((how, list(map(str, report.problems + report.notes)), *told))
    assert apart == []


def test_both_say_the_same_of_any_value_of_a_signed_manifest(ask, package, forger):
    """But for what only the films themselves show, which the page does not put together again."""
    hand, apart = mutations.Hand(package.folder, forger, package.manifest), []
    for seed in range(80):
        where = mutations.scramble(hand, Random(seed))
        report = verify(PackageFolder(package.folder))
        of_films = [one for one in report.problems if any(words in one.detail for words in OF_FILMS)]
        report.problems = [one for one in report.problems if one not in of_films]
        if of_films and report.is_sound:
            continue
        told = ask(package.folder)
        if not is_alike(report, *told):
            apart.append((seed, where, list(map(str, report.problems + report.notes)), *told))
    assert apart == []
