// Verifies an access token as any application would: by the discovery document and the key set.
//
//   npm ci && node verify.mjs BASE TOKEN [AUDIENCE]
//
// Prints the claims; exit 0. Exit 1 when the token does not verify, 2 when called wrongly.
import { createRemoteJWKSet, jwtVerify } from "jose";

const [base, token, audience = "gatehouse"] = process.argv.slice(2);
if (!base || !token) {
  console.error("usage: node verify.mjs BASE TOKEN [AUDIENCE]");
  process.exit(2);
}

try {
  const response = await fetch(new URL("/.well-known/openid-configuration", base));
  if (!response.ok) {
    throw new Error(`the discovery document has status ${response.status}`);
  }
  const { issuer, jwks_uri } = await response.json();
  // Asked where we reached the service: an issuer's public name need not resolve from here.
  const keys = createRemoteJWKSet(new URL(new URL(jwks_uri).pathname, base));
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience,
    algorithms: ["ES256"],
    typ: "at+jwt",
    requiredClaims: ["sub", "sid", "jti", "iat", "exp"],
  });
  console.log(JSON.stringify(payload, null, 2));
} catch (error) {
  console.error(`verify: ${error.message}`);
  process.exit(1);
}
