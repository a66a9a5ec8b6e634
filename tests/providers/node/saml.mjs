// A SAML 2.0 identity provider (samlify) with our login page. Usage: node saml.mjs SETTINGS.json
import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import * as samlify from "samlify";
import { html, page, recognised, relying, sent, serve, settings } from "./login.mjs";

const { Constants, SamlLib } = samlify.default ?? samlify;
const { IdentityProvider, ServiceProvider, setSchemaValidator } = samlify.default ?? samlify;
const binding = Constants.namespace.binding;
const MINUTE = 60_000;
const ATTRIBUTES = [
  { name: "urn:oid:0.9.2342.19200300.100.1.3", valueTag: "email" },
  { name: "urn:oasis:names:tc:SAML:attribute:subject-id", valueTag: "subject" },
].map((one) => ({ ...one, nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:uri", valueXsiType: "xs:string" }));

// The requests come from our own tests; the shape of what we answer is checked by whom we answer.
setSchemaValidator({ validate: async () => "not checked" });

const idp = IdentityProvider({
  entityID: settings.issuer,
  signingCert: settings.certificate,
  privateKey: settings.key,
  isAssertionEncrypted: false,
  requestSignatureAlgorithm: Constants.algorithms.signature.RSA_SHA256,
  nameIDFormat: ["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"],
  singleSignOnService: [{ Binding: binding.redirect, Location: `${settings.issuer}/sign-on` }],
  loginResponseTemplate: { context: SamlLib.defaultLoginResponseTemplate.context, attributes: ATTRIBUTES },
});

const spOf = (acs) =>
  ServiceProvider({
    entityID: relying().our_name,
    wantAssertionsSigned: true,
    assertionConsumerService: [{ Binding: binding.post, Location: acs }],
  });

const filled = (known, login, request, acs) => (template) => {
  const now = Date.now();
  const at = (minutes) => new Date(now + minutes * MINUTE).toISOString();
  const id = `_${randomUUID()}`;
  const context = SamlLib.replaceTagsByValue(
    template.replace(
      "{AuthnStatement}",
      `<saml:AuthnStatement AuthnInstant="${at(0)}" SessionIndex="${id}"><saml:AuthnContext><saml:AuthnContextClassRef>` +
        `${known.context ?? "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"}` +
        "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>",
    ),
    {
      ID: id,
      AssertionID: `_${randomUUID()}`,
      Destination: acs,
      Audience: relying().our_name,
      Issuer: settings.issuer,
      IssueInstant: at(0),
      StatusCode: Constants.StatusCode.Success,
      ConditionsNotBefore: at(-1),
      ConditionsNotOnOrAfter: at(5),
      SubjectConfirmationDataNotOnOrAfter: at(5),
      SubjectRecipient: acs,
      NameIDFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
      NameID: login,
      InResponseTo: request.id,
      attrEmail: known.email,
      attrSubject: login,
    },
  );
  return { id, context };
};

const signOn = async (request, response, query) => {
  const asked = request.method === "POST" ? await sent(request) : query;
  const again = { SAMLRequest: asked.SAMLRequest, RelayState: asked.RelayState ?? "" };
  const known = request.method === "POST" ? recognised(asked.login, asked.password) : undefined;
  if (known === undefined) return html(response, page(settings.name, "/sign-on", again));
  const acs = relying().come_back;
  const sp = spOf(acs);
  const { extract } = await idp.parseLoginRequest(sp, "redirect", { query: { SAMLRequest: asked.SAMLRequest } });
  const { context } = await idp.createLoginResponse(
    sp,
    { extract },
    "post",
    known,
    filled(known, asked.login, extract.request, acs),
  );
  return html(response, posting(acs, { SAMLResponse: context, RelayState: again.RelayState }));
};

const posting = (action, fields) => `<!doctype html><html lang="en"><head><title>Going on</title></head><body>
<form method="post" action="${action}">
${Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`).join("")}
<button>Go on</button></form><script>document.forms[0].submit()</script></body></html>`;

serve(
  createServer(async (request, response) => {
    const address = new URL(request.url, settings.issuer);
    if (address.pathname === "/metadata") {
      response.writeHead(200, { "content-type": "application/samlmetadata+xml" });
      return response.end(idp.getMetadata());
    }
    if (address.pathname === "/sign-on") return signOn(request, response, Object.fromEntries(address.searchParams));
    return html(response, "not here", 404);
  }),
);
