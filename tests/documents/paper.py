"""Reads papers with programs that did not write them: poppler, OpenCV."""

import subprocess

import cv2
import numpy as np


def words_of(pdf: bytes, *options: str) -> str:
    """The text as poppler's pdftotext finds it, blanks and line ends made one blank each."""
    told = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return told.stdout.decode().rstrip("\f").split("\f")


def picture_of(pdf: bytes, page: int = 1, dpi: int = 150) -> np.ndarray:
    """A page as a grey picture."""
    command = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-gray", "-"]
    told = subprocess.run(command, input=pdf, capture_output=True, check=True)
    picture = cv2.imdecode(np.frombuffer(told.stdout, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return picture


def qr_of(picture: np.ndarray) -> str:
    """What the QR code on a picture says."""
    said, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)
    return said
