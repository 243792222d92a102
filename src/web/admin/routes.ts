import Router from 'koa-router';
import { CONSOLE_FRESH } from '../../domain/own-page.ts';
import { TRIAL_PLACE, TRIAL_TIME } from '../../oidc/trial-provider.ts';
import { downloadEvents, showAudit } from './audit.ts';
import { showTest, takeTest } from './client-test.ts';
import {
  showClients,
  showNewClient,
  showOneClient,
  showRecipes,
  takeClient,
  takeClientRemoval,
  takeNewClient,
  takeSecret,
} from './clients.ts';
import { showKeys, takeKeys } from './keys.ts';
import { takeOrganizationClient } from './organization-clients.ts';
import {
  showNewOrganization,
  showOneOrganization,
  showOrganizations,
  takeNewOrganization,
  takeOrganization,
} from './organizations.ts';
import { showOverview, showProved } from './overview.ts';
import { showNewPerson, showPeople, takeNewPerson } from './people.ts';
import { showPerson, takeData, takeErasure, takeHelp, takePerson, takePhone } from './person.ts';
import { showSystem, takeTestMail, takeTestSms, takeVerification } from './system.ts';
import { type Again, type ConsoleNeeds, FILLING, goTo, type Posted, showing, taking, type Visit } from './visit.ts';

/** Below `/admin`. */
const TEST_PLACE = TRIAL_PLACE.slice('/admin'.length);

type Show = (visit: Visit, again?: Again) => Promise<void>;
type Take = (posted: Posted) => Promise<void>;

/** A page of the console. */
interface ConsolePage {
  /** Below `/admin`. */
  readonly path: string;
  readonly show: Show;
  /** Takes the form of the page. */
  readonly take?: Take;
  /** Further forms of the page, by what is added to its path. */
  readonly forms?: Readonly<Record<string, Take>>;
  /** How old a proof may be, in milliseconds, where somebody comes back from a form that has asked for a fresh one. */
  readonly freshness?: number;
}

/** Every page there is. */
export const consolePages: readonly ConsolePage[] = [
  { path: '', show: showOverview },
  // `forms` asks for a fresh proof, where there is none to fill in, too.
  { path: '/prove', show: showProved, forms: {} },
  { path: '/organizations', show: showOrganizations },
  { path: '/organizations/new', show: showNewOrganization, take: takeNewOrganization },
  {
    path: '/organizations/:id',
    show: showOneOrganization,
    take: takeOrganization,
    forms: { clients: takeOrganizationClient },
  },
  { path: '/people', show: showPeople },
  { path: '/people/new', show: showNewPerson, take: takeNewPerson },
  {
    path: '/people/:id',
    show: showPerson,
    take: takePerson,
    forms: { phone: takePhone, help: takeHelp, data: takeData, erase: takeErasure },
  },
  { path: '/clients', show: showClients },
  { path: '/clients/new', show: showNewClient, take: takeNewClient },
  {
    path: '/clients/:id',
    show: showOneClient,
    take: takeClient,
    forms: { secret: takeSecret, remove: takeClientRemoval, test: takeTest },
  },
  { path: '/clients/:id/recipes', show: showRecipes },
  { path: TEST_PLACE, show: showTest, forms: {}, freshness: CONSOLE_FRESH + FILLING + TRIAL_TIME },
  { path: '/keys', show: showKeys, take: takeKeys },
  { path: '/audit', show: showAudit },
  { path: '/audit/export', show: downloadEvents },
  { path: '/system', show: showSystem, forms: { mail: takeTestMail, sms: takeTestSms, verify: takeVerification } },
];

/** The console, where administrators work. */
export function consoleRoutes(needs: ConsoleNeeds): Router {
  const router = new Router();
  router.get('/admin/callback', async (ctx) => {
    ctx.state.route = 'admin.callback';
    const back = await needs.door.comeBack(ctx);
    if (back?.session !== undefined) return goTo({ ctx, needs }, back.errand.returnTo);
    // Who gave up is not asked again at once.
    ctx.status = 303;
    ctx.redirect(`${needs.base}/`);
  });
  // Of oidc-provider: these two show nothing of the console.
  router.get(`${TRIAL_PLACE}/auth`, needs.trials.answer);
  router.get(`${TRIAL_PLACE}/auth/:uid`, needs.trials.answer);
  for (const { path, show, take, forms, freshness = CONSOLE_FRESH } of consolePages) {
    const place = { route: routeOf(path), freshness };
    // Whoever fills a form in shall not be stopped half-way: the proof is asked for first.
    const asked = { ...place, form: take !== undefined || forms !== undefined };
    router.get(`/admin${path}`, showing(needs, asked, show));
    if (take) router.post(`/admin${path}`, taking(needs, { ...place, beside: false }, { take, again: show }));
    for (const [name, takeOne] of Object.entries(forms ?? {})) {
      const beside = { ...place, route: `${place.route}.${name}`, beside: true };
      router.post(`/admin${path}/${name}`, taking(needs, beside, { take: takeOne, again: show }));
      // Who is led through the front door first comes back here.
      router.get(`/admin${path}/${name}`, (ctx) => goTo({ ctx, needs }, ctx.path.slice(0, -name.length - 1)));
    }
  }
  return router;
}

/** As the log names it: `admin.people`. */
function routeOf(path: string): string {
  return `admin${path.replaceAll('/:id', '').replaceAll('/', '.')}`;
}
