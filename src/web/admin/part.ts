import type { z } from 'zod';
import type { FactorName, Form } from '../../domain/factor.ts';
import type { listEvents } from '../../flows/administration/audit/list.ts';
import type { verifyAudit } from '../../flows/administration/audit/verify.ts';
import type { clientRecipes } from '../../flows/administration/clients/recipes.ts';
import type { FieldFault } from '../../flows/administration/refusal.ts';
import type { Scope } from '../../flows/administration/scopes.ts';
import type { account, accountSummary, role } from '../../flows/administration/shapes/account.ts';
import type { client, clientKind, clientSummary, clientTest } from '../../flows/administration/shapes/client.ts';
import type { organization, organizationSummary } from '../../flows/administration/shapes/organization.ts';
import type { signingKey } from '../../flows/administration/shapes/signing-key.ts';

/** The parts of the console, in the order in which they are offered. */
export const sections = ['organizations', 'people', 'clients', 'keys', 'audit', 'system'] as const;
export type Section = (typeof sections)[number];

/** What people are told at the top of a page that they come to after a change. */
export const said = ['saved', 'created', 'removed', 'sent', 'lifted', 'ended', 'proved'] as const;
export type Said = (typeof said)[number];

/** What every page of the console has. */
export interface AdminFrame {
  /** Address of the first page. */
  readonly home: string;
  readonly signOut: string;
  /** The person's own page. */
  readonly ownPage: string;
  readonly role: z.output<typeof role>;
  /** The parts that this person has any use for. */
  readonly sections: readonly Section[];
  /** Where the page belongs. */
  readonly section?: Section;
  /** What the last change led to: `admin.said.<said>`. */
  readonly said?: Said;
  /** Why nothing was changed: `admin.refusal.<code>`. */
  readonly refusal?: string;
  /** What is wrong with what was typed, by field. */
  readonly faults: Readonly<Record<FieldFault['field'], FieldFault['reason']>>;
  /** What was typed, where it was not accepted: nothing of it is lost. */
  readonly typed?: Form;
  /** The same, of a form beside the one that the page is about. */
  readonly typedBeside?: Form;
  /** Where to prove a second factor again, where that is what is missing. */
  readonly prove?: string;
}

/** A page of a list, and where the pages beside it are. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  /** Address of the page after it. */
  readonly next?: string;
  /** What was searched for. */
  readonly prefix: string;
}

/** What the pages under views/admin show; which of these each one reads is for its name to say. */
export interface AdminPart extends AdminFrame {
  readonly organizations?: Listed<z.output<typeof organizationSummary>>;
  readonly organization?: z.output<typeof organization>;
  /** Second factors of the deployment, and the classes that a sign-in may have to reach. */
  readonly methods?: readonly FactorName[];
  readonly acrs?: readonly string[];
  /** How many can sign in, and how many of them have no second factor yet. */
  readonly readiness?: { readonly people: number; readonly withoutFactor: number };
  readonly people?: Listed<z.output<typeof accountSummary>>;
  readonly person?: z.output<typeof account>;
  /** The roles that may be given. */
  readonly roles?: readonly z.output<typeof role>[];
  /** The person is not above whoever looks. */
  readonly governs?: boolean;
  /** What has just been made, and is shown once. */
  readonly handed?: Handed;
  readonly clients?: Listed<z.output<typeof clientSummary>>;
  readonly client?: z.output<typeof client>;
  /** Of an application that is yet to be. */
  readonly kind?: z.output<typeof clientKind>;
  /** Codes of the organizations whose people may sign in at it, and of the one that it administers. */
  readonly codes?: readonly string[];
  readonly administersCode?: string;
  /** What a service may be granted. */
  readonly scopes?: readonly Scope[];
  /** Configuration of an application, for the libraries that most people use. */
  readonly recipes?: z.output<(typeof clientRecipes)['output']>['recipes'];
  /** What came of trying a sign-in at `client`; without it, the trial is over or not theirs. */
  readonly tested?: z.output<(typeof clientTest)['result']>;
  readonly keys?: readonly z.output<typeof signingKey>[];
  readonly events?: ListedEvents;
  /** Where test mail may go. */
  readonly ownAddress?: string;
  readonly verified?: z.output<(typeof verifyAudit)['output']>;
}

/** Events, with what they were looked for by. */
export interface ListedEvents {
  readonly items: z.output<(typeof listEvents)['output']>['items'];
  /** Address of the page after it. */
  readonly next?: string;
  /** As it was typed. */
  readonly filter: Readonly<Record<string, string>>;
  /** The same as the query of an address. */
  readonly query: string;
}

/** Something that is for one person alone: a code, a link, a secret. */
export interface Handed {
  /** What it is: `admin.handed.<kind>`. */
  readonly kind: 'permit' | 'link' | 'secret';
  readonly value: string;
  /** Milliseconds since the Unix epoch. */
  readonly until?: number;
}
