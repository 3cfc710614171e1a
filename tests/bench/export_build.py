"""Builds one package in a process of its own and prints as JSON what it cost: `python -m tests.bench.export_build`."""

import argparse
import json
import resource
import time
from pathlib import Path

from tests.bench.footage import MINUTE_US
from tests.documents.certificates import Authority
from vms.archive.archive import Archive
from vms.archive.checkpoints import node_key, public_bytes
from vms.archive.volume import Volume, read_uuid
from vms.documents.seal import Seal
from vms.footage.bundle.order import CameraOrder, Order
from vms.footage.bundle.package import Keys, build, planned_bytes
from vms.footage.bundle.unpacking import PackageFile
from vms.footage.bundle.verify import verify
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.span import Span

PASSPHRASE = "a passphrase of the benchmark"


def main() -> None:
    """Order `minutes` up to the end of what each volume has, of its camera."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--end-us", type=int, required=True)
    parser.add_argument("--minutes", type=int, required=True)
    parser.add_argument("--verify", action="store_true")
    arguments = parser.parse_args()
    volumes = [Volume.open(path, read_uuid(path)) for path in sorted(arguments.folder.glob("volume-*"))]
    archive = Archive(volumes)
    asked = Span(arguments.end_us - arguments.minutes * MINUTE_US, arguments.end_us)
    cameras = [
        CameraOrder(key.camera_id, number, f"Kamera {number}", "", [asked])
        for number, key in enumerate(archive.streams(), start=1)
    ]
    order = Order("NAZAR-bench-1", "Bench", {"number": "1"}, cameras, arguments.end_us + 3600 * US_PER_SECOND, "bench")
    seal = Seal.at(Authority().pkcs12("Bench", "x", arguments.folder / "seal.p12"), "x")
    keys = Keys(PASSPHRASE, seal, public_bytes(node_key(arguments.folder / "node.key")))
    path = arguments.folder / "package.zip"
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start_s = time.process_time()
    planned = planned_bytes(archive, order)
    planned_s = time.process_time() - start_s
    built = build(archive, order, keys, path)
    cpu_s = time.process_time() - start_s
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib
    told = {
        "cpu_s": cpu_s,
        "plan_cpu_s": planned_s,
        "grown_bytes": grown_kib * 1024,
        "size_bytes": built.size_bytes,
        "planned_bytes": planned,
        "films": sum(len(camera["films"]) for camera in built.manifest["cameras"]),
    }
    if arguments.verify:
        package = PackageFile(path, PASSPHRASE)
        told["problems"] = [str(problem) for problem in verify(package).problems]
        package.close()
    path.unlink()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
