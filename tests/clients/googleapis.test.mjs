// SPDX-License-Identifier: MIT
// googleapis.test.mjs - Google's client for Node against the sandbox. Nothing of it is changed but the addresses.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { google } from "googleapis";
import { Sandbox } from "./client_sandbox.mjs";

const ANNA = "anna@gmail.example";
const REDIRECT = "http://127.0.0.1:53682/";
const CONTACTS = "https://www.googleapis.com/auth/contacts.readonly";
const OTHERS = "https://www.googleapis.com/auth/contacts.other.readonly";
const FIELDS = "names,emailAddresses,phoneNumbers,organizations,memberships,metadata,biographies,photos";

let sandbox, ready;

const control = (name, members) => sandbox.control(name, members);

before(async () => {
    sandbox = await Sandbox.start("--contacts", "2345", "--auto", ANNA);
    ready = sandbox.ready;
});

after(() => sandbox.stop());

beforeEach(() => control("reset", {}));

function newClient() {
    return new google.auth.OAuth2({
        clientId: ready["google.client_id"],
        clientSecret: ready["google.client_secret"],
        redirectUri: REDIRECT,
        endpoints: {
            oauth2AuthBaseUrl: `${ready["google.accounts"]}/o/oauth2/v2/auth`,
            oauth2TokenUrl: `${ready["google.oauth2"]}/token`,
            oauth2RevokeUrl: `${ready["google.oauth2"]}/revoke`,
            tokenInfoUrl: `${ready["google.oauth2"]}/tokeninfo`,
        },
    });
}

function peopleOf(auth) {
    return google.people({ version: "v1", auth, rootUrl: `${ready["google.people"]}/` });
}

// As the browser does it: the page is asked for, and where it leads is read.
async function signIn(scope = ["openid", "email", CONTACTS]) {
    const client = newClient();
    const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync();
    const url = client.generateAuthUrl({
        access_type: "offline", prompt: "consent", scope, state: "s-1",
        code_challenge: codeChallenge, code_challenge_method: "S256",
    });
    const answer = await fetch(url, { redirect: "manual" });
    const back = new URL(answer.headers.get("location"));
    assert.equal(back.searchParams.get("state"), "s-1");
    const { tokens } = await client.getToken({ code: back.searchParams.get("code"), codeVerifier });
    client.setCredentials(tokens);
    return { client, tokens };
}

async function listAll(people, more = {}) {
    const persons = [];
    let page = { data: { nextPageToken: undefined } };
    do {
        page = await people.people.connections.list({
            resourceName: "people/me", personFields: FIELDS, pageSize: 1000, requestSyncToken: true,
            pageToken: page.data.nextPageToken, ...more,
        });
        persons.push(...(page.data.connections ?? []));
    } while (page.data.nextPageToken);
    return { persons, last: page.data };
}

test("signs in, knows what was granted, and refreshes", async () => {
    const { client, tokens } = await signIn();
    assert.ok(tokens.refresh_token);
    assert.ok(tokens.scope.split(" ").includes(CONTACTS));
    const info = await client.getTokenInfo(tokens.access_token);
    assert.equal(info.email, ANNA);
    const { credentials } = await client.refreshAccessToken();
    assert.notEqual(credentials.access_token, tokens.access_token);
    assert.equal(credentials.refresh_token, tokens.refresh_token);
});

test("an access token that has ended is replaced by itself", async () => {
    const { client } = await signIn();
    client.setCredentials({ ...client.credentials, access_token: "ended", expiry_date: 1 });
    const { data } = await peopleOf(client).people.get({ resourceName: "people/me", personFields: "emailAddresses" });
    assert.equal(data.emailAddresses[0].value, ANNA);
});

test("pages through all connections, each once", async () => {
    const { client } = await signIn();
    const { persons, last } = await listAll(peopleOf(client));
    assert.equal(persons.length, 2345);
    assert.equal(new Set(persons.map((person) => person.resourceName)).size, 2345);
    assert.equal(last.totalItems, 2345);
    assert.ok(last.nextSyncToken);
});

test("a sync token brings exactly what changed", async () => {
    const { client } = await signIn();
    const people = peopleOf(client);
    const first = await listAll(people);
    const before = new Set(first.persons.map((person) => person.resourceName));
    await control("change", { person: ANNA, add: 7, change: 5, remove: 3 });
    const second = await listAll(people, { syncToken: first.last.nextSyncToken });
    const removed = second.persons.filter((person) => person.metadata.deleted);
    const live = second.persons.filter((person) => !person.metadata.deleted);
    assert.equal(removed.length, 3);
    assert.equal(live.filter((person) => !before.has(person.resourceName)).length, 7);
    assert.equal(live.filter((person) => before.has(person.resourceName)).length, 5);
    const third = await listAll(people, { syncToken: second.last.nextSyncToken });
    assert.deepEqual(third.persons, []);
});

test("a sync token that has ended is a 400 whose reason says so", async () => {
    const { client } = await signIn();
    const people = peopleOf(client);
    const { last } = await listAll(people);
    await control("google", { sync_token_life_s: 0 });
    await assert.rejects(listAll(people, { syncToken: last.nextSyncToken }), (error) => {
        assert.equal(error.status, 400);
        assert.equal(error.response.data.error.details[0].reason, "EXPIRED_SYNC_TOKEN");
        return true;
    });
});

test("groups, single people, several people, other contacts", async () => {
    const { client } = await signIn(["openid", "email", CONTACTS, OTHERS]);
    const people = peopleOf(client);
    const groups = (await people.contactGroups.list({ pageSize: 1000 })).data;
    assert.equal(groups.contactGroups.find((group) => group.name === "myContacts").memberCount, 2345);
    assert.ok(groups.nextSyncToken);
    const members = (await people.contactGroups.get({ resourceName: "contactGroups/myContacts", maxMembers: 3 })).data;
    assert.equal(members.memberResourceNames.length, 3);
    const one = await people.people.get({ resourceName: members.memberResourceNames[0], personFields: FIELDS });
    assert.equal(one.data.resourceName, members.memberResourceNames[0]);
    const several = await people.people.getBatchGet({
        resourceNames: members.memberResourceNames, personFields: "metadata",
    });
    assert.deepEqual(several.data.responses.map((part) => part.person.resourceName), members.memberResourceNames);
    assert.equal((await people.otherContacts.list({ readMask: "names" })).data.otherContacts, undefined);
    await control("mailbox", { person: ANNA, folder_contacts: 12 });
    assert.equal((await people.otherContacts.list({ readMask: "names" })).data.otherContacts.length, 12);
});

test("contacts that were left unticked are refused with 403", async () => {
    await control("consent", { person: ANNA, do: "leave-unticked" });
    const { client, tokens } = await signIn();
    assert.ok(!tokens.scope.includes("contacts"));
    await assert.rejects(listAll(peopleOf(client)), (error) => {
        assert.equal(error.status, 403);
        assert.equal(error.response.data.error.details[0].reason, "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
        return true;
    });
});

test("what was taken back cannot be refreshed", async () => {
    const { client, tokens } = await signIn();
    await client.revokeToken(tokens.refresh_token);
    await assert.rejects(client.refreshAccessToken(), (error) => {
        assert.equal(error.response.data.error, "invalid_grant");
        return true;
    });
});

test("a fault that passes is tried again by the client itself", async () => {
    const { client } = await signIn();
    await control("faults", { path: "/v1/people/me/connections", do: "status", status: 503, times: 1 });
    const { persons } = await listAll(peopleOf(client));
    assert.equal(persons.length, 2345);
});
