import { describe, expect, it } from "vitest";
import { welcome } from "./welcome.ts";

const link = "http://127.0.0.1:8480/session?token=x";
const practice = [{ shipped: "sites/a/clinic/practice/desk", root: "practice/desk" }];

describe("the last words of a start", () => {
  it("name the practice host's site where there is one", () => {
    const sites = [
      { name: "bench", hasPractice: false },
      { name: "clinic", hasPractice: true },
    ];
    const text = welcome({
      link,
      elapsed: "3 s",
      inventory: { sites, appliances: [{ name: "box", path: "p", practice }] },
      flags: "",
    });
    expect(text).toContain("npx compline demo break sshd-root-login\n");
    expect(text).toContain("export --site clinic --out evidence\n");
    expect(text).toContain(link);
  });

  it("leave the practice host out where there is none, and carry the flags", () => {
    const inventory = { sites: [{ name: "office", hasPractice: false }], appliances: [] };
    const text = welcome({ link, elapsed: "3 s", inventory, flags: " --repo /srv/p" });
    expect(text).not.toContain("demo break");
    expect(text).toContain("export --site office --out evidence --repo /srv/p");
    expect(text).toContain("status --link --repo /srv/p");
  });
});
