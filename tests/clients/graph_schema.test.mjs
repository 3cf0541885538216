// SPDX-License-Identifier: MIT
// graph_schema.test.mjs - what the sandbox answers is what Microsoft's description of Graph says, when it is at hand.
//
// The description is looked for in the folder that KITH_PROTOCOL_DATA names, else beside the checkout.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { pressUntilRedirect, Sandbox } from "./client_sandbox.mjs";
import { OpenApi } from "./openapi_check.mjs";

const WORKER = "worker@contoso.example";
const beside = fileURLToPath(new URL("../../../shared/protocol/data", import.meta.url));
const folder = process.env.KITH_PROTOCOL_DATA ?? beside;
const file = `${folder}/graph-contacts.openapi.json`;
const skip = !existsSync(file) && "graph-contacts.openapi.json is not at hand: KITH_PROTOCOL_DATA says where it is";

let sandbox, api, token;

before(async () => {
    if (skip)
        return;
    api = new OpenApi(JSON.parse(readFileSync(file, "utf8")));
    sandbox = await Sandbox.start("--contacts", "3000", "--auto", WORKER);
    await sandbox.control("mailbox", { person: WORKER, contacts: 3000, folder_contacts: 25, groups: 3 });
    token = await signIn("User.Read Contacts.Read");
});

after(() => sandbox?.stop());

// --- Helpers ---------------------------------------------------------------------------------------

async function signIn(scope) {
    const client_id = sandbox.ready["microsoft.client_id"], redirect_uri = "http://localhost:53684";
    const begin = new URLSearchParams({ client_id, redirect_uri, scope, response_type: "code" });
    const code = (await pressUntilRedirect(`${sandbox.url}/common/oauth2/v2.0/authorize?${begin}`)).get("code");
    const answer = await fetch(`${sandbox.url}/common/oauth2/v2.0/token`, {
        method: "POST",
        body: new URLSearchParams({ client_id, redirect_uri, code, grant_type: "authorization_code" }),
    });
    return (await answer.json()).access_token;
}

// path: below /v1.0, or a whole link.
function get(path, headers = {}) {
    const url = path.startsWith("http") ? path : `${sandbox.ready["microsoft.graph"]}/v1.0${path}`;
    return fetch(url, { headers: { Authorization: `Bearer ${token}`, ...headers } });
}

async function getJson(path, headers) {
    const answer = await get(path, headers);
    assert.equal(answer.status, 200, `${path}: ${answer.status}`);
    return answer.json();
}

// The schema of the answer that the description has for a path; media are bytes, whatever their type.
function schemaOf(path, status = "200") {
    const { content } = api.resolve(api.document.paths[path].get.responses[status]);
    return content["application/json"]?.schema ?? content["text/plain"]?.schema;
}

// Where Graph itself does not do what its description says, and the sandbox does as Graph.
const DEPARTURES = [
    /\.birthday: pattern .*, but "\d{4}-\d\d-\d\d"$/, // described as a time; the reference page shows a date
    /^\.error\.innerError$/, // described in small letters; sent in both ways
];

// The sandbox sends nothing that is not described: Graph's types are open, but then a typing error would pass.
function mustFit(schema, value, where) {
    const found = [...api.wrongs(schema, value), ...api.strangers(schema, value)];
    const wrong = found.filter((line) => !DEPARTURES.some((departure) => departure.test(line)));
    assert.deepEqual(wrong.slice(0, 5), [], where);
}

async function pagesOf(path, visit, headers) {
    let link = path, page;
    while (link) {
        page = await getJson(link, headers);
        await visit(page);
        link = page["@odata.nextLink"];
    }
    return page["@odata.deltaLink"];
}

async function withPhoto(path) {
    const marked = "Boolean {00062004-0000-0000-C000-000000000046} Id 0x8015";
    const options = `$expand=singleValueExtendedProperties($filter=id eq '${marked}')`;
    const { value } = await getJson(`${path}?$top=500&${options}`);
    return value.find((contact) => contact.singleValueExtendedProperties[0].value === "true").id;
}

// --- Tests -----------------------------------------------------------------------------------------------

test("the checker finds what is wrong", { skip }, () => {
    const schema = { $ref: "#/components/schemas/microsoft.graph.contact" };
    mustFit(schema, { id: "x", displayName: null, birthday: "1970-01-01T11:59:00Z", homeAddress: {} }, "a good one");
    for (const wrong of [{ displayName: 1 }, { birthday: "1970-01-01" }, { homeAddress: { city: [] } }, { id: null },
        { emailAddresses: [{ address: 5 }] }, { children: {} }, [], "x", null])
        assert.notDeepEqual(api.wrongs(schema, wrong), [], JSON.stringify(wrong));
    assert.deepEqual(api.strangers(schema, { fax: "x", homeAddress: { box: "y" } }), [".fax", ".homeAddress.box"]);
    const error = { $ref: "#/components/schemas/microsoft.graph.ODataErrors.ODataError" };
    assert.notDeepEqual(api.wrongs(error, { error: { code: "x" } }), []);
});

test("every path of the description answers as described", { skip }, async () => {
    const { value: folders } = await getJson("/me/contactFolders");
    let parent, child;
    for (parent of folders) {
        [child] = (await getJson(`/me/contactFolders/${parent.id}/childFolders`)).value;
        if (child)
            break;
    }
    for (const path of Object.keys(api.document.paths)) {
        const filled = path.replace("{contactFolder-id}", parent.id).replace("{contactFolder-id1}", child.id);
        const [contacts] = filled.split("/{contact-id}");
        const whole = filled === contacts ? filled : filled.replace("{contact-id}", await withPhoto(contacts));
        const answer = await get(whole);
        assert.equal(answer.status, 200, path);
        const schema = schemaOf(path);
        const type = answer.headers.get("content-type");
        if (!schema)
            assert.match(type, /^image\//, path);
        else
            mustFit(schema, type.startsWith("text/plain") ? Number(await answer.text()) : await answer.json(), path);
    }
});

test("every contact is as described, in lists and in rounds of changes", { skip }, async () => {
    const hidden = ["String 0x3A24", "String 0x3A21", "String 0x3A1F", "SystemTime 0x3A41",
        "String {00062004-0000-0000-C000-000000000046} Id 0x804F"].map((id) => `id eq '${id}'`).join(" or ");
    const options = `$expand=singleValueExtendedProperties($filter=${hidden})`;
    let n = 0;
    await pagesOf(`/me/contacts?$top=1000&$count=true&${options}`, (page) => {
        mustFit(schemaOf("/me/contacts"), page, "a page");
        n += page.value.length;
    });
    assert.equal(n, 3000);

    const delta = schemaOf("/me/contacts/delta()");
    const link = await pagesOf(`/me/contacts/delta?${options}`, (page) => mustFit(delta, page, "a page of changes"));
    await sandbox.control("change", { person: WORKER, add: 5, change: 5, remove: 5, move: 5 });
    await pagesOf(link, (page) => mustFit(delta, page, "a page of later changes"));
});

test("every property that may be selected is known", { skip }, async () => {
    const parameters = api.document.paths["/me/contacts"].get.parameters.map((parameter) => api.resolve(parameter));
    const names = parameters.find((parameter) => parameter.name === "$select").schema.items.enum;
    for (const name of names)
        mustFit(schemaOf("/me/contacts"), await getJson(`/me/contacts?$top=50&$select=${name}`), name);
});

test("every error is as described", { skip }, async () => {
    const schema = schemaOf("/me/contacts", "default");
    const check = async (answer, status) => {
        assert.equal(answer.status, status);
        mustFit(schema, await answer.json(), `${status}`);
    };
    for (const status of [400, 401, 403, 404, 410, 429, 500, 502, 503, 504, 509]) {
        await sandbox.control("faults", { path: "/v1.0/me/contacts", do: "status", status, times: 1 });
        await check(await get("/me/contacts"), status);
    }
    for (const kind of ["token-expired", "claims"]) {
        await sandbox.control("faults", { path: "/v1.0/me/contacts", do: kind, times: 1 });
        await check(await get("/me/contacts"), 401);
    }
    await check(await get("/me/contacts?$select=shoeSize"), 400);
    await check(await get("/me/contacts/no-such-id"), 400);
    await check(await get("/me/contactFolders/no-such-id"), 404);
    await check(await get("/me/contacts", { Authorization: "Bearer nothing" }), 401);
});
