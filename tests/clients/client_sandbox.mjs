// SPDX-License-Identifier: MIT
// client_sandbox.mjs - starts kith-sandbox for clients that others wrote, steers it, and presses its buttons.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

// Microsoft's clients refuse anything but https, and Node reads whom it trusts only when it starts. So a test
// file that calls this runs once more in a Node that knows a certificate made a moment ago. Returns its two files.
export async function trustOwnCertificate(testUrl) {
    if (process.env.KITH_TEST_CERTIFICATE)
        return [process.env.KITH_TEST_CERTIFICATE, process.env.KITH_TEST_CERTIFICATE_KEY];
    if (spawnSync("openssl", ["version"]).status !== 0) {
        console.log("1..0 # SKIP openssl makes the certificate, and there is none");
        process.exit(0);
    }
    const folder = mkdtempSync(join(tmpdir(), "kith-clients-"));
    const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], { stdio: "pipe" });
    const again = spawn(process.execPath, [...process.execArgv, fileURLToPath(testUrl)], {
        stdio: "inherit",
        env: {
            ...process.env, NODE_EXTRA_CA_CERTS: cert, KITH_TEST_CERTIFICATE: cert, KITH_TEST_CERTIFICATE_KEY: key,
        },
    });
    const [code] = await new Promise((ended) => again.on("exit", (...how) => ended(how)));
    rmSync(folder, { recursive: true });
    process.exit(code ?? 1);
}

export class Sandbox {
    // Answers when the sandbox is ready; it ends with stop(), or with this process.
    static async start(...options) {
        const sandbox = new Sandbox();
        // A proxy that the environment names must not stand between a client and loopback.
        process.env.NO_PROXY = process.env.no_proxy = "*";
        sandbox.process = spawn(process.env.KITH_SANDBOX, options, { stdio: ["pipe", "pipe", "inherit"] });
        for await (const line of createInterface(sandbox.process.stdout)) {
            sandbox.ready = JSON.parse(line);
            break;
        }
        assert.ok(sandbox.ready, "kith-sandbox did not start");
        sandbox.url = sandbox.ready["microsoft.authority"];
        return sandbox;
    }

    stop() {
        this.process.stdin.end();
    }

    // POST /sandbox/NAME
    async control(name, members = {}) {
        const answer = await fetch(`${this.url}/sandbox/${name}`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(members),
        });
        assert.equal(answer.status, 200, await answer.text());
    }

    // Requests so far whose path holds the given text, oldest first.
    async requests(part) {
        const { requests } = await (await fetch(`${this.url}/sandbox/requests`)).json();
        return requests.filter((request) => request.path.includes(part)).sort((a, b) => a.at_ms - b.at_ms);
    }
}

async function pressAll(url, buttons, redirect) {
    let answer = await fetch(url, { redirect });
    for (const button of buttons) {
        const page = await answer.text();
        const [name, value] = button.split("=");
        const form = [...page.matchAll(/<form method="post" action="([^"]+)">(.*?)<\/form>/gs)]
            .find(([, , inside]) => inside.includes(`name="${name}" value="${value}"`));
        assert.ok(form, `no button ${button} on ${page}`);
        const flow = form[2].match(/name="flow" value="([^"]+)"/)[1];
        answer = await fetch(new URL(form[1], answer.url), {
            method: "POST", body: new URLSearchParams({ flow, [name]: value }), redirect,
        });
    }
    return answer;
}

// What a person does in a browser: opens the address and presses buttons ("action=accept") until no page is left.
// The browser then goes where the program listens, whose answer this is.
export function press(url, ...buttons) {
    return pressAll(url, buttons, "follow");
}

// The same for a program that does not listen: the parameters of the address that the browser would go to.
export async function pressUntilRedirect(url, ...buttons) {
    const answer = await pressAll(url, buttons, "manual");
    assert.ok(answer.headers.has("location"), "a redirect was expected, not a page");
    return new URL(answer.headers.get("location")).searchParams;
}
