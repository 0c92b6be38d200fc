"""The child that reads the signature of a PDF that somebody was sent: no keys, no network, limited memory and time.

Started by path with its order in JSON; `seals_pyhanko.py` speaks to it. It says what the signature covers and whose certificate
stands in it; whether that is one of ours, and still good, is the site's to know.
"""

import json
import logging
import os
import resource
import sys
from io import BytesIO
from multiprocessing.connection import Connection

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

HEAD = b"%PDF-"
KEYWORD = 64
"""The most characters that are told of the file's key word; a code has sixteen."""


def read(data: bytes) -> dict:
    """What the file is: `kind` unreadable, unsigned, broken or signed; of a signed one `fingerprint` and `keyword`."""
    if not data.startswith(HEAD):
        return {"kind": "unreadable"}
    try:
        reader = PdfFileReader(BytesIO(data))
        found = reader.embedded_signatures
    except MemoryError:
        raise
    except Exception:  # whatever a hostile file makes of a parser
        return {"kind": "unreadable"}
    if not found:
        return {"kind": "unsigned"}
    try:
        if len(found) > 1 or not holds(found[0]):
            return {"kind": "broken"}
        return {"kind": "signed", "fingerprint": found[0].signer_cert.sha256.hex(), "keyword": keyword(reader)}
    except MemoryError:
        raise
    except Exception:
        return {"kind": "broken"}


def holds(signature: EmbeddedPdfSignature) -> bool:
    """Does the one signature cover the whole file, unchanged, and is it that of the certificate in it?"""
    signature.compute_integrity_info(skip_diff=True)
    if signature.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return False
    digest = signature.compute_digest()
    return all(validate_sig_integrity(signature.signer_info, signature.signer_cert, "data", digest))


def keyword(reader: PdfFileReader) -> str:
    """The file's key word, where the layout of a report puts its code."""
    told = reader.trailer_view
    word = told["/Info"].get("/Keywords", "") if "/Info" in told else ""
    return str(word)[:KEYWORD]


def limit_cpu(seconds: int) -> None:
    """The next file may use so many; the kernel ends the child after that (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main(order: dict) -> None:
    """Answer until the parent hangs up."""
    parent = Connection(os.dup(0))
    os.nice(10)
    logging.disable()  # pyHanko writes a traceback for each broken file
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    parent.send_bytes(b"ready")
    while True:
        try:
            parent.recv_bytes()
            data = parent.recv_bytes()
        except EOFError:
            return
        limit_cpu(order["seconds"])
        parent.send_bytes(json.dumps(read(data)).encode())
        parent.send_bytes(b"")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
