# SPDX-License-Identifier: MIT
"""openapi_reader.py - reads docs/api/openapi.yaml and says whether an answer is what it promises.

Knows the part of JSON Schema that the file uses; a keyword it does not know is an error, so that nothing
in the file is passed over in silence.
"""
import re
import sys

try:
    import yaml
except ImportError:  # another python than Debian's: its package is plain Python
    sys.path.append("/usr/lib/python3/dist-packages")
    import yaml

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}
IGNORED = {"description", "example", "default", "format", "title"}


class Contract:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = yaml.safe_load(file)

    def resolve(self, thing):
        while isinstance(thing, dict) and "$ref" in thing:
            at = self.document
            for step in thing["$ref"].removeprefix("#/").split("/"):
                at = at[step]
            thing = at
        return thing

    def operations(self):
        """(method, path, operation) of everything that is described."""
        for path, item in self.document["paths"].items():
            for method in ("get", "post", "patch", "put", "delete"):
                if method in item:
                    yield method.upper(), path, item[method]

    def statuses(self):
        return {(method, path, int(status)) for method, path, operation in self.operations()
                for status in operation["responses"]}

    def check_answer(self, method, path, answer):
        """What is wrong with this answer: a list of sentences, empty when nothing is."""
        operation = self.document["paths"][path][method.lower()]
        response = self.resolve(operation["responses"].get(str(answer.status)))
        if response is None:
            return [f"{answer.status} is not described"]
        wrong = []
        for name, field in response.get("headers", {}).items():
            if name in answer.headers:
                wrong += self.check(answer.headers[name], field["schema"], name)
            elif field.get("required"):
                wrong.append(f"the header field {name} is missing")
        content = response.get("content")
        if content is None:
            return wrong + (["a body came that is not described"] if answer.body else [])
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        if kind not in content:
            return wrong + [f"the body is {kind!r}"]
        if kind == "application/json":
            wrong += self.check(answer.json, content[kind]["schema"], "body")
        return wrong

    def check(self, value, schema, where):
        schema = self.resolve(schema)
        if value is None and schema.get("nullable"):
            return []
        wrong = []
        for keyword, wanted in schema.items():
            if keyword in IGNORED or keyword == "nullable":
                continue
            check = getattr(self, "check_" + keyword, None)
            if check is None:
                raise AssertionError(f"the reader does not know the keyword {keyword}")
            wrong += check(value, wanted, where, schema)
        return wrong

    def check_type(self, value, wanted, where, schema):
        good = isinstance(value, TYPES[wanted]) and (wanted == "boolean" or not isinstance(value, bool))
        return [] if good else [f"{where} is no {wanted}: {value!r}"]

    def check_required(self, value, wanted, where, schema):
        return [f"{where}.{name} is missing" for name in wanted if isinstance(value, dict) and name not in value]

    def check_properties(self, value, wanted, where, schema):
        if not isinstance(value, dict):
            return []
        return [w for name, inner in wanted.items() if name in value for w in self.check(value[name], inner, f"{where}.{name}")]

    def check_additionalProperties(self, value, wanted, where, schema):
        others = [n for n in value if n not in schema.get("properties", {})] if isinstance(value, dict) else []
        if wanted is False:
            return [f"{where}.{name} is not described" for name in others]
        return [w for name in others for w in self.check(value[name], wanted, f"{where}.{name}")]

    def check_items(self, value, wanted, where, schema):
        return [w for i, v in enumerate(value) for w in self.check(v, wanted, f"{where}[{i}]")] if isinstance(value, list) else []

    def check_allOf(self, value, wanted, where, schema):
        return [w for inner in wanted for w in self.check(value, inner, where)]

    def check_enum(self, value, wanted, where, schema):
        return [] if value in wanted else [f"{where} is {value!r}"]

    def check_pattern(self, value, wanted, where, schema):
        return [] if not isinstance(value, str) or re.search(wanted, value) else [f"{where} is {value!r}"]

    def check_minimum(self, value, wanted, where, schema):
        return [] if value >= wanted else [f"{where} is {value}"]

    def check_maximum(self, value, wanted, where, schema):
        return [] if value <= wanted else [f"{where} is {value}"]

    def check_minItems(self, value, wanted, where, schema):
        return [] if len(value) >= wanted else [f"{where} is too short"]

    def check_maxItems(self, value, wanted, where, schema):
        return [] if len(value) <= wanted else [f"{where} is too long"]

    def check_minLength(self, value, wanted, where, schema):
        return [] if len(value) >= wanted else [f"{where} is too short"]

    def check_maxLength(self, value, wanted, where, schema):
        return [] if len(value) <= wanted else [f"{where} is too long"]

    def check_minProperties(self, value, wanted, where, schema):
        return [] if len(value) >= wanted else [f"{where} is too small"]
