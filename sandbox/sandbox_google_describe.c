/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_describe.c - the machine-readable description of the People API, as far as the sandbox serves it.
 *
 * Before: a client that is made from a description (Python's googleapiclient) asks for it.
 * After:  it knows the addresses, and they are the sandbox's.
 *
 * What comes back is not described member by member: such a client hands JSON on as it is.
 */
#include "base/text.h"
#include "sandbox/sandbox_google_people.h"

struct parameter {
    const char *name, *place, *type;
    bool required, repeated;
};

struct method {
    const char *resource; /* "people.connections": nested */
    const char *name, *path;
    struct parameter parameter[10];
};

#define MASK(name)                                                                                                     \
    {                                                                                                                  \
        name, "query", "string", false, false                                                                          \
    }
#define ONE(name, type)                                                                                                \
    {                                                                                                                  \
        name, "query", type, false, false                                                                              \
    }
#define MANY(name)                                                                                                     \
    {                                                                                                                  \
        name, "query", "string", false, true                                                                           \
    }
#define IN_PATH                                                                                                        \
    {                                                                                                                  \
        "resourceName", "path", "string", true, false                                                                  \
    }

/* Rows of one resource stand together, a nested one behind what it is in. */
static const struct method methods[] = {
    {"contactGroups",
     "batchGet",
     "v1/contactGroups:batchGet",
     {MASK("groupFields"), ONE("maxMembers", "integer"), MANY("resourceNames")}},
    {"contactGroups", "get", "v1/{+resourceName}", {IN_PATH, MASK("groupFields"), ONE("maxMembers", "integer")}},
    {"contactGroups",
     "list",
     "v1/contactGroups",
     {MASK("groupFields"), ONE("pageSize", "integer"), ONE("pageToken", "string"), ONE("syncToken", "string")}},
    {"otherContacts",
     "list",
     "v1/otherContacts",
     {ONE("pageSize", "integer"), ONE("pageToken", "string"), MASK("readMask"), ONE("requestSyncToken", "boolean"),
      MANY("sources"), ONE("syncToken", "string")}},
    {"people", "get", "v1/{+resourceName}", {IN_PATH, MASK("personFields"), MANY("sources")}},
    {"people", "getBatchGet", "v1/people:batchGet", {MASK("personFields"), MANY("resourceNames"), MANY("sources")}},
    {"people.connections",
     "list",
     "v1/{+resourceName}/connections",
     {IN_PATH, ONE("pageSize", "integer"), ONE("pageToken", "string"), MASK("personFields"),
      ONE("requestSyncToken", "boolean"), ONE("sortOrder", "string"), MANY("sources"), ONE("syncToken", "string")}},
};

static void put_method(const struct method *m, struct kith_json_writer *w)
{
    char id[80];

    (void)kith_text_format(id, sizeof(id), "people.%s.%s", m->resource, m->name); /* the table's are short */
    kith_json_begin_object(w, m->name);
    kith_json_put_text(w, "id", id);
    kith_json_begin_array(w, "parameterOrder");
    if (m->parameter[0].required)
        kith_json_put_text(w, NULL, m->parameter[0].name);
    kith_json_end(w);
    kith_json_put_text(w, "httpMethod", "GET");
    kith_json_put_text(w, "path", m->path);
    kith_json_put_text(w, "flatPath", m->path);
    kith_json_begin_object(w, "response");
    kith_json_put_text(w, "$ref", "Answer");
    kith_json_end(w);
    kith_json_begin_object(w, "parameters");
    for (const struct parameter *p = m->parameter; p->name; p++) {
        kith_json_begin_object(w, p->name);
        kith_json_put_text(w, "location", p->place);
        kith_json_put_text(w, "type", p->type);
        if (p->required) {
            kith_json_put_bool(w, "required", true);
            kith_json_put_text(w, "pattern", "^[^/]+/[^/]+$");
        }
        if (p->repeated)
            kith_json_put_bool(w, "repeated", true);
        if (strcmp(p->type, "integer") == 0)
            kith_json_put_text(w, "format", "int32");
        kith_json_end(w);
    }
    kith_json_end(w);
    kith_json_end(w);
}

/* The methods of one resource, and behind them what is nested in it. */
static void put_resource(const char *resource, const char *name, struct kith_json_writer *w)
{
    size_t len = strlen(resource);

    kith_json_begin_object(w, name);
    kith_json_begin_object(w, "methods");
    for (size_t i = 0; i < KITH_COUNT_OF(methods); i++)
        if (strcmp(methods[i].resource, resource) == 0)
            put_method(&methods[i], w);
    kith_json_end(w);
    kith_json_begin_object(w, "resources");
    for (size_t i = 0; i < KITH_COUNT_OF(methods); i++) {
        const char *nested = methods[i].resource;
        bool again = i > 0 && strcmp(nested, methods[i - 1].resource) == 0;
        if (!again && strncmp(nested, resource, len) == 0 && nested[len] == '.' && !strchr(nested + len + 1, '.'))
            put_resource(nested, nested + len + 1, w);
    }
    kith_json_end(w);
    kith_json_end(w);
}

void sandbox_google_api_description(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const char *base = sandbox_request_base_url(req);

    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "kind", "discovery#restDescription");
    kith_json_put_text(w, "id", "people:v1");
    kith_json_put_text(w, "name", "people");
    kith_json_put_text(w, "version", "v1");
    kith_json_put_text(w, "title", "People API, as far as the sandbox serves it");
    kith_json_put_text(w, "protocol", "rest");
    kith_json_put_text(w, "rootUrl", sandbox_request_format(req, "%s/", base));
    kith_json_put_text(w, "baseUrl", sandbox_request_format(req, "%s/", base));
    kith_json_put_text(w, "servicePath", "");
    kith_json_put_text(w, "batchPath", "batch");
    kith_json_begin_object(w, "parameters");
    kith_json_end(w);
    kith_json_begin_object(w, "schemas");
    kith_json_begin_object(w, "Answer");
    kith_json_put_text(w, "id", "Answer");
    kith_json_put_text(w, "type", "object");
    kith_json_end(w);
    kith_json_end(w);
    kith_json_begin_object(w, "resources");
    put_resource("contactGroups", "contactGroups", w);
    put_resource("otherContacts", "otherContacts", w);
    put_resource("people", "people", w);
    kith_json_end(w);
    kith_json_end(w);
}
