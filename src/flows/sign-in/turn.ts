import type { Login } from '../../domain/login.ts';
import type { SignInRequest } from '../../domain/sign-in-request.ts';
import type { GivenPermit } from '../permits/give.ts';
import type { Needs } from './needs.ts';
import type { Problem, Visitor } from './screen.ts';
import type { Standing } from './standing.ts';
import type { Trail } from './trail.ts';

/** One request of one visitor, with where their login stands. */
export interface Turn {
  readonly needs: Needs;
  readonly request: SignInRequest;
  readonly visitor: Visitor;
  readonly trail: Trail;
  readonly standing: Standing;
}

/** What an answer leads to: a login that moved, or a problem; never both. */
export interface Move {
  readonly login?: Login;
  readonly problem?: Problem;
  /** An attempt was taken for this answer, and it was right. */
  readonly spent?: true;
  /** The ceremony of this step may have something to send, once the login is saved. */
  readonly deliver?: true;
  /** Digest of the name that was proved. */
  readonly recognised?: string;
  /** A permit that this answer earned. */
  readonly permit?: GivenPermit;
  /** The person does not want to be asked again in this browser, for so many days. */
  readonly remember?: number;
  /** What to remember in this browser: somebody does not want to be offered a factor again. */
  readonly postponed?: string;
}
