// Asks the service whether an access token is good (RFC 7662), as an OAuth client does.
//
//   node introspect.mjs BASE TOKEN < API_KEY
//
// Needs only Node.js. Prints the response; exit 0. Exit 1 when the token is invalid, 2 for wrong usage.
import { readFileSync } from "node:fs";

const [base, token] = process.argv.slice(2);
if (!base || !token) {
  console.error("usage: node introspect.mjs BASE TOKEN < API_KEY");
  process.exit(2);
}
const key = readFileSync(0, "utf8").trim();

const response = await fetch(new URL("/v1/tokens/introspect", base), {
  method: "POST",
  headers: { Authorization: "Basic " + Buffer.from(`orders:${key}`).toString("base64") },
  body: new URLSearchParams({ token }),
});
if (!response.ok) {
  console.error(`introspect: status ${response.status}`);
  process.exit(1);
}
const state = await response.json();
console.log(JSON.stringify(state));
process.exit(state.active ? 0 : 1);
