import { describe, expect, test } from "vitest";
import { bootTargets } from "./unit-install.ts";

const ssh = `# /usr/lib/systemd/system/ssh.service
[Unit]
Description=OpenBSD Secure Shell server
WantedBy=no.target

[Service]
ExecStart=/usr/sbin/sshd -D $SSHD_OPTS

[Install]
WantedBy=multi-user.target
Alias=sshd.service
`;

describe("the units that start a unit at boot", () => {
  test("are those that want it, where it has other names", () => {
    expect(bootTargets(ssh)).toEqual(["multi-user.target"]);
  });

  test("are its files' own affair where it has none", () => {
    expect(bootTargets(ssh.replace("Alias=sshd.service", ""))).toEqual([]);
    expect(bootTargets(ssh.replace("Alias=", "# Alias="))).toEqual([]);
    expect(
      bootTargets(`${ssh}\n# /etc/systemd/system/ssh.service.d/names.conf\n[Install]\nAlias=\n`),
    ).toEqual([]);
  });

  test("may be added to by a drop-in, or named anew", () => {
    const dropIn = "\n# /etc/systemd/system/ssh.service.d/more.conf\n[Install]\n";
    expect(bootTargets(`${ssh}${dropIn}WantedBy=a.target  b.target\n`)).toEqual([
      "multi-user.target",
      "a.target",
      "b.target",
    ]);
    expect(bootTargets(`${ssh}${dropIn}WantedBy=\nWantedBy=a.target\n`)).toEqual(["a.target"]);
  });
});
