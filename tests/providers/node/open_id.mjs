// A certified OpenID Connect provider (panva/oidc-provider) with our login page. Usage: node open_id.mjs SETTINGS.json
import { createServer } from "node:http";
import Provider from "oidc-provider";
import { html, page, recognised, relying, sent, serve, settings, somebody } from "./login.mjs";

const provider = new Provider(settings.issuer, {
  clients: [
    {
      client_id: settings.client_id,
      client_secret: settings.client_secret,
      redirect_uris: ["http://localhost/never"],
    },
  ],
  pkce: { required: () => true },
  claims: { openid: ["sub", "amr"], email: ["email", "email_verified"] },
  cookies: { keys: [settings.client_secret] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  // The district's own staff aren't asked whether they agree to sign in.
  async loadExistingGrant(context) {
    const { client, session, params } = context.oidc;
    const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope(params.scope);
    await grant.save();
    return grant;
  },
  async findAccount(_context, login) {
    const known = somebody(login);
    if (known === undefined) return undefined;
    const { password: _password, amr: _amr, ...claims } = known;
    return { accountId: login, claims: async () => ({ sub: login, ...claims }) };
  },
});

provider.Client.prototype.redirectUriAllowed = (address) => relying().come_back === address;
// Only a fault of ours is worth reading in a test's output.
provider.on("server_error", (_context, error) => console.error(error));

const answer = provider.callback();

const interact = async (request, response) => {
  if (request.method !== "POST") return html(response, page(settings.name, request.url));
  const { login, password } = await sent(request);
  const known = recognised(login, password);
  if (known === undefined) return html(response, page(settings.name, request.url, {}, "Wrong account or password"), 401);
  const result = { login: { accountId: login, amr: known.amr ?? ["pwd"] } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
};

serve(
  createServer((request, response) =>
    request.url.startsWith("/interaction/") ? interact(request, response) : answer(request, response),
  ),
);
