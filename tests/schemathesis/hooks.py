"""What Schemathesis cannot know. Values of schemathesis.toml that stand for something are put right before a call."""

import itertools

import requests
import schemathesis

# The project that xtask made.
PROJECT = "acme"
# Stands for the version that the draft has, or for a request that can be cancelled.
CURRENT = 4294967295
# What is deleted in place of what the other cases need.
EXPENDABLE = {
    "/v1/projects/{project}/locales/{locale}": ("locale", "gsw"),
    "/v1/projects/{project}/pages/{page}": ("page", "gone"),
    "/v1/projects/{project}/pages/{page}/entries/{key}": ("key", "gone"),
}
fresh = (f"fresh{n}" for n in itertools.count(1))


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes what the case stands on; a case that does not ask for it stays as it is."""
    put_version(case)
    if case.method == "POST" and case.path == "/v1/projects":
        if isinstance(case.body, dict) and case.body.get("project") == PROJECT:
            case.body["project"] = next(fresh)
    elif case.method == "DELETE" and case.path_parameters.get("project") == PROJECT:
        put_expendable(case)


def put_version(case):
    """Puts the draft's version where a case names CURRENT; of a draft that does not exist, none."""
    headers, body = case.headers, case.body if isinstance(case.body, dict) else {}
    if headers.get("If-Match") != f'"{CURRENT}"':
        return
    draft = case.formatted_path.removesuffix("/restore")
    tag = call("GET", case, draft).headers.get("ETag")
    if not tag and case.method == "DELETE":
        tag = call("PUT", case, draft, {"value": "Gone soon"}, {"If-None-Match": "*"}).headers.get("ETag")
    if tag:
        headers["If-Match"] = tag
        headers.pop("If-None-Match", None)
        if body.get("version") == CURRENT:
            body["version"] = int(tag.strip('"'))
    elif case.method == "PUT":
        del headers["If-Match"]
        headers["If-None-Match"] = "*"


def put_expendable(case):
    """Makes something and lets the case delete it."""
    if case.path == "/v1/projects/{project}":
        project = case.path_parameters["project"] = next(fresh)
        call("POST", case, "/v1/projects", {"project": project, "name": "Gone soon", "source": "en"})
    elif case.path in EXPENDABLE:
        name, value = EXPENDABLE[case.path]
        case.path_parameters[name] = value
        call("PUT", case, case.formatted_path, {})
    elif str(case.path_parameters.get("request")) == str(CURRENT):
        asked = call("POST", case, f"/v1/projects/{PROJECT}/releases", {"publish_at": "2099-01-01T00:00:00Z"})
        case.path_parameters["request"] = asked.json().get("request", CURRENT)


def call(method, case, path, body=None, headers=()):
    """Asks the server itself; what it answers is no case."""
    url = case.operation.base_url.rstrip("/") + path
    headers = {**case.operation.schema.config.headers, **dict(headers)}
    return requests.request(method, url, json=body, headers=headers, timeout=40)
