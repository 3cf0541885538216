// SPDX-License-Identifier: MIT
// msal.test.mjs - Microsoft's sign-in library for Node against the sandbox. Nothing of it is changed but the addresses.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import {
    AuthError, ClientAuthError, ConfidentialClientApplication, CryptoProvider, InteractionRequiredAuthError,
    PublicClientApplication, ServerError,
} from "@azure/msal-node";
import { press, pressUntilRedirect, Sandbox, trustOwnCertificate } from "./client_sandbox.mjs";

const certificate = await trustOwnCertificate(import.meta.url);

const WORKER = "worker@contoso.example";
const MANAGED = "managed@locked.example";
const PERSONAL = "someone@outlook.example";
const SCOPES = ["Contacts.Read"];
const REDIRECT = "http://localhost:53683";
const WEB_SUFFIX = "9", SINGLE_TENANT_SUFFIX = "a"; // last digit of other programs that are registered

let sandbox;

before(async () => {
    sandbox = await Sandbox.start("--tls", ...certificate, "--contacts", "5");
});

after(() => sandbox.stop());

beforeEach(() => sandbox.control("reset"));

// --- Helpers ---------------------------------------------------------------------------------

function configuration({ tenant = "common", suffix, ...auth } = {}) {
    const ours = sandbox.ready["microsoft.client_id"];
    return {
        auth: {
            clientId: suffix ? ours.slice(0, -1) + suffix : ours,
            authority: `${sandbox.url}/${tenant}`,
            // Whom to trust is part of the address: the library asks Microsoft's own host about others.
            knownAuthorities: [new URL(sandbox.url).host],
            ...auth,
        },
    };
}

function newProgram(auth) {
    return new PublicClientApplication(configuration(auth));
}

// Signs in as the library's documentation does it: it listens, opens the browser, and redeems the code.
function signIn(program, buttons, more = {}) {
    return program.acquireTokenInteractive({
        scopes: SCOPES, openBrowser: (url) => press(url, ...buttons).then(() => {}), ...more,
    });
}

function agree(person) {
    return [`person=${person}`, "action=accept"];
}

async function fails(promise, kind, expected) {
    await assert.rejects(promise, (error) => {
        assert.equal(error.constructor, kind, `${error.name} ${error.message}`);
        for (const [name, value] of Object.entries(expected)) {
            if (value instanceof RegExp)
                assert.match(error[name], value);
            else
                assert.equal(error[name], value, `${name} of ${error.name} ${error.message}`);
        }
        return true;
    });
}

const tokenRequests = async () => (await sandbox.requests("/oauth2/v2.0/token")).length;

// --- Code with PKCE, silent, refresh ---------------------------------------------------------------

test("signs in with a browser, then silently from its cache, then with the refresh token", async () => {
    const program = newProgram();
    const first = await signIn(program, agree(WORKER));
    assert.equal(first.account.username, WORKER);
    assert.equal(first.account.name, "Wren Ashdown");
    assert.equal(first.account.homeAccountId, `${first.idTokenClaims.oid}.${first.idTokenClaims.tid}`);
    assert.equal(first.tenantId, first.idTokenClaims.tid);
    assert.ok(first.scopes.includes("Contacts.Read"), first.scopes.join(" "));
    assert.ok(first.expiresOn > Date.now() + 55 * 60 * 1000);

    const asked = await tokenRequests();
    const second = await program.acquireTokenSilent({ scopes: SCOPES, account: first.account });
    assert.equal(second.fromCache, true);
    assert.equal(second.accessToken, first.accessToken);
    assert.equal(await tokenRequests(), asked);

    const third = await program.acquireTokenSilent({ scopes: SCOPES, account: first.account, forceRefresh: true });
    assert.equal(third.fromCache, false);
    assert.notEqual(third.accessToken, first.accessToken);
    assert.equal(third.account.homeAccountId, first.account.homeAccountId);
});

test("a token that ends within minutes is replaced without being asked to", async () => {
    await sandbox.control("tokens", { life_s: 120 });
    const program = newProgram();
    const first = await signIn(program, agree(WORKER));
    await sandbox.control("tokens", { life_s: 3600 });
    const second = await program.acquireTokenSilent({ scopes: SCOPES, account: first.account });
    assert.equal(second.fromCache, false);
    assert.notEqual(second.accessToken, first.accessToken);
});

test("what the library writes into a file works in another process", async () => {
    const one = newProgram();
    const { account } = await signIn(one, agree(WORKER));
    const other = newProgram();
    other.getTokenCache().deserialize(one.getTokenCache().serialize());
    const [found] = await other.getTokenCache().getAllAccounts();
    assert.equal(found.homeAccountId, account.homeAccountId);
    const tokens = await other.acquireTokenSilent({ scopes: SCOPES, account: found, forceRefresh: true });
    assert.equal(tokens.account.username, WORKER);
});

test("a code is redeemed by hand: state, nonce and challenge hold", async () => {
    const program = newProgram();
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const begin = async (more = {}) => {
        const url = await program.getAuthCodeUrl({
            scopes: SCOPES, redirectUri: REDIRECT, codeChallenge: challenge, codeChallengeMethod: "S256", state: "s-1",
            nonce: "n-1", loginHint: WORKER, ...more,
        });
        return Object.fromEntries(await pressUntilRedirect(url));
    };
    await sandbox.control("grant", { person: WORKER, scope: "openid profile offline_access Contacts.Read" });

    const redeem = (code, more = {}, payload = undefined) => program.acquireTokenByCode(
        { code, scopes: SCOPES, redirectUri: REDIRECT, codeVerifier: verifier, ...more }, payload);
    const back = await begin();
    await fails(redeem(back.code, { state: "s-2" }, back), ClientAuthError, { errorCode: "state_mismatch" });
    const tokens = await redeem(back.code, { state: "s-1" }, { ...back, nonce: "n-1" });
    assert.equal(tokens.idTokenClaims.nonce, "n-1");
    const other = await begin();
    await fails(redeem(other.code, { state: "s-1" }, { ...other, nonce: "n-2" }), ClientAuthError,
        { errorCode: "nonce_mismatch" });

    const wrong = (await begin()).code;
    await fails(redeem(wrong, { codeVerifier: "w".repeat(43) }), ServerError,
        { errorCode: "invalid_grant", errorNo: 501481, errorMessage: /AADSTS501481/ });
    const spent = (await begin()).code;
    await redeem(spent);
    await fails(redeem(spent), ServerError, { errorCode: "invalid_grant", errorNo: 54005 });
    await fails(redeem("no-such-code"), ServerError, { errorCode: "invalid_grant", errorNo: 9002313 });
});

test("a code comes in a form where one is asked for", async () => {
    await sandbox.control("grant", { person: WORKER, scope: "openid profile offline_access Contacts.Read" });
    const program = newProgram();
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const url = await program.getAuthCodeUrl({
        scopes: SCOPES, redirectUri: REDIRECT, codeChallenge: challenge, codeChallengeMethod: "S256",
        responseMode: "form_post", state: "s-1", loginHint: WORKER,
    });
    const page = await (await fetch(url)).text();
    assert.ok(page.includes(`action="${REDIRECT}/"`) || page.includes(`action="${REDIRECT}"`), page);
    const code = page.match(/name="code" value="([^"]+)"/)[1];
    const tokens = await program.acquireTokenByCode({
        code, scopes: SCOPES, redirectUri: REDIRECT, codeVerifier: verifier,
    });
    assert.equal(tokens.account.username, WORKER);
});

// --- Device code -------------------------------------------------------------------------------------

test("a device code: pending until the person has typed it, then tokens", async () => {
    const program = newProgram();
    let shown;
    const tokens = await program.acquireTokenByDeviceCode({
        scopes: SCOPES,
        deviceCodeCallback: (given) => {
            shown = given;
            // Later than the first poll, which the library sends at once.
            setTimeout(() => sandbox.control("device", { code: given.userCode, do: "approve", person: WORKER }), 1000);
        },
    });
    assert.equal(tokens.account.username, WORKER);
    assert.equal(shown.expiresIn, 900);
    assert.equal(shown.interval, 5);
    assert.ok(shown.message.includes(shown.userCode) && shown.message.includes(shown.verificationUri));
    const polls = await sandbox.requests("/oauth2/v2.0/token");
    assert.deepEqual(polls.map((poll) => poll.status), [400, 200]);
    assert.equal((await program.acquireTokenSilent({ scopes: SCOPES, account: tokens.account })).fromCache, true);
});

test("a device code that is declined, that expires, and that the program gives up", async () => {
    // Three at once: each takes as long as one poll.
    const begin = (then) => {
        const request = { scopes: SCOPES, deviceCodeCallback: (given) => setTimeout(() => then(given, request), 500) };
        return newProgram().acquireTokenByDeviceCode(request);
    };
    await Promise.all([
        fails(begin(({ userCode }) => sandbox.control("device", { code: userCode, do: "decline" })), AuthError,
            { errorCode: "post_request_failed", errorMessage: /authorization_declined/ }),
        fails(begin(({ userCode }) => sandbox.control("device", { code: userCode, do: "expire" })), AuthError,
            { errorCode: "post_request_failed", errorMessage: /expired_token/ }),
        fails(begin((given, request) => { request.cancel = true; }), ClientAuthError,
            { errorCode: "device_code_polling_cancelled" }),
    ]);
});

test("a device code that nobody types has ended when its own time says so", async (t) => {
    const program = newProgram();
    const now = Date.now();
    await fails(program.acquireTokenByDeviceCode({
        scopes: SCOPES,
        deviceCodeCallback: ({ expiresIn }) => {
            // The library looks at the clock after each poll; so that nobody waits, the clock goes ahead meanwhile.
            setTimeout(() => t.mock.method(Date.prototype, "getTime", () => now + (expiresIn + 60) * 1000), 1000);
        },
    }), ClientAuthError, { errorCode: "device_code_expired" });
});

// --- Permission taken back, and everything else that ends a refresh token ---------------------------------

test("consent that was taken back needs a person, who gives it again", async () => {
    const program = newProgram();
    const { account, accessToken } = await signIn(program, agree(WORKER));
    await sandbox.control("revoke", { person: WORKER });
    // What was issued lives on, as it does at Microsoft.
    assert.equal((await program.acquireTokenSilent({ scopes: SCOPES, account })).accessToken, accessToken);
    await fails(program.acquireTokenSilent({ scopes: SCOPES, account, forceRefresh: true }),
        InteractionRequiredAuthError,
        { errorCode: "invalid_grant", subError: "consent_required", errorNo: 65001, errorMessage: /^AADSTS65001: / });
    const again = await signIn(program, ["action=accept"], { account }); // the account is in the request: no picker
    assert.notEqual(again.accessToken, accessToken);
});

test("a personal account names no number of its own when consent was taken back", async () => {
    const program = newProgram();
    const { account } = await signIn(program, agree(PERSONAL));
    assert.equal(account.tenantId, "9188040d-6c67-4c5b-b112-36a304b66dad");
    await sandbox.control("revoke", { person: PERSONAL });
    await fails(program.acquireTokenSilent({ scopes: SCOPES, account, forceRefresh: true }), ServerError,
        { errorCode: "invalid_grant", errorNo: 70000 });
});

const REFUSALS = [
    // why, class, error, suberror, number
    ["password", ServerError, "invalid_grant", "", 50173],
    ["unused", ServerError, "invalid_grant", "", 700082],
    ["expired", ServerError, "invalid_grant", "token_expired", 70008],
    ["bad-token", InteractionRequiredAuthError, "invalid_grant", "bad_token", 70000],
    ["mfa", InteractionRequiredAuthError, "interaction_required", "basic_action", 50076],
    ["frequency", ServerError, "invalid_grant", "", 70043],
    ["device", InteractionRequiredAuthError, "interaction_required", "additional_action", 53001],
    ["blocked", InteractionRequiredAuthError, "interaction_required", "message_only", 53003],
    ["disabled", ServerError, "invalid_grant", "", 50057],
    ["unassigned", ServerError, "invalid_grant", "", 50105],
    ["outage", ServerError, "temporarily_unavailable", "", 90033],
];

for (const [why, kind, errorCode, subError, errorNo] of REFUSALS) {
    test(`a refresh that is refused (${why}) is ${kind.name} ${errorCode} ${errorNo}`, async () => {
        const program = newProgram();
        const { account } = await signIn(program, agree(WORKER));
        await sandbox.control("revoke", { person: WORKER, why });
        await fails(program.acquireTokenSilent({ scopes: SCOPES, account, forceRefresh: true }), kind,
            { errorCode, subError, errorNo });
    });
}

test("the claims of a refusal go into the next sign-in, which heals it", async () => {
    const program = newProgram({ clientCapabilities: ["cp1"] });
    const { account } = await signIn(program, agree(WORKER));
    await sandbox.control("revoke", { person: WORKER, why: "mfa" });
    const error = await program.acquireTokenSilent({ scopes: SCOPES, account, forceRefresh: true }).catch((e) => e);
    assert.ok(JSON.parse(error.claims).access_token.capolids.essential);
    let asked;
    const healed = await program.acquireTokenInteractive({
        scopes: SCOPES, account, claims: error.claims, loginHint: WORKER,
        openBrowser: async (url) => { asked = new URL(url).searchParams; await press(url); },
    });
    const claims = JSON.parse(asked.get("claims")).access_token;
    assert.ok(claims.capolids.essential);
    assert.deepEqual(claims.xms_cc.values, ["cp1"]);
    assert.equal(healed.account.homeAccountId, account.homeAccountId);
    await program.acquireTokenSilent({ scopes: SCOPES, account: healed.account, forceRefresh: true });
});

test("a service that asks for patience is not asked again before its time", async () => {
    const program = newProgram();
    const { account } = await signIn(program, agree(WORKER));
    const throttled = { do: "status", status: 429, retry_after: "30" };
    await sandbox.control("faults", { path: "/common/oauth2/v2.0/token", ...throttled });
    const refresh = () => program.acquireTokenSilent({ scopes: SCOPES, account, forceRefresh: true });
    await fails(refresh(), ServerError, { errorCode: "temporarily_unavailable" });
    const asked = await tokenRequests();
    await fails(refresh(), ServerError, { errorMessage: /told to answer so/ }); // the library's memory of the first
    assert.equal(await tokenRequests(), asked);
});

// --- A person who does not agree, or may not ----------------------------------------------------------------

test("a person who declines, cancels, or may not agree: access_denied", async () => {
    const program = newProgram();
    await fails(signIn(program, [`person=${WORKER}`, "action=cancel"]), ServerError,
        { errorCode: "access_denied", errorMessage: /AADSTS65004/ });
    await fails(signIn(program, [`person=${PERSONAL}`, "action=cancel"]), ServerError,
        { errorCode: "access_denied", errorMessage: /has denied access/ });
    await fails(signIn(program, ["action=cancel"]), ServerError, { errorCode: "access_denied" });
    await fails(signIn(program, [`person=${MANAGED}`, "action=back"]), ServerError,
        { errorCode: "access_denied", errorMessage: /AADSTS90094/ });
});

test("no page may be shown, and one would have to be", async () => {
    const program = newProgram();
    await fails(signIn(program, [], { prompt: "none" }), ServerError, { errorCode: "login_required" });
    await fails(signIn(program, [], { prompt: "none", loginHint: WORKER }), ServerError,
        { errorCode: "interaction_required", errorMessage: /AADSTS65001/ });
});

test("an administrator agrees for everybody, and those who may not agree get in", async () => {
    const approval = `${sandbox.url}/locked.example/v2.0/adminconsent?` + new URLSearchParams({
        client_id: sandbox.ready["microsoft.client_id"], redirect_uri: REDIRECT, state: "s-1",
        scope: "openid profile offline_access Contacts.Read",
    });
    const back = await pressUntilRedirect(approval, "person=admin@locked.example", "action=accept");
    assert.equal(back.get("admin_consent"), "True");
    assert.equal(back.get("state"), "s-1");
    const tokens = await signIn(newProgram(), [`person=${MANAGED}`]);
    assert.equal(tokens.account.username, MANAGED);
});

// --- Programs and tenants ---------------------------------------------------------------------------------------

test("a program with a secret signs in with it, and with nothing else", async () => {
    const redeem = async (program, ...buttons) => {
        const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
        const request = { scopes: SCOPES, redirectUri: REDIRECT };
        const url = await program.getAuthCodeUrl({
            ...request, loginHint: WORKER, codeChallenge: challenge, codeChallengeMethod: "S256",
        });
        const back = await pressUntilRedirect(url, ...buttons);
        return program.acquireTokenByCode({ ...request, code: back.get("code"), codeVerifier: verifier });
    };
    const web = { suffix: WEB_SUFFIX };
    const secretive = (auth) => new ConfidentialClientApplication(configuration(auth));

    const good = await redeem(secretive({ ...web, clientSecret: "sandbox-secret" }), "action=accept");
    assert.equal(good.account.username, WORKER);
    await fails(redeem(newProgram(web)), ServerError, { errorCode: "invalid_client", errorNo: 7000218 });
    await fails(redeem(secretive({ ...web, clientSecret: "another" })), ServerError,
        { errorCode: "invalid_client", errorNo: 7000215 });
    await fails(redeem(secretive({ clientSecret: "needless" }), "action=accept"), ServerError,
        { errorCode: "invalid_client", errorNo: 700025 });
    assert.deepEqual((await sandbox.requests("/oauth2/v2.0/token")).map((request) => request.status),
        [200, 401, 401, 401]);
});

test("programs and refresh tokens that nobody knows", async () => {
    const request = { refreshToken: "no-such-token", scopes: SCOPES };
    await fails(newProgram().acquireTokenByRefreshToken(request), ServerError,
        { errorCode: "invalid_grant", errorNo: 9002313 });
    await fails(newProgram({ suffix: "0" }).acquireTokenByRefreshToken(request), ServerError,
        { errorCode: "unauthorized_client", errorNo: 700016 });
});

test("tenants: by word, by domain, and one that there is not", async () => {
    for (const auth of [{ tenant: "organizations" }, { tenant: "contoso.example", suffix: SINGLE_TENANT_SUFFIX }])
        assert.equal((await signIn(newProgram(auth), agree(WORKER))).account.username, WORKER);
    const byDomain = await signIn(newProgram({ tenant: "contoso.example" }), [`person=${WORKER}`]); // agreed above
    assert.equal(byDomain.account.username, WORKER);
    assert.equal((await signIn(newProgram({ tenant: "consumers" }), agree(PERSONAL))).account.username, PERSONAL);
    await fails(signIn(newProgram({ tenant: "nowhere.example" }), []), ClientAuthError,
        { errorCode: "endpoints_resolution_error" });
});

test("several accounts live beside each other, and one that left must sign in again", async () => {
    const program = newProgram();
    const worker = (await signIn(program, agree(WORKER))).account;
    const personal = (await signIn(program, agree(PERSONAL))).account;
    assert.equal((await program.getTokenCache().getAllAccounts()).length, 2);
    for (const account of [worker, personal]) {
        const tokens = await program.acquireTokenSilent({ scopes: SCOPES, account, forceRefresh: true });
        assert.equal(tokens.account.username, account.username);
    }
    await program.getTokenCache().removeAccount(worker);
    await fails(program.acquireTokenSilent({ scopes: SCOPES, account: worker }), InteractionRequiredAuthError,
        { errorCode: "no_tokens_found" });
    assert.equal((await program.acquireTokenSilent({ scopes: SCOPES, account: personal })).fromCache, true);
});
