"""Training over HTTP: everybody reads and acknowledges, who keeps it uploads and sees who has not."""

import csv
import io

import av
import numpy as np
import pypdfium2
import pytest

from vms.people.rules import AccountKind, Role
from vms.training.upload import MAX_FILM_BYTES
from web.transfer.training_file import MAX_RANGE_BYTES

PDF, MP4 = {"Content-Type": "application/pdf"}, {"Content-Type": "video/mp4"}
TOPICS = ["signing_in", "viewing"]


@pytest.fixture(scope="session")
def paper():
    buffer = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(200, 20)  # a strip: a page without text is searched for codes for a second
        document.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def film(tmp_path_factory):
    """A real film of more than one range: noise does not shrink."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    noise = np.random.default_rng(1)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"preset": "ultrafast", "crf": "1"})
        stream.width, stream.height, stream.pix_fmt = 320, 320, "yuv420p"
        for _ in range(20):
            picture = noise.integers(0, 255, (320, 320, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    content = path.read_bytes()
    assert len(content) > MAX_RANGE_BYTES
    return content


@pytest.fixture
def keeper(site):
    return site.add_person("teknisyen", Role.TECHNICIAN)


@pytest.fixture
def guard(site):
    return site.add_person("guard", Role.GUARD)


@pytest.fixture
def add(keeper):
    """Factory: a published material with a file; its row."""

    def added(content, headers=PDF, title="Kamera kullanımı", material=None):
        if material is None:
            made = keeper.request("POST", "/training/materials", json={"title": title, "topics": TOPICS})
            assert made.status_code == 201, made.text
            material = made.json()["id"]
        answer = keeper.request("PUT", f"/training/materials/{material}/file", content=content, headers=headers)
        assert answer.status_code == 200, answer.text
        answer = keeper.request("POST", f"/training/materials/{material}/publication")
        assert answer.status_code == 200, answer.text
        return answer.json()

    return added


@pytest.mark.proves("D-17.1c", "E-23")
def test_a_person_reads_says_so_and_is_reminded_no_more(site, guard, keeper, add, paper):
    assert guard.get("/training").json() == {"materials": []}
    row = add(paper)
    assert (row["missing"], row["topics"], row["versions"][0]["pages"]) == (2, TOPICS, 1)
    (mine,) = guard.get("/training").json()["materials"]
    assert (mine["title"], mine["acknowledged_us"]) == ("Kamera kullanımı", None)
    assert [one["kind"] for one in guard.get("/reminders").json()["reminders"]] == ["training_missing"]
    answer = guard.request("POST", f"/training/versions/{mine['version']['id']}/acknowledgement")
    assert answer.json()["acknowledged_us"] == site.clock.now_us()
    assert guard.get("/reminders").json() == {"reminders": []}
    assert keeper.get("/training/materials").json()["materials"][0]["missing"] == 1
    assert [one["account_name"] for one in keeper.get("/training/missing").json()["missing"]] == ["teknisyen"]


def test_a_new_version_is_asked_for_anew_and_the_old_one_is_gone_for_readers(guard, keeper, add, paper, film):
    row = add(paper)
    old = row["versions"][0]["id"]
    guard.request("POST", f"/training/versions/{old}/acknowledgement")
    row = add(film, MP4, material=row["id"])
    assert [(one["number"], one["media_type"]) for one in row["versions"]] == [(2, "video/mp4"), (1, "application/pdf")]
    assert guard.get("/training").json()["materials"][0]["acknowledged_us"] is None
    assert guard.code(f"/training/versions/{old}/file") == (404, "training_not_found")
    assert keeper.get(f"/training/versions/{old}/file").status_code == 200
    assert guard.code(f"/training/versions/{old}/acknowledgement", "POST") == (409, "training_superseded")


def test_a_paper_is_a_download_under_its_turkish_name_that_nothing_guesses_at(guard, add, paper):
    version = add(paper, title="Işık ve gölge")["versions"][0]["id"]
    answer = guard.get(f"/training/versions/{version}/file")
    assert (answer.status_code, answer.content) == (200, paper)
    told = answer.headers
    assert (told["content-type"], told["x-content-type-options"]) == ("application/pdf", "nosniff")
    assert told["content-disposition"].startswith('attachment; filename="Isik ve golge s1.pdf"; filename*=UTF-8')
    assert "default-src 'none'" in told["content-security-policy"]
    assert (told["cache-control"], told["cross-origin-resource-policy"]) == ("no-store", "same-origin")


@pytest.mark.proves("D-17.1c")
def test_a_film_is_read_in_ranges(guard, add, film):
    path = f"/training/versions/{add(film, MP4)['versions'][0]['id']}/file"
    whole = guard.get(path)
    assert (whole.status_code, whole.headers["accept-ranges"], whole.content) == (200, "bytes", film)
    assert whole.headers["content-disposition"].startswith("inline")
    read, at = b"", 0
    while at < len(film):
        answer = guard.get(path, headers={"Range": f"bytes={at}-"})
        assert answer.status_code == 206
        assert answer.headers["content-type"] == "video/mp4"
        end = at + len(answer.content) - 1
        assert answer.headers["content-range"] == f"bytes {at}-{end}/{len(film)}"
        read, at = read + answer.content, end + 1
    assert read == film
    assert guard.get(path, headers={"Range": "bytes=10-19"}).content == film[10:20]
    assert guard.get(path, headers={"Range": "bytes=-5"}).content == film[-5:]
    assert guard.code(path, headers={"Range": f"bytes={len(film)}-"}) == (416, "range_unsatisfiable")


def test_what_is_no_material_is_refused_and_leaves_nothing(site, keeper, paper):
    made = keeper.request("POST", "/training/materials", json={"title": "x", "topics": TOPICS}).json()
    path = f"/training/materials/{made['id']}/file"
    refused = {
        (b"<html>", "text/html"): (415, "training_file_type_wrong"),
        (b"<html>", "application/pdf"): (415, "training_file_type_wrong"),
        (paper[:50], "application/pdf"): (422, "file_unreadable"),
        (b"\0\0\0\x18ftypmp42 nothing", "video/mp4"): (422, "file_unreadable"),
    }
    for (content, told), expected in refused.items():
        assert keeper.code(path, "PUT", content=content, headers={"Content-Type": told}) == expected, told
    assert keeper.get("/training/materials").json()["materials"][0]["versions"] == []
    assert keeper.code(f"/training/materials/{made['id']}/publication", "POST") == (409, "training_file_missing")
    assert list(site.training.folder.iterdir()) == []


def test_a_file_that_is_too_long_is_refused_before_it_is_read(keeper, paper):
    made = keeper.request("POST", "/training/materials", json={"title": "x", "topics": TOPICS}).json()
    path = f"/training/materials/{made['id']}/file"
    too_long = {"Content-Length": str(MAX_FILM_BYTES + 1), **MP4}
    assert keeper.code(path, "PUT", content=b"", headers=too_long) == (413, "training_file_too_large")
    paper_too_long = paper + bytes(20 * 1024 * 1024)
    assert keeper.code(path, "PUT", content=paper_too_long, headers=PDF) == (413, "training_file_too_large")


@pytest.mark.proves("D-5.5b")
def test_keeping_is_a_duty(site, guard, keeper, add, paper):
    row = add(paper)
    for method, path in (
        ("GET", "/training/materials"), ("GET", "/training/missing"), ("GET", "/training/missing.csv"),
        ("POST", f"/training/materials/{row['id']}/publication"),
        ("POST", f"/training/materials/{row['id']}/withdrawal"), ("PUT", f"/training/materials/{row['id']}/file"),
    ):  # fmt: skip
        assert guard.code(path, method) == (403, "action_not_allowed"), path
    assert site.caller.request("GET", "/api/v1/training").status_code == 401
    version = row["versions"][0]["id"]
    assert site.caller.request("GET", f"/api/v1/training/versions/{version}/file").status_code == 401
    with site.database.writing() as session:
        from vms.cli.paper_options import person_of
        from vms.people.model import Account

        person = person_of(session, site.clock, session.get_one(Account, guard.account.id))
    wall = site.add_person("wall", Role.SHARED_ACCOUNT, kind=AccountKind.SHARED, responsible_person_id=person.id)
    assert wall.code(f"/training/versions/{version}/acknowledgement", "POST") == (409, "training_account_shared")


def test_the_list_as_csv_and_a_withdrawn_material(keeper, guard, add, paper):
    row = add(paper, title="=SUM(A1)")
    answer = keeper.get("/training/missing.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [line[3:5] for line in lines] == [
        ["account", "training"],
        ["guard", "'=SUM(A1)"],
        ["teknisyen", "'=SUM(A1)"],
    ]
    changed = {"title": "Kılavuz", "topics": ["faults"]}
    assert keeper.request("PUT", f"/training/materials/{row['id']}", json=changed).json()["title"] == "Kılavuz"
    assert keeper.request("POST", f"/training/materials/{row['id']}/withdrawal").json()["withdrawn_us"] is not None
    assert keeper.get("/training/missing").json() == {"missing": []}
    assert guard.get("/training").json() == {"materials": []}
