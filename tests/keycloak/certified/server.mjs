// A certified OpenID Connect provider (npm oidc-provider) with the pages that the tests fill in: a password, and a code
// where a level is asked for. What it must know stands in CONFIG; POST /people, /leave and /forget are the tests' own.
import { createHmac, generateKeyPairSync, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import Provider, { errors, interactionPolicy } from 'oidc-provider';

const config = JSON.parse(process.env.CONFIG);
const people = new Map(); // by name: { sub, name, email, verified, password, seed, enabled }
const sessions = new Map(); // by id: { accountId, sids }
let forgetful = false; // takes no notice of levels, as many a provider does not

const bySub = (sub) => [...people.values()].find((one) => one.sub === sub && one.enabled);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const policy = interactionPolicy.base();
const levels = policy.get('login').checks.get('essential_acrs');
const asked = levels.check;
levels.check = (ctx) => (forgetful ? interactionPolicy.Check.NO_NEED_TO_PROMPT : asked(ctx));

const provider = new Provider(config.issuer, {
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'first', use: 'sig', alg: 'RS256' }] },
  clients: [{
    client_id: config.clientId, client_secret: config.clientSecret, grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`${config.backTo}/sign-in/return`], post_logout_redirect_uris: [`${config.backTo}/sign-in`],
    backchannel_logout_uri: `${config.backTo}/sign-in/back-channel`, backchannel_logout_session_required: true,
    require_auth_time: true,
  }],
  scopes: ['openid', 'profile', 'email'],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], acr: null, auth_time: null, iss: null, sid: null },
  acrValues: ['password', 'otp'],
  features: {
    devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, claimsParameter: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  pkce: { required: () => true },
  interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: [randomUUID()] },
  fetch: (url, { dispatcher, ...options }) => fetch(url, options), // the listener of the tests is on this machine
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
  async findAccount(_ctx, sub) {
    const one = bySub(sub);
    return one && { accountId: sub, claims: async () => ({ sub, email: one.email, email_verified: one.verified }) };
  },
  async loadExistingGrant(ctx) {
    const known = ctx.oidc.session.grantIdFor(ctx.oidc.client.clientId);
    const kept = known && await ctx.oidc.provider.Grant.find(known);
    const grant = kept || new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile email');
    grant.addOIDCClaims(['email', 'email_verified', 'acr']);
    await grant.save();
    return grant;
  },
  renderError(ctx, out) {
    ctx.type = 'text/plain';
    ctx.body = `${out.error}: ${out.error_description}`;
  },
});
provider.on('session.saved', (session) => {
  if (session.accountId) sessions.set(session.jti, { accountId: session.accountId, sid: session.sidFor(config.clientId) });
});
provider.on('session.destroyed', (session) => sessions.delete(session.jti));
provider.on('server_error', (_ctx, error) => console.error(error));

function code(seed, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const made = createHmac('sha1', seed).update(counter).digest();
  return String((made.readUInt32BE(made[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

function shows(seed, typed) {
  const now = Math.floor(Date.now() / 30_000);
  return [now - 1, now, now + 1].some((step) => {
    const right = Buffer.from(code(seed, step));
    return typed.length === right.length && timingSafeEqual(Buffer.from(typed), right);
  });
}

async function body(req) {
  let text = '';
  for await (const part of req) text += part;
  return text;
}

function page(res, action, fields, words = '') {
  const inputs = fields.map((name) => `<label>${name} <input name="${name}"></label>`).join('');
  res.writeHead(200, { 'content-type': 'text/html' });
  res.end(`<!doctype html><title>Sign in</title><p>${words}</p><form method="post" action="${action}">${inputs}<button>Go on</button></form>`);
}

async function interaction(req, res) {
  const details = await provider.interactionDetails(req, res);
  const { prompt, session, params, lastSubmission } = details;
  const level = !forgetful && JSON.parse(params.claims ?? '{}').id_token?.acr?.values?.includes('otp');
  const known = session && !prompt.reasons.some((why) => ['login_prompt', 'max_age', 'no_session'].includes(why));
  const shown = known ? bySub(session.accountId) : undefined;
  if (req.method === 'GET') return page(res, req.url, [...(shown ? [] : ['username', 'password']), ...(level ? ['otp'] : [])]);
  const typed = new URLSearchParams(await body(req));
  const one = shown ?? people.get(typed.get('username'));
  const right = one?.enabled && (shown || one.password === typed.get('password')) && (!level || shows(one.seed, typed.get('otp') ?? ''));
  if (!right) return page(res, req.url, [...(shown ? [] : ['username', 'password']), ...(level ? ['otp'] : [])], 'Wrong.');
  const acr = forgetful ? undefined : (level ? 'otp' : 'password');
  return provider.interactionFinished(req, res, { ...lastSubmission, login: { accountId: one.sub, acr } });
}

async function ofTheTests(req, res) {
  if (req.headers.authorization !== config.testSecret) { res.writeHead(403).end(); return; }
  const told = JSON.parse((await body(req)) || '{}');
  if (req.url === '/people') {
    people.set(told.name, { sub: randomUUID(), enabled: true, ...people.get(told.name), ...told });
    res.end(people.get(told.name).sub);
    return;
  }
  if (req.url === '/forget') forgetful = told.levels;
  if (req.url === '/leave') {
    const client = await provider.Client.find(config.clientId);
    for (const [id, session] of sessions) {
      if (session.accountId !== people.get(told.name)?.sub) continue;
      sessions.delete(id);
      await (await provider.Session.adapter.find(id) && provider.Session.adapter.destroy(id));
      if (session.sid) await client.backchannelLogout(session.accountId, session.sid);
    }
  }
  res.end();
}

const answer = provider.callback();
createServer((req, res) => {
  const mine = req.url.startsWith('/interaction/') ? interaction : ['/people', '/leave', '/forget'].includes(req.url) && ofTheTests;
  if (!mine) { answer(req, res); return; }
  mine(req, res).catch((error) => {
    console.error(error);
    res.writeHead(error instanceof errors.OIDCProviderError ? error.status : 500).end(error.message);
  });
}).listen(config.port, '127.0.0.1', () => console.log('up'));
