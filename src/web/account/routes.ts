import Router from 'koa-router';
import { emailRoutes } from '../email.ts';
import { showActivity } from './activity.ts';
import { showApplications, takeBack } from './applications.ts';
import { sendData, showData } from './data.ts';
import { forgetDevices } from './devices.ts';
import { emailPage } from './email.ts';
import { changeMethods, finishMethods, showMethods } from './methods.ts';
import { chooseLanguage, showOverview } from './overview.ts';
import { showPassword, takePassword } from './password.ts';
import { endSessions, showSessions } from './sessions.ts';
import { type AccountRouteNeeds, goTo, showing, taking } from './visit.ts';

/** The page where people look after their own account, and what leads to it. */
export function accountRoutes(needs: AccountRouteNeeds): Router {
  const router = new Router();
  const overview = { place: '/account', fresh: false };
  router.get('/account', showing(needs, overview, showOverview));
  router.get('/account/callback', async (ctx) => {
    ctx.state.route = 'account.callback';
    const back = await needs.door.comeBack(ctx);
    // Who gave up is not asked again at once.
    const { account: page, sessions } = needs;
    const session = back?.session ?? (await sessions.find(ctx));
    const isIn = session !== undefined && (await page.admits(session, false));
    if (!isIn) return goTo({ ctx, needs }, '/');
    if (back?.session === undefined) return goTo({ ctx, needs }, '/account');
    const visit = { ctx, needs, session: back.session };
    if (back.errand.instead !== undefined) return finishMethods(visit, back);
    goTo(visit, back.errand.returnTo);
  });
  const methods = { place: '/account/methods', fresh: true };
  router.get('/account/methods', showing(needs, methods, showMethods));
  router.post('/account/methods', taking(needs, methods, changeMethods));
  router.get('/account/sessions', showing(needs, { place: '/account/sessions', fresh: false }, showSessions));
  router.post('/account/sessions', taking(needs, { place: '/account/sessions', fresh: true }, endSessions));
  const applications = '/account/applications';
  router.get(applications, showing(needs, { place: applications, fresh: false }, showApplications));
  router.post(applications, taking(needs, { place: applications, fresh: true }, takeBack));
  router.post('/account/devices', taking(needs, { place: '/account/sessions', fresh: true }, forgetDevices));
  router.get('/account/activity', showing(needs, { place: '/account/activity', fresh: false }, showActivity));
  const data = { place: '/account/data', fresh: true };
  router.get('/account/data', showing(needs, data, showData));
  router.post('/account/data', taking(needs, data, sendData));
  if (needs.account.email) {
    const email = { place: '/account/email', fresh: true };
    const page = emailPage(needs.account.email);
    router.get('/account/email', showing(needs, email, page.show));
    router.post('/account/email', taking(needs, email, page.take));
    router.use(emailRoutes({ ...needs, email: needs.account.email }).routes());
  }
  if (needs.account.changePassword) {
    const password = { place: '/account/password', fresh: true };
    router.get('/account/password', showing(needs, password, showPassword));
    router.post('/account/password', taking(needs, password, takePassword));
  }
  if (needs.account.chooseLanguage) {
    router.post('/account/language', taking(needs, overview, chooseLanguage));
  }
  return router;
}
