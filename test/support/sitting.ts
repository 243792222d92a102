import type { Form } from '../../src/domain/factor.ts';
import type { SignInRequest } from '../../src/domain/sign-in-request.ts';
import { stepName } from '../../src/domain/step.ts';
import type { SignIn } from '../../src/flows/sign-in/index.ts';
import type { Screen, Visitor } from '../../src/flows/sign-in/screen.ts';
import { PASSWORD } from './seed.ts';
import { newRequest, visitor } from './world.ts';

/** Somebody in front of one sign-in: sees a page, and answers it as its form would. */
export class Sitting {
  readonly request: SignInRequest;
  readonly #signIn: SignIn;
  #visitor: Visitor;
  #screen: Screen | undefined;

  constructor(signIn: SignIn, request: Partial<SignInRequest> = {}, from: Partial<Visitor> = {}) {
    this.#signIn = signIn;
    this.request = newRequest(request);
    this.#visitor = { ...visitor, ...from };
  }

  /** Secrets of permits that the browser keeps: pass them on to who sits down at the same one. */
  get permits(): readonly string[] {
    return this.#visitor.permits ?? [];
  }

  /** Secrets of the remembered devices that the browser is. */
  get devices(): readonly string[] {
    return this.#visitor.devices ?? [];
  }

  async look(): Promise<Screen> {
    return this.#see(await this.#signIn.show(this.request, this.#visitor));
  }

  #see(screen: Screen): Screen {
    this.#screen = screen;
    if (screen.permit !== undefined) {
      this.#visitor = { ...this.#visitor, permits: [screen.permit.secret, ...this.permits] };
    }
    if (screen.devices !== undefined) this.#visitor = { ...this.#visitor, devices: screen.devices };
    return screen;
  }

  /** Answers the page last seen. */
  async answer(form: Form): Promise<Screen> {
    const { step, bound = '' } = this.#screen ?? (await this.look());
    return this.#see(await this.#signIn.answer(this.request, this.#visitor, { step: stepName(step), bound, ...form }));
  }

  /** Posts to this sign-in without having seen its page. */
  post(form: Form): Promise<Screen> {
    return this.#signIn.answer(this.request, this.#visitor, form);
  }

  password(username: string, office: string, password = PASSWORD): Promise<Screen> {
    return this.answer({ username, office, password });
  }

  code(code: string): Promise<Screen> {
    return this.answer({ code });
  }
}
