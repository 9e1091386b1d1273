/**
 * Set-up for a fresh checkout: packages as locked, and the portal's program built once.
 * Runs before anything is installed, on the Node the machine has (20 or newer): plain JavaScript, no packages.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const marker = join(root, "node_modules", ".compline-lock");

/** Stops with exit code 3 ("could not run") and one line that says what to do. */
function stop(message) {
  process.stderr.write(`compline: ${message}\n`);
  process.exit(3);
}

function run(command, args, what) {
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (result.status !== 0)
    stop(`${what} failed (exit ${result.status ?? result.signal}); the lines above say why`);
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function checkMachine() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) stop(`Node 20 or newer is needed, found ${process.versions.node}`);
  const git = spawnSync("git", ["--version"], { encoding: "utf8" });
  if (git.status !== 0) stop("git is needed and was not found; on Debian: apt-get install git");
}

function lockDigest() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

function installPackages() {
  const wanted = lockDigest();
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return;
  const started = Date.now();
  process.stdout.write("Installing packages from the npm registry (once; about a minute) ...\n");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  if (npm?.endsWith(".js")) run(process.execPath, [npm, ...args], "npm ci");
  else run("npm", args, "npm ci");
  writeFileSync(marker, wanted);
  process.stdout.write(`Packages installed (${seconds(started)})\n`);
}

function preparePortal() {
  const node = join(root, "node_modules", ".bin", "node");
  run(node, [join(root, "portal", "bin", "build.mjs"), "--prepare"], "building the portal");
}

checkMachine();
installPackages();
preparePortal();
