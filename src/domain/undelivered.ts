/**
 * Why a message was not sent:
 * - `limited`: one more would exceed what may be sent
 * - `refused`: the gateway will not send it (number, credit, content): trying again is useless
 * - `unreachable`: the gateway did not answer, or said to come back later
 */
export type UndeliveredReason = 'limited' | 'refused' | 'unreachable';

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
