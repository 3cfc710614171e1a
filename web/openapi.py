"""Prints the API's OpenAPI document: `python -m web.openapi`. A running server answers the same at its address."""

import json
import sys

from web.app import document

if __name__ == "__main__":
    sys.stdout.write(json.dumps(document(), ensure_ascii=False, indent=1) + "\n")
