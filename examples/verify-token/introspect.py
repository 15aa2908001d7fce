#!/usr/bin/env python3
"""Asks the service whether an access token is good (RFC 7662), as an OAuth client does.

    introspect.py BASE TOKEN < API_KEY

Needs only Python. Prints the response; exit 0. Exit 1 when the token is invalid, 2 for wrong usage.
"""
import base64
import json
import sys
import urllib.parse
import urllib.request


def introspected(base, token, key):
    credentials = base64.b64encode(f"orders:{key}".encode()).decode()
    request = urllib.request.Request(
        base + "/v1/tokens/introspect",
        data=urllib.parse.urlencode({"token": token}).encode(),
        headers={"Authorization": "Basic " + credentials},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


if len(sys.argv) != 3:
    sys.exit(2)
try:
    state = introspected(sys.argv[1], sys.argv[2], sys.stdin.readline().strip())
except OSError as error:
    sys.exit(f"introspect: {error}")
print(json.dumps(state))
sys.exit(0 if state["active"] else 1)
