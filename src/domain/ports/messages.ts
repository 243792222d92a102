/** A text message (SMS). */
export interface TextMessage {
  /** E.164. */
  readonly to: string;
  readonly text: string;
  /** The same for every try of one message: a gateway that can, sends it once. */
  readonly id: string;
}

/** Sends text messages. */
export interface SmsGateway {
  /** For logs and metrics. */
  readonly name: string;
  /**
   * Resolves when the gateway took the message.
   * @throws {Undelivered} when it did not, with what may be tried: never with the number, the text or a credential
   */
  send(message: TextMessage): Promise<void>;
}

/** Sends text messages within the limits, by whichever gateway takes them: the one way to send any. */
export interface TextMessages {
  /**
   * Counts the sending against every limit, then sends once.
   * @throws {Undelivered} when nothing was sent, or nobody knows whether it was
   */
  send(outgoing: OutgoingText): Promise<void>;
}

/** A text message, and whom it is counted against. */
export interface OutgoingText extends Sending, Pick<TextMessage, 'text' | 'id'> {}

/** Whom a sending is counted against. */
export interface Sending {
  readonly account: string;
  /** E.164. */
  readonly number: string;
  /** Of the visitor who asked for it. */
  readonly address: string;
}

/** A sending, and the country it goes to: ISO 3166-1 alpha-2, as the number tells. */
export interface CountedSending extends Sending {
  readonly destination: string;
}

/** How much may be sent, over every route that sends. Counted before sending; a limit that cannot be checked is exceeded. */
export interface SendingLimits {
  /** Takes one sending from every limit, or nothing at all and which limit is exceeded. Never rejects. */
  take(
    sending: CountedSending,
  ): Promise<{ readonly granted: true } | { readonly granted: false; readonly limit: SendingLimit }>;
}

/** How much may be sent, by what it is counted for. Counted before sending; a limit that cannot be checked is exceeded. */
export interface Limits<Subject extends string> {
  /** Takes one from every limit, or nothing at all and which limit is exceeded. Never rejects. */
  take(
    counted: Readonly<Record<Subject, string>>,
  ): Promise<{ readonly granted: true } | { readonly granted: false; readonly limit: Subject | 'unknown' }>;
}

/** How much may be sent to, for or by one of something. */
export interface SendingRule {
  readonly most: number;
  /** Milliseconds from the first sending that counts. */
  readonly within: number;
}

/** What is counted. `unknown`: whether a limit is exceeded could not be found out. */
export type CountedSubject = 'account' | 'number' | 'address' | 'destination' | 'deployment';
export type SendingLimit = CountedSubject | 'unknown';
