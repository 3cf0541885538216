// SPDX-License-Identifier: MIT
// graph_client.test.mjs - Microsoft's client for Graph against the sandbox. Nothing of it is changed but the addresses.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { PublicClientApplication } from "@azure/msal-node";
import graph from "@microsoft/microsoft-graph-client";
import { press, Sandbox, trustOwnCertificate } from "./client_sandbox.mjs";

const certificate = await trustOwnCertificate(import.meta.url);
const { BatchRequestContent, BatchResponseContent, Client, GraphError, PageIterator, ResponseType } = graph;

const WORKER = "worker@contoso.example";
const UNLICENSED = "unlicensed@contoso.example";
const CONTACTS = 2345;
const SUPPLIERS = 30; // contacts in each other folder, as beforeEach() asks for them
const THROTTLED = { do: "status", status: 429, times: 1 };
const FAX = "String 0x3A24", HAS_PICTURE = "Boolean {00062004-0000-0000-C000-000000000046} Id 0x8015";

let sandbox, client;

before(async () => {
    sandbox = await Sandbox.start("--tls", ...certificate, "--contacts", `${CONTACTS}`, "--auto", WORKER);
});

after(() => sandbox.stop());

beforeEach(async () => {
    await sandbox.control("reset");
    await sandbox.control("mailbox", { person: WORKER, contacts: CONTACTS, folder_contacts: SUPPLIERS });
    client = await signIn();
});

// --- Helpers -----------------------------------------------------------------------------------

// As the client's documentation does it: an authentication provider that asks the sign-in library for a token.
async function signIn(scopes = ["User.Read", "Contacts.Read"]) {
    const program = new PublicClientApplication({
        auth: {
            clientId: sandbox.ready["microsoft.client_id"], authority: `${sandbox.url}/common`,
            knownAuthorities: [new URL(sandbox.url).host],
        },
    });
    const { account } = await program.acquireTokenInteractive({
        scopes, openBrowser: (url) => press(url).then(() => {}),
    });
    const authProvider = {
        getAccessToken: async () => (await program.acquireTokenSilent({ scopes, account })).accessToken,
    };
    return Client.initWithMiddleware({
        authProvider, baseUrl: sandbox.ready["microsoft.graph"],
        customHosts: new Set([new URL(sandbox.url).hostname]),
    });
}

const idsOf = (items) => items.map((item) => item.id);
const distinct = (items) => new Set(idsOf(items)).size;

async function all(request, headers = {}) {
    const items = [];
    const first = await request.headers(headers).get();
    const pages = new PageIterator(client, first, (item) => items.push(item) > 0, { headers });
    await pages.iterate();
    assert.equal(pages.isComplete(), true);
    return { items, deltaLink: pages.getDeltaLink() };
}

async function graphError(promise) {
    let error;
    await assert.rejects(promise, (thrown) => (error = thrown) instanceof GraphError);
    return error;
}

const newest = async (part) => (await sandbox.requests(part)).at(-1);

// --- Lists --------------------------------------------------------------------------------------

test("the person who signed in", async () => {
    const me = await client.api("/me").select("displayName", "mail", "userPrincipalName").get();
    assert.equal(me.displayName, "Wren Ashdown");
    assert.equal(me.userPrincipalName, WORKER);
    assert.equal(me.jobTitle, undefined);
});

test("pages through all contacts, each once, ten at a time unless more are asked for", async () => {
    assert.equal((await client.api("/me/contacts").get()).value.length, 10);
    const { items } = await all(client.api("/me/contacts").top(500).select(["displayName", "emailAddresses"]));
    assert.equal(items.length, CONTACTS);
    assert.equal(distinct(items), CONTACTS);
    const members = new Set(items.flatMap((item) => Object.keys(item))); // a member may be absent as well as null
    assert.deepEqual([...members].sort(), ["@odata.etag", "displayName", "emailAddresses", "id"]);
});

test("a walk over pages stops where the program says, and goes on from there", async () => {
    const seen = [];
    const pages = new PageIterator(client, await client.api("/me/contacts").top(100).get(),
        (item) => seen.push(item) % 150 !== 0);
    await pages.iterate();
    assert.equal(seen.length, 150);
    assert.equal(pages.isComplete(), false);
    while (!pages.isComplete())
        await pages.resume();
    assert.equal(seen.length, CONTACTS);
    assert.equal(distinct(seen), CONTACTS);
});

test("order, count, skip, and the one filter there is", async () => {
    const names = (await client.api("/me/contacts").orderby("displayName desc").top(50).count().get());
    assert.equal(names["@odata.count"], CONTACTS);
    assert.equal(await client.api("/me/contacts/$count").get(), `${CONTACTS}`);
    const again = await client.api("/me/contacts").orderby("displayName desc").top(20).skip(30).get();
    assert.deepEqual(idsOf(again.value), idsOf(names.value.slice(30)));
    const { address } = names.value.flatMap((item) => item.emailAddresses).find((email) => email.address);
    const found = await client.api("/me/contacts").filter(`emailAddresses/any(a:a/address eq '${address}')`).get();
    assert.ok(found.value.length > 0);
    for (const item of found.value)
        assert.ok(item.emailAddresses.some((email) => email.address?.toLowerCase() === address.toLowerCase()));
});

test("fax numbers and their like come as extended properties", async () => {
    const { items } = await all(client.api("/me/contacts").top(1000).select("displayName")
        .expand(`singleValueExtendedProperties($filter=id eq '${FAX}' or id eq '${HAS_PICTURE}')`));
    const valuesOf = (id) => items.flatMap((item) => item.singleValueExtendedProperties ?? [])
        .filter((property) => property.id.toLowerCase() === id.toLowerCase()).map((property) => property.value);
    assert.ok(valuesOf(FAX).length > 0 && valuesOf(FAX).length < CONTACTS);
    assert.equal(valuesOf(HAS_PICTURE).length, CONTACTS);
});

// --- Folders ---------------------------------------------------------------------------------------

test("folders to any depth, and their contacts, which the default folder does not list", async () => {
    const folders = [];
    const walk = async (path) => {
        const { items } = await all(client.api(path).top(1));
        for (const folder of items) {
            folders.push(folder);
            await walk(`/me/contactFolders/${folder.id}/childFolders`);
        }
    };
    await walk("/me/contactFolders");
    assert.ok(folders.length >= 2, "folders and a nested one");
    const [first] = folders;
    const home = await client.api("/me/contactFolders/contacts").get();
    assert.ok(!idsOf(folders).includes(home.id), "the default folder is not listed");
    assert.equal(first.parentFolderId, home.id);
    assert.ok(folders.some((folder) => idsOf(folders).includes(folder.parentFolderId)), "one is nested");
    assert.equal((await client.api(`/me/contactFolders/${first.id}`).get()).displayName, first.displayName);

    const inDefault = new Set(idsOf((await all(client.api("/me/contacts").top(1000))).items));
    for (const folder of folders) {
        const { items } = await all(client.api(`/me/contactFolders/${folder.id}/contacts`).top(7));
        assert.equal(items.length, SUPPLIERS);
        for (const item of items) {
            assert.equal(item.parentFolderId, folder.id);
            assert.ok(!inDefault.has(item.id));
        }
    }
});

// --- Changes ------------------------------------------------------------------------------------------

const IMMUTABLE = { Prefer: 'IdType="ImmutableId"' };

test("a delta link brings exactly what changed", async () => {
    const first = await all(client.api("/me/contactFolders/contacts/contacts/delta"), IMMUTABLE);
    assert.equal(distinct(first.items), CONTACTS);
    const known = new Set(idsOf(first.items));
    await sandbox.control("change", { person: WORKER, add: 7, change: 5, remove: 3, move: 2 });

    const second = await all(client.api(first.deltaLink), IMMUTABLE);
    const removed = second.items.filter((item) => item["@removed"]);
    const live = second.items.filter((item) => !item["@removed"]);
    assert.equal(removed.length, 3 + 2);
    assert.equal(live.filter((item) => !known.has(item.id)).length, 7);
    assert.equal(live.filter((item) => known.has(item.id)).length, 5);
    assert.deepEqual((await all(client.api(second.deltaLink), IMMUTABLE)).items, []);

    const suppliers = (await client.api("/me/contactFolders").get()).value
        .find((folder) => folder.displayName === "Suppliers");
    const moved = await all(client.api(`/me/contactFolders/${suppliers.id}/contacts`).top(100), IMMUTABLE);
    const kept = moved.items.filter((item) => known.has(item.id));
    assert.equal(kept.length, 2, "an immutable id stays when a contact moves");
    for (const { id } of kept)
        assert.ok(idsOf(removed).includes(id), "and is gone from where it was");
});

test("pages of a delta round are as large as asked for, and at most 200", async () => {
    const page = async (size) => (await client.api("/me/contacts/delta")
        .header("Prefer", `odata.maxpagesize=${size}`).get()).value.length;
    assert.equal(await page(25), 25);
    assert.equal(await page(999), 200);
    assert.equal((await client.api("/me/contacts/delta").get()).value.length, 200);
});

test("the folders' own delta", async () => {
    const { items, deltaLink } = await all(client.api("/me/contactFolders/delta"));
    assert.ok(items.length >= 2);
    assert.deepEqual((await all(client.api(deltaLink))).items, []);
});

test("a delta link of a mailbox that began again is gone", async () => {
    const { deltaLink } = await all(client.api("/me/contacts/delta"));
    await sandbox.control("mailbox", { person: WORKER, contacts: 10 });
    const error = await graphError(client.api(deltaLink).get());
    assert.equal(error.statusCode, 410);
    assert.equal(error.code.toLowerCase(), "syncstatenotfound");
    assert.match(error.headers.get("location"), /\$deltatoken=$/);
});

// --- Batches and photos ---------------------------------------------------------------------------------

// The client strips host and port; a version would be doubled.
const part = (id, path, dependsOn) =>
    ({ id, request: new Request(new URL(path, sandbox.url), { method: "GET" }), ...(dependsOn && { dependsOn }) });

async function batch(...parts) {
    const content = await new BatchRequestContent(parts).getContent();
    return new BatchResponseContent(await client.api("/$batch").post(content));
}

async function contactsWithPhoto(n) {
    const { items } = await all(client.api("/me/contacts").top(1000).select("id")
        .expand(`singleValueExtendedProperties($filter=id eq '${HAS_PICTURE}')`));
    const having = (value) => items.filter((item) => item.singleValueExtendedProperties[0].value === value).slice(0, n);
    return { having: idsOf(having("true")), lacking: idsOf(having("false")) };
}

test("photos: bytes that are what they say, and their measures", async () => {
    const { having } = await contactsWithPhoto(8);
    assert.equal(having.length, 8);
    for (const id of having) {
        const about = await client.api(`/me/contacts/${id}/photo`).get();
        const blob = await client.api(`/me/contacts/${id}/photo/$value`).get();
        assert.equal(blob.type, about["@odata.mediaContentType"]);
        assert.ok(about.width > 0 && about.height > 0);
        const bytes = new Uint8Array(await client.api(`/me/contacts/${id}/photo/$value`)
            .responseType(ResponseType.ARRAYBUFFER).get());
        assert.equal(bytes.length, blob.size);
        const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
        assert.ok(isJpeg || String.fromCharCode(...bytes.slice(1, 4)) === "PNG");
    }
});

test("a contact without a photo answers 404, in whichever words", async () => {
    const { lacking } = await contactsWithPhoto(8);
    for (const id of lacking) {
        const error = await graphError(client.api(`/me/contacts/${id}/photo/$value`).get());
        assert.equal(error.statusCode, 404);
        assert.ok(["ErrorItemNotFound", "GetUserPhoto", "ImageNotFound"].includes(error.code), error.code);
    }
});

test("a batch has an answer for each part, photos included", async () => {
    const { having, lacking } = await contactsWithPhoto(2);
    const answers = await batch(
        part("1", "/me"), part("2", "/me/contacts?$top=3&$select=displayName"),
        part("3", `/me/contacts/${having[0]}/photo/$value`), part("4", `/me/contacts/${lacking[0]}/photo/$value`),
        part("5", "/me/contacts/$count"));
    assert.equal((await answers.getResponseById("1").json()).displayName, "Wren Ashdown");
    assert.equal((await answers.getResponseById("2").json()).value.length, 3);
    const photo = Buffer.from(await answers.getResponseById("3").text(), "base64");
    const alone = Buffer.from(await client.api(`/me/contacts/${having[0]}/photo/$value`)
        .responseType(ResponseType.ARRAYBUFFER).get());
    assert.ok(photo.equals(alone));
    assert.equal(answers.getResponseById("4").status, 404);
    assert.ok((await answers.getResponseById("4").json()).error.code);
    assert.equal(answers.getResponseById("5").status, 200);
    assert.deepEqual([...answers.getResponses().keys()].sort(), ["1", "2", "3", "4", "5"]);
});

test("twenty parts are the most, and a chain breaks where one fails", async () => {
    const full = Array.from({ length: 20 }, (_, i) => part(`${i + 1}`, `/me/contacts?$top=1&$skip=${i}`));
    assert.equal((await batch(...full)).getResponses().size, 20);

    const chain = await batch(part("1", "/me/contacts/no-such-id"), part("2", "/me", ["1"]), part("3", "/me", ["2"]));
    assert.equal(chain.getResponseById("1").status, 400);
    assert.equal(chain.getResponseById("2").status, 424);
    assert.equal(chain.getResponseById("3").status, 424);

    const requests = Array.from({ length: 21 }, (_, i) => ({ id: `${i + 1}`, method: "GET", url: "/me" }));
    assert.equal((await graphError(client.api("/$batch").post({ requests }))).statusCode, 400);
});

test("one throttled part leaves the others alone", async () => {
    await sandbox.control("faults", { path: "/v1.0/me/contacts", ...THROTTLED, retry_after: "3" });
    const answers = await batch(part("1", "/me/contacts?$top=1"), part("2", "/me/contacts?$top=1"));
    assert.equal(answers.getResponseById("1").status, 429);
    assert.equal(answers.getResponseById("1").headers.get("retry-after"), "3");
    assert.equal(answers.getResponseById("2").status, 200);
});

// --- Errors -----------------------------------------------------------------------------------------------

test("an error says code, status and the id that support asks for", async () => {
    const error = await graphError(client.api("/me/contacts/AAMkAGI2TAAA=").get());
    assert.equal(error.code, "ErrorInvalidIdMalformed");
    assert.equal(error.statusCode, 400);
    assert.equal(error.requestId, (await newest("/me/contacts/")).request_id);
    assert.ok(!Number.isNaN(error.date.getTime()));
    assert.equal(JSON.parse(error.body).innerError["request-id"], error.requestId);
});

const ERRORS = [
    // what, path, code, status
    ["a property that there is not", "/me/contacts?$select=shoeSize", "RequestBroker--ParseUri", 400],
    ["a photo cannot be expanded", "/me/contacts?$expand=photo", "ExpandNotSupported", 400],
    ["a delta round takes no order", "/me/contacts/delta?$orderby=displayName", "ErrorInvalidUrlQuery", 400],
    ["a folder that there is not", "/me/contactFolders/AAMkAGI2TAAA=/contacts", "ErrorItemNotFound", 404],
    ["somebody else's contacts", `/users/${UNLICENSED}/contacts`, "ErrorAccessDenied", 403],
    ["a part of Graph that is not here", "/me/messages", "BadRequest", 400],
];

for (const [what, path, code, status] of ERRORS) {
    test(`${what}: ${status} ${code}`, async () => {
        const error = await graphError(client.api(path).get());
        assert.equal(error.statusCode, status);
        assert.equal(error.code, code);
    });
}

test("contacts that were not allowed, and a token that has ended", async () => {
    const narrow = await signIn(["User.Read"]);
    const denied = await graphError(narrow.api("/me/contacts").get());
    assert.equal(denied.statusCode, 403);
    assert.equal(denied.code, "ErrorAccessDenied");
    await sandbox.control("faults", { path: "/v1.0/me", do: "token-expired" });
    const ended = await graphError(client.api("/me").get());
    assert.equal(ended.statusCode, 401);
    assert.equal(ended.code, "InvalidAuthenticationToken");
});

test("a claims challenge stands in the header, and can be read there", async () => {
    await sandbox.control("faults", { path: "/v1.0/me", do: "claims" });
    const error = await graphError(client.api("/me/contacts").get());
    assert.equal(error.statusCode, 401);
    const [, claims] = error.headers.get("www-authenticate").match(/error="insufficient_claims", claims="([^"]+)"/);
    assert.ok(JSON.parse(Buffer.from(claims, "base64")).access_token.nbf.essential);
});

test("the client waits as long as it is told to, and asks again by itself", async () => {
    await sandbox.control("faults", { path: "/v1.0/me/contacts", ...THROTTLED, retry_after: "1" });
    assert.equal((await client.api("/me/contacts").top(5).get()).value.length, 5);
    const asked = await sandbox.requests("/v1.0/me/contacts");
    assert.deepEqual(asked.map((request) => request.status), [429, 200]);
    assert.ok(asked[1].at_ms - asked[0].at_ms >= 1000);
});

test("an error whose body is no JSON, or is not there, keeps its status", async () => {
    for (const body of ["empty", "html", "text"]) {
        await sandbox.control("faults", { path: "/v1.0/me/contacts", do: "status", status: 500, body, times: 1 });
        assert.equal((await graphError(client.api("/me/contacts").get())).statusCode, 500);
    }
});
