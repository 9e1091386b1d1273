import { main } from "./cli/program.ts";

// Sockets that are kept alive would hold the process for seconds.
process.exit(await main(process.argv.slice(2)));
