/** The controller's process: compile cache on, then main. Started by `compline start`, or by an init system. */
import { enableCompileCache } from "node:module";

enableCompileCache();
await import("../src/main.ts");
