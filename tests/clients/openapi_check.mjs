// SPDX-License-Identifier: MIT
// openapi_check.mjs - says where a value is not what a schema of OpenAPI 3.0 describes.
//
// As much of OpenAPI as descriptions of Graph use. A keyword that is not known is an error and not a yes, so that a
// later description cannot pass unread.
import assert from "node:assert/strict";

const IGNORED = new Set(["title", "description", "format", "externalDocs", "discriminator", "x-ms-navigationProperty"]);

const KEYWORDS = {
    type: (value, type) => type === "integer" ? Number.isInteger(value)
        : type === "array" ? Array.isArray(value)
        : type === "object" ? typeof value === "object" && value !== null && !Array.isArray(value)
        : typeof value === type,
    enum: (value, allowed) => allowed.includes(value),
    pattern: (value, pattern) => typeof value !== "string" || new RegExp(pattern, "u").test(value),
    minimum: (value, minimum) => typeof value !== "number" || value >= minimum,
    maximum: (value, maximum) => typeof value !== "number" || value <= maximum,
    required: (value, names) => names.every((name) => Object.hasOwn(value, name)),
};

export class OpenApi {
    constructor(document) {
        this.document = document;
    }

    // What "#/components/..." stands for; anything else stands for itself.
    resolve(node) {
        if (!node.$ref)
            return node;
        const found = node.$ref.slice(2).split("/").reduce((inside, name) => inside[name], this.document);
        assert.ok(found, `${node.$ref} leads nowhere`);
        return this.resolve(found);
    }

    // Every property that an object may have by its schema, inherited ones too.
    properties(schema) {
        const { allOf = [], properties = {} } = this.resolve(schema);
        return Object.assign({}, ...allOf.map((part) => this.properties(part)), properties);
    }

    // A list of "at.this.place: keyword"; empty: the value is as described.
    wrongs(schema, value, at = "") {
        const { $ref, nullable, allOf = [], properties = {}, items, ...rest } = schema;
        if ($ref)
            return this.wrongs(this.resolve(schema), value, at);
        if (value === null)
            return nullable ? [] : [`${at}: null`];
        const wrongs = allOf.flatMap((part) => this.wrongs(part, value, at));
        for (const [keyword, argument] of Object.entries(rest)) {
            assert.ok(KEYWORDS[keyword] || IGNORED.has(keyword), `the keyword ${keyword} is not known`);
            if (KEYWORDS[keyword] && !KEYWORDS[keyword](value, argument))
                wrongs.push(`${at}: ${keyword} ${JSON.stringify(argument)}, but ${JSON.stringify(value).slice(0, 80)}`);
        }
        for (const [name, inner] of Object.entries(properties))
            if (Object.hasOwn(Object(value), name))
                wrongs.push(...this.wrongs(inner, value[name], `${at}.${name}`));
        if (items && Array.isArray(value))
            value.forEach((item, i) => wrongs.push(...this.wrongs(items, item, `${at}[${i}]`)));
        return wrongs;
    }

    // Members that no schema names; annotations ("@odata.nextLink") belong to the format, not to a schema.
    strangers(schema, value, at = "") {
        const { items } = this.resolve(schema);
        if (Array.isArray(value))
            return value.flatMap((item, i) => this.strangers(items, item, `${at}[${i}]`));
        if (typeof value !== "object" || value === null)
            return [];
        const known = this.properties(schema);
        return Object.entries(value).flatMap(([name, inner]) => name.startsWith("@") ? []
            : known[name] ? this.strangers(known[name], inner, `${at}.${name}`) : [`${at}.${name}`]);
    }
}
