/** What is used of the package `smpp`, which brings no types. Names of commands and fields are those of SMPP 3.4. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer } from 'node:net';
  import type { SecureContextOptions } from 'node:tls';

  export type Fields = Readonly<Record<string, string | number | Buffer>>;

  export interface Pdu {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly interface_version?: number;
    readonly source_addr?: string;
    readonly source_addr_ton?: number;
    readonly source_addr_npi?: number;
    readonly dest_addr_ton?: number;
    readonly dest_addr_npi?: number;
    readonly destination_addr?: string;
    readonly data_coding?: number;
    readonly esm_class?: number;
    /** As it was decoded. */
    readonly short_message?: { readonly message: string; readonly udh?: readonly Buffer[] };
    response(fields?: Fields): Pdu;
  }

  export interface Session extends EventEmitter {
    /** False when the connection is closed: then nothing was written. */
    send(pdu: Pdu, onResponse?: (response: Pdu) => void): boolean;
    close(callback?: () => void): void;
    destroy(callback?: () => void): void;
  }

  export interface ConnectOptions extends SecureContextOptions {
    readonly host: string;
    readonly port: number;
    readonly tls: boolean;
    readonly servername?: string;
  }

  const smpp: {
    connect(options: ConnectOptions): Session;
    createServer(options: SecureContextOptions, onSession: (session: Session) => void): NetServer;
    readonly PDU: new (command: string, fields?: Fields) => Pdu;
  };
  export default smpp;
}
