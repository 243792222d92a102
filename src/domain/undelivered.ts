/**
 * Why a message was not sent, or may not have been:
 * - `limited`: one more would exceed what may be sent
 * - `refused`: the gateway will not send it (number, credit, content), or the deployment sends nothing there: trying again is useless
 * - `unreachable`: the gateway did not answer, or said to come back later; nothing was sent
 * - `unknown`: the gateway had the message and did not say what became of it. It may yet arrive, so nothing and nobody else sends it
 */
export type UndeliveredReason = 'limited' | 'refused' | 'unreachable' | 'unknown';

/** A message that was not sent. Carries no number, text or credential. */
export class Undelivered extends Error {
  readonly reason: UndeliveredReason;
  /** Status or code of the gateway's answer, for the log. */
  readonly detail?: string;

  constructor(reason: UndeliveredReason, detail?: string) {
    super(detail === undefined ? reason : `${reason}: ${detail}`);
    this.name = 'Undelivered';
    this.reason = reason;
    if (detail !== undefined) this.detail = detail;
  }
}
