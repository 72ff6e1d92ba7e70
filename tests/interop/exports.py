# Checks what Cairn signs with PyPI openbadgeslib, which Cairn does not use: achievements as JSON, JWT, baked PNG and SVG with
# its strict verifiers, records and endorsements by their proof.
#
#   target/python/bin/python tests/interop/exports.py FOLDER
#
# Prints one JSON line a file, {"file", "valid", "errors"}; exits 1 where one is not valid. Offline: did:key alone is resolved.
import base64
import json
import sys
from pathlib import Path

from openbadgeslib.ob3 import did
from openbadgeslib.ob3.clr import bundled_clr_contexts
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3Verifier


def check(path):
    if path.suffix == '.jwt':
        token = path.read_text(encoding='utf-8').strip()
        issuer = issuer_of(token)
        OB3Verifier.for_issuer_did(issuer).verify(token, expected_recipient=issuer)
        return
    if path.suffix == '.svg':
        text = OB3Verifier.extract_token_from_svg(path.read_bytes())
    elif path.suffix == '.png':
        text = OB3Verifier.extract_token_from_png(path.read_bytes())
    else:
        text = path.read_text(encoding='utf-8')
    document = json.loads(text)
    issuer = document['issuer']['id']
    if 'OpenBadgeCredential' in document['type']:
        OB3LdpVerifier.for_issuer_did(issuer).verify(text, expected_recipient=issuer)
    else:
        contexts = bundled_clr_contexts() if 'ClrCredential' in document['type'] else None
        verify_data_integrity_proof(document, did.resolve_did(issuer), extra_contexts=contexts)


def issuer_of(token):
    part = token.split('.')[1]
    return json.loads(base64.urlsafe_b64decode(part + '=' * (-len(part) % 4)))['iss']


failed = False
for path in sorted(Path(sys.argv[1]).iterdir()):
    errors = []
    try:
        check(path)
    except Exception as error:
        errors.append(f'{type(error).__name__}: {error}')
    failed = failed or bool(errors)
    print(json.dumps({'file': path.name, 'valid': not errors, 'errors': errors}))
sys.exit(1 if failed else 0)
