#!/usr/bin/env python3
"""Verifies an access token as any application would: by the discovery document and the key set.

    verify.py BASE TOKEN [AUDIENCE]

Needs PyJWT and cryptography (Debian: python3-jwt, python3-cryptography). Prints the claims; exit 0.
Exit 1 when the token does not verify, 2 when called wrongly.
"""
import json
import sys
import urllib.parse
import urllib.request

import jwt


def verified(base, token, audience):
    with urllib.request.urlopen(base + "/.well-known/openid-configuration", timeout=10) as response:
        discovery = json.load(response)
    # Asked where we reached the service: an issuer's public name need not resolve from here.
    keys = jwt.PyJWKClient(base + urllib.parse.urlparse(discovery["jwks_uri"]).path)
    if jwt.get_unverified_header(token).get("typ") != "at+jwt":
        raise jwt.InvalidTokenError("it is no access token")
    return jwt.decode(
        token,
        keys.get_signing_key_from_jwt(token).key,
        algorithms=["ES256"],
        issuer=discovery["issuer"],
        audience=audience,
        options={"require": ["iss", "aud", "sub", "iat", "exp"]},
    )


if len(sys.argv) not in (3, 4):
    sys.exit(2)
try:
    print(json.dumps(verified(sys.argv[1], sys.argv[2], (sys.argv[3:] or ["gatehouse"])[0])))
except (jwt.PyJWTError, OSError) as error:
    sys.exit(f"verify: {error}")
