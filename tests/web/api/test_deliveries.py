"""From a built package to the receiver's hands over HTTP, and to the last byte of it here."""

import random

import pytest
from delivery_counter import HANDING, RECEIVER
from handed_in import words_of

from vms.footage.bundle.unpacking import PackageFile
from vms.footage.exports.folder import MARK
from vms.people.rules import Role

SECOND_US = 1_000_000
WINDOW_BYTES, WINDOWS = 64, 48


def drafted(person, path, body):
    """The words of a paper that is not printed yet."""
    answer = person.request("POST", path, json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    words = words_of(answer.content)
    assert "Bu bir taslaktır" in words
    return words


def waits_for(person):
    """The requests whose minutes the bell says wait for this person's signature."""
    told = person.get("/reminders").json()["reminders"]
    return [one["subject_id"] for one in told if one["kind"] == "signature_waits"]


def files_below(*folders):
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]


def windows_of(content, count=WINDOWS):
    """Pieces of it from everywhere, none of them of one byte only (padding is everywhere)."""
    chosen = random.Random(7)
    starts = (chosen.randrange(len(content) - WINDOW_BYTES) for _ in range(20 * count))
    pieces = (content[at : at + WINDOW_BYTES] for at in starts)
    return list(dict.fromkeys(piece for piece in pieces if len(set(piece)) > 8))[:count]


def holders_of(pieces, paths):
    return [path for path in paths for content in [path.read_bytes()] if any(piece in content for piece in pieces)]


@pytest.mark.proves("D-10.2a", "edge-50", "8.2", "A-13", "D-10.1d", "D-10.1e")
def test_from_the_package_to_its_last_byte(counter, office, tmp_path):
    made = counter.built()
    path = f"/requests/{made['id']}"
    assert office.officer.get(f"{path}/delivery").json() is None
    taken = office.officer.get(f"{path}/exports/1/file").content
    passphrase = office.post(office.officer, made, "exports/1/passphrase").json()["passphrase"]
    (tmp_path / "opened.zip").write_bytes(taken)
    package = PackageFile(tmp_path / "opened.zip", passphrase)
    (film,) = [name for name in package.names() if name.startswith("video/")]
    pictures = b"".join(package.chunks(film))
    package.close()
    (tmp_path / "opened.zip").unlink()
    volumes = [volume.path for volume in counter.archive().volumes]
    whole, shown = windows_of(taken), windows_of(pictures)
    assert len(whole) == WINDOWS
    assert len(shown) >= WINDOWS // 2
    assert holders_of(whole, files_below(tmp_path, *volumes)) == [tmp_path / "exports" / "NAZAR-1-1.zip"]
    assert len(holders_of(shown, files_below(*volumes))) >= 1  # the search finds what is there

    delivered = counter.delivered(made)
    assert (delivered["receiver"]["name"], delivered["delivered_by_name"]) == ("Çağlar Işık", "Officer · officer")
    assert office.officer.code(f"{path}/exports/1/file") == (410, "export_purged")
    counter.purge.run()

    here = files_below(tmp_path)
    assert not [name for name in here if name.suffix in {".zip", ".part", ".mp4"}]
    assert holders_of(whole, files_below(tmp_path, *volumes)) == []
    assert holders_of(shown, [one for one in here if not any(one.is_relative_to(folder) for folder in volumes)]) == []
    assert holders_of([passphrase.encode()], here) == []
    closed = office.officer.get(path).json()
    assert (closed["state"], closed["outcome"], closed["locks"]["released"]) == ("closed", "delivered", 1)
    (row,) = office.officer.get(f"{path}/exports").json()
    assert (row["state"], row["purge_why"], row["sha256"] != "", len(row["films"])) == ("purged", "delivered", True, 1)
    assert office.officer.code(f"{path}/exports/1/file") == (410, "export_purged")
    assert office.code(office.officer, made, "exports/1/passphrase") == (410, "export_purged")
    assert office.code(office.officer, made, "exports") == (409, "request_state")
    papers = office.auditor.get(f"{path}/records").json()
    assert sorted(one["kind"] for one in papers) == ["P-04", "P-28"]
    assert counter.steps(office.clerk, made) == {"print_answer": None}  # its letter may be written now
    answer = office.clerk.request("POST", f"{path}/records", json={"kind": "answer"})
    assert (answer.status_code, answer.json()["kind"]) == (201, "P-31")
    assert (row["destruction"]["number"][:4], row["destruction"]["state"]) == ("P-28", "issued")
    for paper in papers:
        refused = office.clerk.request("POST", f"/documents/{paper['id']}/cancel", json={"reason": "yanlış"})
        assert (refused.status_code, refused.json()["code"]) == (409, "document_built_upon")
        assert "ayrı bir tutanakla" in refused.json()["detail"]
        assert office.clerk.get(f"/documents/{paper['id']}").json()["is_built_upon"] is True
    known = office.auditor.get(f"/footage-hashes/{row['films'][0]['sha256']}").json()
    assert [(one["what"], one["record"], one["purged_us"] is not None) for one in known] == [
        ("film", delivered["record"]["number"], True)
    ]


@pytest.mark.proves("edge-48", "edge-45", "edge-49", "edge-52", "C-7")
def test_each_step_says_who_may_take_it_and_twice_is_once(counter, office):
    made = counter.built()
    assert counter.steps(office.officer, made)["prepare_delivery"] is None
    assert counter.steps(office.officer, made)["hand_over"] == "delivery_record_missing"
    assert office.clerk.code(f"/requests/{made['id']}/delivery", "PUT", json=HANDING) == (403, "action_not_allowed")
    assert not counter.awaits_signature(made)  # there is nothing to sign yet
    drafting = f"/requests/{made['id']}/delivery/draft"
    assert "Deneme" in drafted(office.officer, drafting, {**HANDING, "note": "Deneme"})
    assert office.officer.get(f"/requests/{made['id']}/delivery").json() is None
    assert office.clerk.code(drafting, "POST", json=HANDING) == (403, "action_not_allowed")
    prepared = counter.prepare(made)
    assert prepared["record"]["number"].startswith("P-04/")
    assert counter.awaits_signature(made)
    assert (prepared["receiver"], prepared["signed_us"], prepared["medium"]) == (None, None, "dvd")
    assert counter.steps(office.sef, made)["sign_delivery"] == "document_not_signed"
    assert office.code(office.sef, made, "delivery/signature") == (409, "document_not_signed")
    counter.hand_in(prepared["record"]["id"])
    supervisor = office.site.add_person("amir", Role.UNIT_SUPERVISOR)
    refused = office.post(supervisor, made, "delivery/signature")
    assert (refused.status_code, refused.json()["code"]) == (403, "supervisor_signature_missing")
    assert "şefi ya da müdürü" in refused.json()["detail"]
    assert office.code(office.officer, made, "delivery/hand-over") == (409, "supervisor_signature_missing")
    assert counter.steps(office.sef, made)["sign_delivery"] is None
    assert counter.awaits_signature(made)
    assert waits_for(office.sef) == [made["id"]]
    assert waits_for(office.officer) == waits_for(office.clerk) == []
    signed = office.post(office.sef, made, "delivery/signature").json()
    assert (signed["signed_by_name"], signed["record"]["state"]) == ("Sef · sef", "signed")
    assert waits_for(office.sef) == []
    assert counter.steps(office.sef, made)["sign_delivery"] == "delivery_signed"
    assert not counter.awaits_signature(made)
    assert office.officer.code(f"/requests/{made['id']}/delivery", "PUT", json=HANDING) == (409, "delivery_signed")
    for code, take in (
        ("export_not_taken", lambda: office.officer.get(f"/requests/{made['id']}/exports/1/file")),
        ("passphrase_not_shown", lambda: office.post(office.officer, made, "exports/1/passphrase")),
    ):
        assert counter.steps(office.officer, made)["hand_over"] == code
        refused = office.post(office.officer, made, "delivery/hand-over", {"receiver": RECEIVER})
        assert (refused.status_code, refused.json()["code"]) == (409, code)
        assert refused.json()["facts"] == {"package": "NAZAR-1-1", "number": 1}
        assert take().status_code == 200
    assert counter.steps(office.officer, made)["hand_over"] is None
    for missing in ({}, {"receiver": None}, {"receiver": {**RECEIVER, "identity_no": " "}}):
        assert office.code(office.officer, made, "delivery/hand-over", missing) == (409, "receiver_required")
    first = office.post(office.officer, made, "delivery/hand-over", {"receiver": RECEIVER})
    second = office.post(office.officer, made, "delivery/hand-over", {"receiver": RECEIVER})
    assert (first.status_code, first.json()) == (200, second.json())
    assert office.officer.get(f"/requests/{made['id']}").json()["state"] == "delivered"


@pytest.mark.proves("edge-118", "D-10.1e")
def test_a_package_that_is_lost_after_its_minutes_were_signed_is_replaced_once_these_are_cancelled(counter, office):
    made = counter.built()
    record = counter.signed(made)["record"]
    path = f"/requests/{made['id']}"
    (counter.exports.folder / "NAZAR-1-1.zip").unlink()
    assert office.officer.code(f"{path}/exports/1/file")[1] == "export_file_missing"
    answer = office.post(office.officer, made, "exports/1/replacement")
    assert (answer.status_code, answer.json()["code"]) == (409, "delivery_signed")
    assert "P-04" in answer.json()["detail"]
    assert office.officer.get(f"{path}/delivery").json()["signed_us"] is not None
    answer = office.officer.request("POST", f"/documents/{record['id']}/cancel", json={"reason": "Dosya bozuldu"})
    assert answer.status_code == 200, answer.text
    told = office.officer.get(f"{path}/delivery").json()
    assert (told["record"]["state"], told["signed_us"], told["signed_by_name"]) == ("cancelled", None, "")
    assert counter.steps(office.sef, made)["sign_delivery"] == "delivery_record_missing"
    assert counter.steps(office.officer, made)["prepare_delivery"] is None
    assert office.post(office.officer, made, "exports/1/replacement").json()["number"] == 2
    assert counter.workshop.run_once()
    assert counter.signed(made)["record"]["id"] != record["id"]
    assert office.officer.get(f"{path}/exports/2/file").status_code == 200


@pytest.mark.proves("edge-58")
def test_what_its_authority_takes_back_is_gone(counter, office):
    made = counter.built()
    letter = {"letter_id": office.paper()["id"]}
    assert office.post(office.clerk, made, "withdrawal", letter).json()["outcome"] == "withdrawn"
    assert office.officer.code(f"/requests/{made['id']}/exports/1/file") == (410, "export_purged")
    counter.purge.run()
    assert [path.name for path in counter.exports.folder.iterdir()] == [MARK]
    papers = office.officer.get(f"/requests/{made['id']}/records").json()
    assert [one["kind"] for one in papers] == ["P-28"]
    assert counter.steps(office.clerk, made) == {}  # nobody waits for a letter of ours


@pytest.mark.proves("edge-61", "D-10.1f", "edge-70")
def test_a_holds_record_is_printed_signed_and_filed(counter, office):
    scope = {name: office.body()[name] for name in ("cameras", "intervals")}
    body = {**scope, "basis": "unwritten_request", "reason": "Telefon", "institution": "İlçe Emniyet Müdürlüğü"}
    hold = office.clerk.request("POST", "/holds", json=body).json()
    path = f"/holds/{hold['id']}"
    assert office.officer.get(f"{path}/records").json() == []
    assert "İlçe Emniyet Müdürlüğü" in drafted(office.clerk, f"{path}/records/draft", {})
    paper = office.clerk.request("POST", f"{path}/records", json={}).json()
    assert (paper["kind"], paper["state"]) == ("P-05", "issued")
    assert office.sef.code(f"{path}/signature", "POST", json={}) == (409, "hold_record_unsigned")
    counter.hand_in(paper["id"])
    assert office.clerk.get(f"/documents/{paper['id']}").json()["is_built_upon"] is False
    signed = office.sef.request("POST", f"{path}/signature", json={})
    assert (signed.status_code, signed.json()["state"]) == (200, "active")
    cancelling = f"/documents/{paper['id']}/cancel"
    assert office.clerk.code(cancelling, "POST", json={"reason": "yanlış"}) == (409, "document_built_upon")
    listed = office.clerk.get("/documents?kind=P-05").json()["documents"]
    assert [one["is_built_upon"] for one in listed] == [True]
    (row,) = office.auditor.get(f"{path}/records").json()
    assert (row["number"], row["state"]) == (paper["number"], "signed")
    assert office.guard.code(f"{path}/records") == (403, "action_not_allowed")


@pytest.mark.proves("D-10.2c")
def test_what_was_not_found_is_closed_by_its_signed_record_and_the_answer_letter(counter, office):
    gone = [{"from_us": office.start_us - 20 * SECOND_US, "until_us": office.start_us - 10 * SECOND_US}]
    made = office.register(intervals=gone)
    office.approve(made)
    assert office.post(office.officer, made, "search").json()["state"] == "unavailable"
    letter = {"letter_no": "E-1", "letter_on": "2026-11-21"}
    assert counter.steps(office.clerk, made)["answer"] == "unreached_record_missing"
    assert office.code(office.clerk, made, "answer", letter) == (409, "unreached_record_missing")
    drafting = f"/requests/{made['id']}/records/draft"
    assert "TASLAK" in drafted(office.officer, drafting, {"kind": "unreached"})
    assert office.clerk.code(drafting, "POST", json={"kind": "answer"}) == (409, "unreached_record_missing")
    assert office.lawyer.code(drafting, "POST", json={"kind": "unreached"}) == (403, "action_not_allowed")
    assert office.officer.get(f"/requests/{made['id']}/records").json() == []
    paper = office.officer.request("POST", f"/requests/{made['id']}/records", json={"kind": "unreached"}).json()
    assert counter.steps(office.clerk, made)["answer"] == "unreached_record_unsigned"
    refused = office.post(office.clerk, made, "answer", letter)
    assert (refused.status_code, refused.json()["code"]) == (409, "unreached_record_unsigned")
    assert "imzalı dosyayı yükleyin" in refused.json()["detail"]
    assert paper["number"].endswith("/0001")  # looking at a draft took none
    assert office.clerk.get(f"/requests/{made['id']}").json()["is_shortfall_recorded"] is False
    counter.hand_in(paper["id"])
    assert office.clerk.get(f"/requests/{made['id']}").json()["is_shortfall_recorded"] is True
    assert counter.steps(office.clerk, made)["answer"] is None
    assert office.post(office.clerk, made, "answer", letter).json()["outcome"] == "unavailable"


@pytest.mark.proves("edge-61")
def test_what_nothing_could_be_held_of_has_its_record(counter, office):
    gone = [{"from_us": office.start_us - 20 * SECOND_US, "until_us": office.start_us - 10 * SECOND_US}]
    body = {
        "cameras": [str(office.gate.id)], "intervals": gone, "basis": "unwritten_request", "reason": "Telefon",
        "institution": "İlçe Emniyet Müdürlüğü",
    }  # fmt: skip
    answer = office.clerk.request("POST", "/holds", json=body)
    assert (answer.json()["code"], answer.json()["facts"]["offer"]) == ("nothing_to_hold", "P-07")
    there = {**body, "intervals": office.body()["intervals"]}
    assert office.clerk.code("/holds/unreached", "POST", json=there) == (409, "hold_possible")
    assert office.guard.code("/holds/unreached", "POST", json=body) == (403, "action_not_allowed")
    paper = office.clerk.request("POST", "/holds/unreached", json=body)
    assert (paper.status_code, paper.json()["kind"]) == (201, "P-07")
    (hold,) = office.clerk.get("/holds").json()["holds"]
    assert (hold["state"], hold["covered_us"]) == ("void", 0)
    (row,) = office.auditor.get(f"/holds/{hold['id']}/records").json()
    assert row["number"] == paper.json()["number"]


def test_papers_are_printed_by_whose_work_it_is(counter, office):
    made = office.register()
    path = f"/requests/{made['id']}/records"
    assert office.officer.code(path, "POST", json={"kind": "unreached"}) == (409, "request_state")
    assert office.officer.code(path, "POST", json={"kind": "delivery"}) == (422, "request_invalid")
    assert office.lawyer.code(path, "POST", json={"kind": "answer"}) == (403, "action_not_allowed")
    technician = office.site.add_person("teknisyen", Role.TECHNICIAN)
    assert technician.code(path, "POST", json={"kind": "answer"}) == (403, "action_not_allowed")
    office.post(office.lawyer, made, "refusal", {"why": "yetkisiz makam"})
    assert counter.steps(office.clerk, made)["print_answer"] is None
    paper = office.clerk.request("POST", path, json={"kind": "answer"})
    assert (paper.status_code, paper.json()["kind"]) == (201, "P-31")


def test_statistics_are_for_those_who_report(counter, office):
    counter.delivered(counter.built())
    office.register()
    days = {"from": "2026-01-01", "until": "2026-12-31"}
    assert office.officer.code("/footage-statistics", params=days) == (403, "action_not_allowed")
    found = office.sef.get("/footage-statistics", params=days).json()
    assert (found["all"]["total"], found["all"]["by_outcome"]["delivered"], found["all"]["by_outcome"]["open"]) == (
        2,
        1,
        1,
    )
    assert found["all"]["median_us"] == found["all"]["worst_us"] > 0
    kinds = {row["key"]: row["total"] for row in found["by_kind"]}
    assert (kinds["prosecutor"], kinds["court"], kinds["internal"]) == (2, 0, 0)
    text = office.auditor.get("/footage-statistics.csv", params=days)
    assert text.headers["content-type"] == "text/csv; charset=utf-8"
    lines = text.text.lstrip("\ufeff").splitlines()
    assert lines[0].startswith("from,until,group,key,delivered,unavailable,refused,withdrawn,open,all")
    assert lines[-1].startswith("2026-01-01,2026-12-31,all,all,1,0,0,0,1,2,")
    wrong = {"from": "2026-02-01", "until": "2026-01-01"}
    assert office.sef.code("/footage-statistics", params=wrong) == (422, "days_in_wrong_order")
    assert office.sef.code("/footage-hashes/zz") == (422, "hash_invalid")
    assert office.sef.code(f"/footage-hashes/{'0' * 64}") == (404, "hash_unknown")
