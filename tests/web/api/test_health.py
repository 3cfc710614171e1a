import still_node

from vms.people.rules import Role


def test_health_says_what_the_status_page_says(make_site, clock, hub):
    site = make_site(clock, None, hub, still_node.troubled())
    chief = site.add_person("omer", Role.SYSADMIN)
    health = chief.get("/health?lang=tr").json()
    assert health["verdict"] == "failing"
    assert [one["code"] for one in health["reasons"]] == ["recorder_unavailable", "volume_failed"]
    assert [camera["state"] for camera in health["cameras"]] == [
        "recording", "waiting", "recording", "away", "live_only",
    ]  # fmt: skip
    assert [camera["is_frozen"] for camera in health["cameras"]] == [False, False, True, False, False]
    assert health["cameras"][1]["gaps"][-1] == {
        "start_us": still_node.NOW_US - 80 * still_node.MINUTE_US,
        "end_us": None,
        "cause": "camera_offline",
        "detail": "wrong_password",
    }
    assert [(volume["path_name"], volume["state"]) for volume in health["volumes"]] == [
        ("arsiv-1", "ok"), ("arsiv-2", "volume_missing"),
    ]  # fmt: skip
    alarm = health["alarms"][0]
    assert (alarm["code"], alarm["severity"], alarm["subject"]) == ("volume_unavailable", "critical", "arsiv-2")
    assert alarm["sentence"] == "Kayıt diskine ulaşılamıyor"
    assert health["retention"]["outcome"] == "ok"
    assert health["retention"]["days_until_full"] == 4.3


def test_a_part_that_cannot_be_read_hides_no_other(make_site, clock, hub):
    node = still_node.well()
    node.broken["footage"] = OSError("gone")
    site = make_site(clock, None, hub, node)
    health = site.add_person("omer", Role.SYSADMIN).get("/health").json()
    assert health["unread"] == ["footage"]
    assert len(health["cameras"]) == 4
