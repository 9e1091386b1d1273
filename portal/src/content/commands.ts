/** Commands that a reader can copy to verify without the portal. A test runs the standard ones on a real bundle. */
export const VERIFY_COMMANDS: { readonly compline: string; readonly standard: string } = {
  compline: `npx compline export --site SITE --out evidence     # made by the partner, handed to you
npx compline verify evidence --trust trust.json    # run by you`,
  standard: `sha256sum BUNDLE.dsse.json                         # must be its name
jq -j .payload BUNDLE.dsse.json | base64 -d > statement.json
jq -j '.signatures[0].sig' BUNDLE.dsse.json | base64 -d > signature
{ printf 'DSSEv1 28 application/vnd.in-toto+json %s ' "$(wc -c < statement.json)"
  cat statement.json; } > message
printf '302a300506032b6570032100%s' "$PUBLIC_KEY" | xxd -r -p > key.der
openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in message -sigfile signature`,
};
