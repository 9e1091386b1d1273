// Generated from schemas/**/*.schema.json: run `npm run generate -w schemas` to write it again.

/**
 * Version of the document format.
 */
export type ApiVersion = "compline.dev/v1"
/**
 * A name: lower-case letters, digits and inner hyphens, at most 63 characters, no Windows device name.
 */
export type Name = string
/**
 * A title on one line, at most 120 characters, without control characters and marks that turn the direction of text.
 */
export type Title = string
/**
 * Plain text for people, at most 4000 characters, without control characters (but line ends) and marks that turn the direction of text.
 */
export type Prose = string
/**
 * A length of time above zero: a whole number and a unit, such as 30s, 5m, 4h or 7d.
 */
export type Duration = string
/**
 * An expression in the Common Expression Language over `facts`, at most 4096 characters.
 */
export type Cel = string
/**
 * A short word for machines: letters, digits and . _ : + -, at most 64 characters.
 */
export type Token = string
/**
 * An operating system.
 */
export type Platform = ("linux" | "windows" | "macos")
/**
 * The operating systems it is meant for.
 * 
 * Items: An operating system.
 */
export type Platforms = readonly ("linux" | "windows" | "macos")[]
/**
 * An absolute path without `.` or `..`.
 */
export type AbsolutePath = string
/**
 * An absolute path without `.` or `..`; * and ? are allowed in its last component only.
 */
export type AbsoluteGlob = string
/**
 * A program by its absolute path, and its arguments. No shell is involved.
 * 
 * Items: One argument.
 */
export type Argv = readonly string[]
/**
 * A systemd unit with its ending.
 */
export type Unit = string
/**
 * A kernel value's name, its parts separated by dots.
 */
export type SysctlKey = string
/**
 * The name of a Debian package.
 */
export type PackageName = string
/**
 * A way to look at a host: what is read, what must hold, what may be recorded.
 */
export type CheckSpec = CheckSpec1
/**
 * A length of time that may be zero: 0s, 30s, 5m, 4h or 7d.
 */
export type Delay = string
/**
 * How much harm it can do when it goes wrong.
 */
export type Risk = ("low" | "medium" | "high")
/**
 * Permission bits in octal, in quotes, such as "0640".
 */
export type FileMode = string
/**
 * A ULID: 26 characters, upper case. It never changes and is never used again.
 */
export type Ulid = string
/**
 * 32 bytes as 64 lower-case hexadecimal digits.
 */
export type Hex64 = string
/**
 * off: only observe. dry-run: say what would be done. standard and full: do it, full also what is disruptive.
 */
export type HealingMode = ("off" | "dry-run" | "standard" | "full")
/**
 * A zone of the IANA database, such as Europe/Lisbon.
 */
export type TimeZone = string
/**
 * A time on the wall clock, from 00:00 to 23:59.
 */
export type TimeOfDay = string
/**
 * The days of the week on which it starts.
 */
export type Weekdays = readonly ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[]
/**
 * A git commit: 40 or 64 lower-case hexadecimal digits.
 */
export type Revision = string
/**
 * A time in UTC with milliseconds, such as 2026-11-23T18:00:00.000Z.
 */
export type Instant = string

/**
 * Labels for searching and grouping; they change nothing else.
 */
export interface Labels {
/**
 * The label's value.
 */
readonly [k: string]: string
}
/**
 * Name and labels.
 */
export interface Metadata {
/**
 * The document's name; the path says the same.
 */
readonly name: string
readonly labels?: Labels
}
/**
 * A framework: a body of controls that somebody asks for.
 */
export interface Framework {
readonly apiVersion: ApiVersion
/**
 * The kind of document.
 */
readonly kind: "Framework"
readonly metadata: Metadata
readonly spec: FrameworkSpec
}
/**
 * What the framework is and how far this mapping of it goes.
 */
export interface FrameworkSpec {
/**
 * The framework's name, for people.
 */
readonly title: string
/**
 * Which edition the catalogue follows.
 */
readonly version: string
/**
 * Where the identifiers come from: a citation or an address.
 */
readonly source: string
/**
 * Under what terms its text may be used here.
 */
readonly licence: string
/**
 * Whether the source's text may not be copied here: then a control has a title in our own words and nothing of the source but its identifier.
 */
readonly restricted: boolean
/**
 * mapped: controls name checks. exercised: every control that a look at a host can show has a check that a drill breaks, to see that it notices.
 */
readonly status: ("mapped" | "exercised")
/**
 * `none`, or who from outside reviewed the mapping and on which day.
 */
readonly review: ("none" | Review)
/**
 * What a reader should know about this mapping.
 */
readonly note?: string
}
/**
 * A review.
 */
export interface Review {
/**
 * Who reviewed it.
 */
readonly by: string
/**
 * The day, such as 2026-11-23.
 */
readonly at: string
}
/**
 * Controls of a framework that belong together, and which checks look at each.
 */
export interface ControlFamily {
readonly apiVersion: ApiVersion
/**
 * The kind of document.
 */
readonly kind: "ControlFamily"
readonly metadata: Metadata
readonly spec: ControlFamilySpec
}
/**
 * The family's title and its controls.
 */
export interface ControlFamilySpec {
/**
 * The family's title, for people.
 */
readonly title: string
/**
 * Its place among the framework's families, where the numbers of the controls do not show it.
 */
readonly order?: number
/**
 * The controls, in the framework's order.
 */
readonly controls: readonly Control[]
}
/**
 * One control: what the framework asks.
 */
export interface Control {
/**
 * The framework's own number for it, such as 164.312(a)(1).
 */
readonly id: string
/**
 * What it asks, in our words.
 */
readonly title: string
/**
 * What can show it: a look at a host, the organisation's papers, a place, or a third party.
 */
readonly nature: ("host" | "organisational" | "physical" | "third-party")
/**
 * required; addressable: to be met or reasoned about; or optional: asked only of some, or chosen by the organisation.
 */
readonly requirement: ("required" | "addressable" | "optional")
/**
 * The maturity level that asks for it, where the framework has levels.
 */
readonly level?: (1 | 2 | 3)
/**
 * The checks that look at part of it.
 * 
 * Items: A name: lower-case letters, digits and inner hyphens, at most 63 characters, no Windows device name.
 */
readonly checks?: readonly string[]
/**
 * What shows a control that no check looks at. attested: a person who answers for it states it. not-assessed: nothing in this product. Beside checks it has no place.
 */
readonly shown?: ("attested" | "not-assessed")
/**
 * What the checks do not cover, for people.
 */
readonly note?: string
}
/**
 * A set of frameworks that sites of one kind mostly follow, chosen by its name.
 */
export interface Preset {
readonly apiVersion: ApiVersion
/**
 * The kind of document.
 */
readonly kind: "Preset"
readonly metadata: Metadata
readonly spec: PresetSpec
}
/**
 * Which frameworks, for whom and why.
 */
export interface PresetSpec {
/**
 * For which sites it is meant, for people.
 */
readonly title: string
/**
 * The frameworks that a site with this preset follows.
 * 
 * Items: A name: lower-case letters, digits and inner hyphens, at most 63 characters, no Windows device name.
 */
readonly frameworks: readonly string[]
/**
 * Why these frameworks, and what to think about before choosing them.
 */
readonly note: string
}
/**
 * Where the facts come from: exactly one of its members.
 */
export interface Collect {
/**
 * The text of one file, and of those it includes when the parser follows them.
 */
readonly file?: {
readonly path: AbsolutePath
}
/**
 * The text of several files, sorted by path.
 */
readonly files?: {
/**
 * Which files; one that matches nothing is no error.
 */
readonly globs: readonly AbsoluteGlob[]
}
/**
 * Type, owner and permission bits of files, never their content.
 */
readonly mode?: {
/**
 * Which files.
 */
readonly paths: readonly AbsolutePath[]
}
/**
 * The output of a program. This is code: the appliance's own ceiling must allow it.
 */
readonly argv?: {
readonly argv: Argv
}
/**
 * The output of a program this version looks with itself. Its arguments are fixed and it only reads, so it is no code of this document's.
 */
readonly program?: {
/**
 * Which look: how full local file systems are, what apt would upgrade, whether the clock is synchronised, which files below /etc everybody may write, whose files of cron and systemd others may write, which programs run as their owner (SUID), which home folders others may enter, whether accounts have a password and how long it lasts, how many units of systemd have failed, which files of the packages that guard a host were changed, who may read the private keys of services.
 */
readonly name: ("disk-usage" | "pending-updates" | "clock" | "etc-world-writable" | "failed-units" | "package-files" | "cron-files" | "systemd-units" | "suid-files" | "home-folders" | "account-status" | "certificate-keys")
}
/**
 * The state of units, as systemd says.
 */
readonly service?: {
/**
 * Which units, with their endings, such as cron.service.
 * 
 * Items: A systemd unit with its ending.
 */
readonly units: readonly string[]
}
/**
 * Sockets that wait for others, as the kernel lists them below /proc/net.
 */
readonly port?: {
/**
 * Which protocols, each over IPv4 and IPv6.
 * 
 * Items: A protocol.
 */
readonly protocols: readonly ("tcp" | "udp")[]
}
/**
 * Values of the running kernel, below /proc/sys.
 */
readonly sysctl?: {
/**
 * Which values, with dots, such as kernel.randomize_va_space.
 * 
 * Items: A kernel value's name, its parts separated by dots.
 */
readonly keys: readonly string[]
}
/**
 * Dates, key and kind of the certificates in PEM files. Whom they name is not looked at, and a key in the same file is passed over.
 */
readonly certificate?: {
/**
 * Which files; one that matches nothing is no error.
 */
readonly globs: readonly AbsoluteGlob[]
}
/**
 * Whether Debian packages are installed, as dpkg says.
 */
readonly package?: {
/**
 * Which packages.
 * 
 * Items: The name of a Debian package.
 */
readonly names: readonly string[]
}
}
/**
 * One typed value that may enter evidence.
 */
export interface RecordField {
/**
 * The type; a value of another type is an error.
 */
readonly type: ("boolean" | "integer" | "enum")
/**
 * For an enum: the words it may be; anything else is recorded as `other`.
 * 
 * Items: A short word for machines: letters, digits and . _ : + -, at most 64 characters.
 */
readonly values?: readonly string[]
/**
 * How to compute it; null means not set.
 */
readonly value: string
}
export interface CheckSpec1 {
/**
 * What the check asks, for people.
 */
readonly title: string
/**
 * Why it matters, for people.
 */
readonly rationale: string
readonly platforms: Platforms
/**
 * How often it runs; a site's cadence goes before it.
 */
readonly interval: string
/**
 * How bad a fail is.
 */
readonly severity: ("low" | "medium" | "high" | "critical")
readonly collect: Collect
/**
 * How it becomes facts. A collector other than file, files, argv and program has one way, of its own name.
 */
readonly parse: ("sshd-config" | "sudoers" | "sysctl-dirs" | "login-defs" | "shell-variables" | "systemd-config" | "apt-config" | "key-value" | "ini" | "json" | "lines" | "mounts" | "age" | "mode" | "service" | "port" | "sysctl" | "certificate" | "package")
/**
 * What the program uses when no file says, by key as the parser writes it.
 */
readonly defaults?: {
/**
 * The program's own default.
 */
readonly [k: string]: string
}
/**
 * When false, the verdict is not_applicable.
 */
readonly applicable?: string
/**
 * What must hold; must give a boolean.
 */
readonly assert: string
/**
 * What must hold, in words.
 */
readonly expected: string
/**
 * Why no rule heals it and a person acts instead, for people. A check that says so has no rule of the agent's.
 */
readonly byHand?: string
/**
 * The closed list of values that may enter evidence.
 */
readonly record: {
readonly [k: string]: RecordField
}
}
/**
 * A way to look at a host.
 */
export interface Check {
readonly apiVersion: ApiVersion
/**
 * The kind of document.
 */
readonly kind: "Check"
readonly metadata: Metadata
readonly spec: CheckSpec
}
/**
 * Which failed check leads to which runbook, how often and how far.
 */
export interface RuleSpec {
/**
 * The check whose fail it answers.
 */
readonly check: string
readonly platforms: Platforms
/**
 * A further condition over the check's facts.
 */
readonly when?: string
/**
 * The runbook that heals it.
 */
readonly runbook: string
/**
 * The higher goes first.
 */
readonly priority: number
/**
 * The least time between two attempts.
 */
readonly cooldown: string
/**
 * The most failed attempts of this rule in a row within the window. A host and check has three a day at most, whatever its rules say.
 */
readonly maxAttempts: number
/**
 * The time over which failed attempts are counted.
 */
readonly window: string
/**
 * How long to wait before the check is run again.
 */
readonly settle: string
/**
 * Who owns the setting: the agent heals its own, and only reports what another owner manages.
 */
readonly owner: ("agent" | "group-policy" | "configuration-management")
/**
 * Where the rule comes from.
 */
readonly origin: {
/**
 * builtin: part of the library.
 */
readonly type: "builtin"
}
}
/**
 * When to heal.
 */
export interface Rule {
readonly apiVersion: ApiVersion
/**
 * The kind of document.
 */
readonly kind: "Rule"
readonly metadata: Metadata
readonly spec: RuleSpec
}
/**
 * Writes a whole file atomically, after a backup of what was there.
 */
export interface WriteFile {
readonly path: AbsolutePath
/**
 * The file's text.
 */
readonly content: string
readonly mode: FileMode
}
/**
 * Sets one key of a key-value file: the first active line is replaced, later ones are commented out, a missing one is appended. Keeps the file's mode.
 */
export interface SetKey {
readonly path: AbsolutePath
/**
 * The key as it is written in the file.
 */
readonly key: string
/**
 * The value, on one line.
 */
readonly value: string
/**
 * What stands between key and value.
 */
readonly separator: (" " | "=" | " = " | ":" | "\t")
}
/**
 * Sets the permission bits of one file or folder.
 */
export interface SetMode {
readonly path: AbsolutePath
readonly mode: FileMode
/**
 * true: where there is nothing, there is nothing to do. Otherwise the step fails there.
 */
readonly ifPresent?: true
}
/**
 * Reloads a service (systemctl reload).
 */
export interface Reload {
/**
 * The service's unit.
 */
readonly service: string
}
/**
 * Brings a systemd unit into a state, after noting the one it is in. Members that are left out stay as they are, and so does a unit that is in that state already.
 */
export interface Service {
readonly unit: Unit
/**
 * Whether it runs now.
 */
readonly running?: boolean
/**
 * Whether it starts by itself.
 */
readonly enabled?: boolean
/**
 * Whether nothing can start it.
 */
readonly masked?: boolean
}
/**
 * Runs a program. This is code: the appliance's own ceiling must allow it.
 */
export interface Run {
readonly argv: Argv
}
/**
 * Puts back the file this heal found, or removes it when there was none.
 */
export interface RestoreFile {
readonly path: AbsolutePath
}
/**
 * Puts back the state in which this heal found a unit.
 */
export interface RestoreService {
readonly unit: Unit
}
/**
 * One step: exactly one of its members.
 */
export interface Step {
readonly writeFile?: WriteFile
readonly setKey?: SetKey
readonly setMode?: SetMode
readonly reload?: Reload
readonly service?: Service
readonly run?: Run
}
/**
 * One step back: exactly one of its members.
 */
export interface UndoStep {
readonly writeFile?: WriteFile
readonly setKey?: SetKey
readonly setMode?: SetMode
readonly reload?: Reload
readonly service?: Service
readonly run?: Run
readonly restoreFile?: RestoreFile
readonly restoreService?: RestoreService
}
/**
 * How one thing is healed, and how that is undone.
 */
export interface RunbookSpec {
/**
 * What it does, for people.
 */
readonly title: string
readonly platform: Platform
/**
 * The steps, in order.
 */
readonly steps: readonly Step[]
/**
 * The steps back, in order, when the check does not pass afterwards.
 */
readonly undo: readonly UndoStep[]
readonly risk: Risk
/**
 * The class a client consents to, such as ssh or permissions.
 */
readonly class: string
/**
 * true when people at work may notice.
 */
readonly disruptive: boolean
/**
 * true when it needs a restart of the host.
 */
readonly reboot: boolean
/**
 * The longest it may take in all.
 */
readonly timeout: string
}
/**
 * How to heal.
 */
export interface Runbook {
readonly apiVersion: ApiVersion
/**
 * The kind of document.
 */
readonly kind: "Runbook"
readonly metadata: Metadata
readonly spec: RunbookSpec
}
/**
 * Breaks a thing for real, to see that its check fails, and that its runbook heals it or, where a person acts instead, that one is told.
 */
export interface Drill {
readonly apiVersion: ApiVersion
/**
 * The kind of document.
 */
readonly kind: "Drill"
readonly metadata: Metadata
readonly spec: DrillSpec
}
/**
 * How to break it and what the check must then say.
 */
export interface DrillSpec {
/**
 * The check that must see it.
 */
readonly check: string
readonly platform: Platform
/**
 * The steps, in order, that bring a host to where the check passes, when no rule does; what they change is put back, too.
 */
readonly prepare?: readonly Step[]
/**
 * The steps that break it, in order; folders that are missing are made. Whoever runs the drill notes the files and units they change, and puts them back at the end.
 */
readonly break: readonly Step[]
readonly expect: DrillExpectation
/**
 * The steps that put back what was changed beyond those files and units, in order.
 */
readonly restore?: readonly Step[]
readonly needs?: DrillNeeds
}
/**
 * What the check must say afterwards.
 */
export interface DrillExpectation {
/**
 * Always fail.
 */
readonly verdict: "fail"
/**
 * Recorded values that must be so.
 */
readonly observed?: {
/**
 * The recorded value.
 */
readonly [k: string]: string | number | boolean | null
}
}
/**
 * What a host must have, or the drill shows nothing there and is not run.
 */
export interface DrillNeeds {
/**
 * Debian packages that must be installed.
 * 
 * Items: The name of a Debian package.
 */
readonly packages?: readonly string[]
/**
 * What a container has no own of: the settings and modules of its kernel, its record of system calls (audit), its clock, its disks.
 * 
 * Items: A part of a machine.
 */
readonly own?: readonly ("kernel" | "audit" | "clock" | "disks")[]
}
/**
 * Stops all healing below it while engaged. It is obeyed even from a tree that is otherwise refused.
 */
export interface KillSwitch {
/**
 * true stops healing.
 */
readonly engaged: boolean
/**
 * Why: one line for people, at most 300 characters, without control characters and marks that turn the direction of text.
 */
readonly reason: string
}
/**
 * A managed service provider, and all that is below its folder.
 */
export interface Partner {
readonly apiVersion: ApiVersion
/**
 * The kind of document.
 */
readonly kind: "Partner"
readonly metadata: Metadata
readonly spec: PartnerSpec
}
/**
 * Who the partner is.
 */
export interface PartnerSpec {
/**
 * The partner's identity.
 */
readonly id: string
/**
 * The partner's name, for people.
 */
readonly displayName: string
/**
 * Who signs decisions such as enrolment.
 */
readonly authority?: {
/**
 * The authority's Ed25519 public key.
 */
readonly publicKey: string
}
/**
 * The partner's log of evidence.
 */
readonly log?: {
/**
 * The log's name: letters, digits and . _ : / @ -, at most 128. It never changes.
 */
readonly origin: string
/**
 * The key that signs the log's checkpoints: origin+id+key, as the partner's trust file has it.
 */
readonly vkey?: string
/**
 * Who cosigns the log's checkpoints, after seeing that each follows on from the one before.
 * 
 * Items: One witness.
 */
readonly witnesses?: {
/**
 * Its key, as `compline witness init` prints it: name+id+key; the name is a path of lower-case words.
 */
readonly vkey: string
/**
 * The branch of this repository that it pushes what it cosigned to; the branch that the controller follows when left out.
 */
readonly branch?: string
}[]
/**
 * How many witnesses must have cosigned a checkpoint for it to count as witnessed; none when left out.
 */
readonly quorum?: number
}
/**
 * Who timestamps the log's roots, by OpenTimestamps. Without it nothing is anchored.
 */
readonly anchors?: {
/**
 * Calendars that are asked, each by the address that it names itself.
 * 
 * Items: One calendar.
 */
readonly calendars: {
/**
 * The calendar's address: https, or http at 127.0.0.1; letters, digits and . _ / : -, without a slash at its end.
 */
readonly url: string
/**
 * Who runs it. Calendars of one operator fail together.
 */
readonly operator: string
}[]
/**
 * How many calendars must answer for a root to count as stamped; 2 when left out.
 */
readonly atLeast?: number
/**
 * How often the newest root is stamped while the log grows; 1h when left out.
 */
readonly interval?: string
}
readonly killSwitch?: KillSwitch
}
/**
 * How the appliance reaches the host.
 */
export interface Transport {
/**
 * local: the appliance's own machine. ssh: a machine it logs in to with a key of its own.
 */
readonly type: ("local" | "ssh")
/**
 * For a practice host: a folder below the site's `practice/` folder, which stands for the root of a machine. Only files are read and written there.
 */
readonly root?: string
/**
 * ssh: a host name or an IP address, without a port.
 */
readonly address?: string
/**
 * ssh: the port, 22 when it is not given.
 */
readonly port?: number
/**
 * ssh: the account to log in to.
 */
readonly user?: string
/**
 * ssh: the host's public keys. A host that shows another key is not spoken to.
 * 
 * Items: A host key as /etc/ssh/ssh_host_*_key.pub holds it: type and base64, without a comment.
 */
readonly hostKeys?: readonly string[]
/**
 * ssh: the name of the private key in the appliance's credential directory. The key itself is in no YAML.
 */
readonly credentialRef?: string
/**
 * ssh: sudo runs everything as root, by sudo without a password; without it, things are looked at and changed with the account's own rights.
 */
readonly become?: "sudo"
}
/**
 * One client site: its frameworks, its healing limits and its hosts.
 */
export interface Site {
readonly apiVersion: ApiVersion
/**
 * The kind of document.
 */
readonly kind: "Site"
readonly metadata: Metadata
readonly spec: SiteSpec
}
/**
 * What is looked at and how far healing goes.
 */
export interface SiteSpec {
/**
 * The site's identity.
 */
readonly id: string
/**
 * The site's name, for people.
 */
readonly displayName: string
/**
 * The IANA zone its times are shown in and its maintenance windows are meant in, such as Europe/Lisbon.
 */
readonly timeZone: string
/**
 * The frameworks that apply, beside those of the preset.
 * 
 * Items: A name: lower-case letters, digits and inner hyphens, at most 63 characters, no Windows device name.
 */
readonly frameworks?: readonly string[]
/**
 * A set of frameworks that apply, by its name in frameworks/presets.
 */
readonly preset?: string
/**
 * How often every check runs here, in place of the checks' own intervals.
 */
readonly cadence?: string
readonly healing: SiteHealing
readonly killSwitch?: KillSwitch
/**
 * The machines that are looked at.
 */
readonly hosts: readonly Host[]
}
/**
 * How far healing goes at this site.
 */
export interface SiteHealing {
readonly mode: HealingMode
/**
 * How much harm it can do when it goes wrong.
 */
readonly riskCeiling: ("low" | "medium" | "high")
/**
 * The only times at which anything is healed. Without it, any time.
 */
readonly windows?: readonly SiteWindow[]
}
/**
 * A maintenance window on some days of the week.
 */
export interface SiteWindow {
readonly days: Weekdays
/**
 * When it starts. A time that the clock skips: the moment it skips it. One that comes twice: the first.
 */
readonly start: string
/**
 * When it ends, likewise; a time that is not after the start is on the next day.
 */
readonly end: string
/**
 * The zone of these times, when it is not the site's.
 */
readonly timeZone?: string
}
/**
 * One machine.
 */
export interface Host {
/**
 * The host's identity.
 */
readonly id: string
/**
 * The host's name.
 */
readonly name: string
readonly platform: Platform
/**
 * The appliance that looks at it.
 */
readonly appliance: string
readonly transport: Transport
readonly labels?: Labels
}
/**
 * The box at a site that looks, heals and signs.
 */
export interface Appliance {
readonly apiVersion: ApiVersion
/**
 * The kind of document.
 */
readonly kind: "Appliance"
readonly metadata: Metadata
readonly spec: ApplianceSpec
}
/**
 * Which box it is. Without id and publicKey it is declared, not enrolled.
 */
export interface ApplianceSpec {
/**
 * What and where it is, for people.
 */
readonly description?: string
/**
 * The appliance's identity, born on the box.
 */
readonly id?: string
/**
 * The Ed25519 public key of the key that was born on the box.
 */
readonly publicKey?: string
}
/**
 * Everything one appliance must do: content-addressed and signed.
 */
export interface Assignment {
/**
 * Version of this format.
 */
readonly schemaVersion: "1"
/**
 * The partner.
 */
readonly partner: string
/**
 * The site.
 */
readonly site: string
/**
 * The appliance; also the id of its chain.
 */
readonly appliance: string
/**
 * Grows with every assignment; a lower one is refused by the appliance.
 */
readonly generation: number
/**
 * The commit it was derived from.
 */
readonly revision: string
/**
 * When it was made.
 */
readonly issuedAt: string
/**
 * From then on the appliance observes and signs, but does not heal.
 */
readonly healUntil: string
/**
 * SHA-256 of the canonical JSON of `files`.
 */
readonly slice: string
/**
 * Path and SHA-256 of every file it was derived from, sorted by path.
 */
readonly files: readonly [string, string][]
/**
 * Host and check, for everything that is looked at, sorted.
 */
readonly pairs: readonly [Ulid, Name][]
/**
 * The digest of each check.
 */
readonly checks: {
readonly [k: string]: Hex64
}
/**
 * The digest of each rule.
 */
readonly rules: {
readonly [k: string]: Hex64
}
/**
 * The digest of each runbook.
 */
readonly runbooks: {
readonly [k: string]: Hex64
}
readonly healing: AssignmentHealing
/**
 * The hosts, sorted by id.
 */
readonly hosts: readonly AssignmentHost[]
/**
 * How often each check runs, in milliseconds.
 */
readonly intervals: {
/**
 * Milliseconds.
 */
readonly [k: string]: number
}
readonly definitions: AssignmentDefinitions
/**
 * The longest the appliance stays silent, in milliseconds.
 */
readonly heartbeatMs: number
readonly library: AssignmentLibrary
}
/**
 * How far healing goes.
 */
export interface AssignmentHealing {
readonly mode: HealingMode
/**
 * How much harm it can do when it goes wrong.
 */
readonly riskCeiling: ("low" | "medium" | "high")
/**
 * true stops all healing.
 */
readonly killSwitch: boolean
/**
 * The only times at which anything may be healed, up to `healUntil`, sorted and apart; null means any time.
 */
readonly windows: (readonly AssignmentWindow[] | null)
/**
 * The maintenance windows as the site declares them, of which `windows` are the next ones; null when it declares none.
 */
readonly declaredWindows: (readonly DeclaredWindow[] | null)
}
/**
 * From its start up to, not including, its end.
 */
export interface AssignmentWindow {
/**
 * When it starts.
 */
readonly start: string
/**
 * When it ends.
 */
readonly end: string
}
/**
 * A maintenance window on some days of the week.
 */
export interface DeclaredWindow {
readonly days: Weekdays
/**
 * When it starts.
 */
readonly start: string
/**
 * When it ends; a time that is not after the start is on the next day.
 */
readonly end: string
/**
 * The zone of these times.
 */
readonly timeZone: string
}
/**
 * One host.
 */
export interface AssignmentHost {
readonly id: Ulid
readonly name: Name
readonly platform: Platform
readonly transport: Transport
}
/**
 * What the digests name.
 */
export interface AssignmentDefinitions {
/**
 * The checks.
 */
readonly checks: {
readonly [k: string]: CheckSpec
}
/**
 * The rules.
 */
readonly rules: {
readonly [k: string]: RuleSpec
}
/**
 * The runbooks.
 */
readonly runbooks: {
readonly [k: string]: RunbookSpec
}
}
/**
 * The slot for a library manifest signed by a key that is not on the controller.
 */
export interface AssignmentLibrary {
/**
 * The manifest; none yet.
 */
readonly manifest: null
/**
 * Its signature; none yet.
 */
readonly signature: null
}
/**
 * What was observed, as far as a plan can use it: `compline status --snapshot` writes it, `compline plan --observed` reads it. It holds verdicts and no evidence; nothing in it is signed.
 */
export interface ObservedState {
/**
 * Version of this format.
 */
readonly schemaVersion: "1"
/**
 * The time at which the verdicts hold.
 */
readonly asOf: string
/**
 * How many bundles were accepted by then.
 */
readonly position: number
/**
 * The partners it tells of, by name.
 */
readonly partners: readonly ObservedPartner[]
}
/**
 * One partner.
 */
export interface ObservedPartner {
readonly id: Ulid
readonly name: Name
/**
 * The commit that was in force; null when that is not known.
 */
readonly revision: (Revision | null)
/**
 * The digest of each check by which a known verdict was judged.
 */
readonly checks: {
readonly [k: string]: Hex64
}
/**
 * Its sites.
 */
readonly sites: readonly ObservedSite[]
}
/**
 * One site.
 */
export interface ObservedSite {
readonly id: Ulid
readonly name: Name
/**
 * Its enrolled appliances.
 */
readonly appliances: readonly ObservedAppliance[]
/**
 * What each pair of a host and a check came to.
 */
readonly results: readonly ObservedResult[]
/**
 * The newest heals by a rule that changed something, newest first.
 */
readonly heals: readonly ObservedHeal[]
}
/**
 * One appliance, as it last reported.
 */
export interface ObservedAppliance {
readonly id: Ulid
/**
 * The hosts it looks at.
 */
readonly hosts: readonly Ulid[]
/**
 * What it may do at most; null when it never reported.
 */
readonly ceiling: ({
readonly mode: HealingMode
readonly risk: Risk
/**
 * Whether programs may be run.
 */
readonly argv: boolean
/**
 * Which hosts may be changed.
 */
readonly hosts: ("practice" | "all")
} | null)
/**
 * What stops healing on the box itself.
 * 
 * Items: A person suspended it, it waits for a new controller or for its new key's review, or it can sign nothing.
 */
readonly stops: readonly ("SUSPENDED" | "REPINNED" | "KEY_PENDING" | "CHAIN_SET_BACK" | "DISK_FULL")[]
}
/**
 * One pair.
 */
export interface ObservedResult {
readonly host: Ulid
readonly check: Name
/**
 * What it came to.
 */
readonly verdict: ("pass" | "fail" | "error" | "not_applicable" | "unknown")
/**
 * Why, as a code; null when there is none.
 */
readonly reason: (Token | null)
/**
 * Since when; null when that is not known.
 */
readonly since: (Instant | null)
}
/**
 * One heal.
 */
export interface ObservedHeal {
readonly host: Ulid
readonly check: Name
readonly rule: Name
/**
 * What the re-check said.
 */
readonly outcome: ("healed" | "failed")
/**
 * A time in UTC with milliseconds, such as 2026-11-23T18:00:00.000Z.
 */
readonly startedAt: string
}
/**
 * What `npm run lab` saw: every drill on real machines, each broken, noticed, healed and undone, or why not. The newest one that was reviewed is runbooks/lab-report.json. Nothing in it is signed.
 */
export interface LabReport {
/**
 * Version of this format.
 */
readonly schemaVersion: "1"
/**
 * A time in UTC with milliseconds, such as 2026-11-23T18:00:00.000Z.
 */
readonly startedAt: string
/**
 * A time in UTC with milliseconds, such as 2026-11-23T18:00:00.000Z.
 */
readonly endedAt: string
/**
 * The commit that was checked out; null when the folder is no repository.
 */
readonly revision: (Revision | null)
/**
 * Whether the desired state that was tried differs from that commit.
 */
readonly edited: boolean
/**
 * How often the appliances looked.
 */
readonly cadence: string
readonly software: LabSoftware
/**
 * The machines, by name.
 */
readonly machines: readonly LabMachine[]
/**
 * Every drill on every machine, by drill and machine.
 */
readonly drills: readonly LabDrill[]
}
/**
 * What was tried.
 */
export interface LabSoftware {
/**
 * A short word for machines: letters, digits and . _ : + -, at most 64 characters.
 */
readonly compline: string
/**
 * A short word for machines: letters, digits and . _ : + -, at most 64 characters.
 */
readonly node: string
}
/**
 * One machine: a system booted by systemd in a container.
 */
export interface LabMachine {
/**
 * A name: lower-case letters, digits and inner hyphens, at most 63 characters, no Windows device name.
 */
readonly name: string
/**
 * What it calls itself, such as Debian GNU/Linux 12 (bookworm).
 */
readonly system: string
/**
 * Release of the kernel, which it shares with the machine that runs the lab.
 */
readonly kernel: string
/**
 * Version of the package systemd.
 */
readonly systemd: string
/**
 * Version of the package openssh-server.
 */
readonly openssh: string
}
/**
 * One drill on one machine.
 */
export interface LabDrill {
/**
 * A name: lower-case letters, digits and inner hyphens, at most 63 characters, no Windows device name.
 */
readonly name: string
/**
 * A name: lower-case letters, digits and inner hyphens, at most 63 characters, no Windows device name.
 */
readonly check: string
/**
 * 32 bytes as 64 lower-case hexadecimal digits.
 */
readonly checkDigest: string
/**
 * The runbook that a rule names for it; null when a person mends it.
 */
readonly runbook: (Name | null)
/**
 * Digest of that runbook.
 */
readonly runbookDigest: (Hex64 | null)
/**
 * A name: lower-case letters, digits and inner hyphens, at most 63 characters, no Windows device name.
 */
readonly host: string
/**
 * healed: broken, signed as a fail, healed by the agent, signed as a pass, and what the runbook does is idempotent and was undone. escalated: broken and signed as a fail; no rule heals it, nothing was healed, and a person was told. not_run: what it needs is not there.
 */
readonly outcome: ("healed" | "escalated" | "failed" | "not_run")
/**
 * Why it failed or was not run; null otherwise.
 */
readonly reason: (Prose | null)
/**
 * Milliseconds that breaking it took; null when it was not broken.
 */
readonly brokenMs: (number | null)
/**
 * Milliseconds from when breaking it began until signed evidence said fail; null when none did.
 */
readonly detectedMs: (number | null)
/**
 * Milliseconds from when breaking it began until signed evidence said that it was healed and passes; null when none did.
 */
readonly healedMs: (number | null)
/**
 * How many heals were tried.
 */
readonly attempts: number
/**
 * Whether the machine's files were afterwards, byte for byte, what they were before the runbook (or, for escalated, before the drill); null when that was not tried.
 */
readonly undone: (boolean | null)
}
