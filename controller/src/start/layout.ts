import { join, resolve } from "node:path";

/** Where everything lies in the state folder. Every folder is 0700 and every file 0600. */
export interface Layout {
  readonly state: string;
  /** The bare repository whose branch `demo` the controller follows. */
  readonly desired: string;
  /** Which process started here, and on which port. */
  readonly startFile: string;
  readonly controller: string;
  readonly controllerConfig: string;
  /** The key that signs assignments (PKCS#8, PEM). */
  readonly assignmentKey: string;
  /** What the portal shows above everything else: `[{code, message}]`. */
  readonly notices: string;
  /** One-time tokens that open the portal, by their SHA-256. */
  readonly login: string;
  readonly authorityKey: string;
  /** The name of the partner's log, born with the first start. */
  readonly logOrigin: string;
  readonly appliances: string;
  appliance(name: string): ApplianceLayout;
}

/** Where one appliance keeps what is its own. */
export interface ApplianceLayout {
  readonly folder: string;
  readonly config: string;
  /** Written by the appliance itself: its ULID and public key. */
  readonly identity: string;
}

/** The state folder of a repository: `--state`, or `.compline` in the repository. */
export function layoutOf(repo: string, state: string | undefined): Layout {
  const root = resolve(state ?? join(repo, ".compline"));
  const controller = join(root, "controller");
  const appliances = join(root, "appliances");
  return {
    state: root,
    desired: join(root, "desired.git"),
    startFile: join(root, "start.json"),
    controller,
    controllerConfig: join(controller, "config.json"),
    assignmentKey: join(controller, "assignment.key"),
    notices: join(controller, "notices.json"),
    login: join(controller, "login"),
    authorityKey: join(root, "authority", "authority.key"),
    logOrigin: join(root, "authority", "log-origin"),
    appliances,
    appliance: (name) => applianceLayout(join(appliances, name)),
  };
}

function applianceLayout(folder: string): ApplianceLayout {
  return {
    folder,
    config: join(folder, "appliance.json"),
    identity: join(folder, "identity.json"),
  };
}
