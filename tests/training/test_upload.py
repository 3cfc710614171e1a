"""What is taken as a training material: real files, looked into by the real children."""

import pytest

from vms.kernel.errors import VmsError
from vms.training.upload import FileType, too_large


def code_of(examiners, path):
    with pytest.raises(VmsError) as refusal:
        examiners.examine(path)
    return refusal.value.code


@pytest.mark.proves("D-17.1c")
def test_a_film_and_a_paper_are_taken(examiners, film, paper):
    found = examiners.examine(film)
    assert (found.file_type, found.pages, found.size_bytes) == (FileType.MP4, None, film.stat().st_size)
    assert 1_900 <= found.duration_ms <= 2_200
    found = examiners.examine(paper)
    assert (found.file_type, found.pages, found.duration_ms) == (FileType.PDF, 2, None)


def test_a_webm_film_is_taken(examiners, make_film):
    path = make_film("film.webm", codec="libvpx-vp9", audio="libopus", seconds=1, size=64)
    assert examiners.examine(path).file_type is FileType.WEBM


def test_films_that_browsers_do_not_play_are_refused_with_how_to_save_them(examiners, make_film):
    wrong_pictures = make_film("film.mp4", codec="mpeg4", audio=None, seconds=1)
    wrong_colours = make_film("film.mp4", pix_fmt="yuv444p", audio=None, seconds=1)
    for path in (wrong_pictures, wrong_colours):
        assert code_of(examiners, path) == "film_unplayable"


def test_what_is_neither_is_refused(examiners, tmp_path, film):
    for name, content in {
        "page.html": b"<html><script>1</script></html>",
        "empty": b"",
        "playlist.m3u8": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        "matroska.mkv": b"\x1aE\xdf\xa3" + b"matroska" * 9,
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert code_of(examiners, path) == "training_file_type_wrong"


def test_damaged_files_are_refused_and_harm_nobody(examiners, tmp_path, film, paper):
    content = bytearray(film.read_bytes())
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(content[: len(content) // 4])
    torn = tmp_path / "torn.mp4"
    torn.write_bytes(content[:64] + bytes(len(content) - 64))
    disguised = tmp_path / "disguised.mp4"
    disguised.write_bytes(b"\0\0\0\x18ftypmp42" + b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(paper.read_bytes()[:60])
    for path in (cut, torn, disguised, broken):
        assert code_of(examiners, path) == "file_unreadable", path


def test_a_file_that_is_too_long_is_not_even_looked_into(examiners, tmp_path):
    path = tmp_path / "long.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(21 * 1024 * 1024)
    assert code_of(examiners, path) == "training_file_too_large"
    assert "500 MB" in too_large(FileType.WEBM).message
