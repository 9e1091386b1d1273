import { hash, X509Certificate } from "node:crypto";
import { Agent, type AgentOptions } from "node:https";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connect, type TLSSocket } from "node:tls";
import { AgentError } from "../errors.ts";

type Done = (error: Error | null, stream: Duplex) => void;

/**
 * Connections to whoever holds the key of one certificate, and to nobody else: no authority of this machine is asked,
 * and neither name nor dates of what is shown count, as with DANE-EE (RFC 7671 section 5.1). So a renewed certificate
 * of the same key is good, and a box whose clock is years off is not locked out. TLS 1.3 shows that the other side
 * holds the key; only then is the connection handed out, so that nothing is ever sent to another.
 */
export class PinnedAgent extends Agent {
  readonly #pin: string;

  /** `certificate` is PEM. */
  constructor(certificate: string) {
    super({ keepAlive: true });
    this.#pin = pinOf(new X509Certificate(certificate));
  }

  override createConnection(options: AgentOptions, done?: Done): undefined {
    if (done === undefined) throw new Error("unreachable: node passes a callback");
    const host = options.host ?? "";
    const socket = connect({
      host,
      port: Number(options.port),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      minVersion: "TLSv1.3",
      // The key is judged below, and nothing else.
      rejectUnauthorized: false,
    });
    const failed = (error: Error): void => done(error, socket);
    socket.once("error", failed);
    socket.once("secureConnect", () => {
      socket.off("error", failed);
      const shown = shownBy(socket);
      if (shown === this.#pin) done(null, socket);
      else socket.once("error", failed).destroy(otherKey(shown));
    });
  }
}

/** What a certificate is pinned by: SHA-256 of its public key (SubjectPublicKeyInfo), in hex. */
function pinOf(certificate: X509Certificate): string {
  return hash("sha256", certificate.publicKey.export({ type: "spki", format: "der" }), "hex");
}

function shownBy(socket: TLSSocket): string | null {
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? null : pinOf(certificate);
}

function otherKey(shown: string | null): AgentError {
  return new AgentError(
    "CONTROLLER_IDENTITY",
    `the controller shows another key (${shown ?? "none"}) than the one pinned at enrolment`,
  );
}
